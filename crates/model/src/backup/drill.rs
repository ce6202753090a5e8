//! Which tenant's archive is restored next to prove that it can be, and which second of a server is.
//!
//! A backup that nobody has restored is a hope. So every tenant is drilled once in 30 days, by a pace that needs 24 of them:
//! the rest is for days on which nothing can be done. Within a server one drill runs at a time, since it takes the disk
//! from those who work.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::calendar::{DAY_SECONDS, UnixSeconds};
use crate::ids::{ServerId, TenantId};
use crate::words::words;

/// The promise: no tenant's last drill, or first archive if it had none, is older than this.
pub const DRILL_EVERY_DAYS: i64 = 30;
/// So late somebody is told that the promise is broken.
pub const DRILL_SLACK_DAYS: i64 = 7;
/// A round through all tenants of a server. From then on a tenant's drill waits for nothing but its turn.
const ROUND_DAYS: i64 = 24;
/// A tenant of a small fleet is not drilled sooner again, though there would be time.
const REST_DAYS: i64 = 12;
/// A failed drill is repeated after this: by then there is another archive.
const REPEAT_SECONDS: i64 = DAY_SECONDS;

/// One tenant, as drills see it. One that is erased or has no database of its own is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrillTenant {
    pub tenant: TenantId,
    pub server: ServerId,
    /// When the first good archive of it was taken, whether that is still there or not. Nothing as long as none is good.
    pub first_good_at: Option<UnixSeconds>,
    pub last: Option<Drilled>,
    /// A drill of it is under way.
    pub is_running: bool,
}

/// A drill that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drilled {
    pub at: UnixSeconds,
    pub has_passed: bool,
}

words! {
    /// How well it is known that a tenant can be restored.
    DrillState {
        /// There is no good archive that could be drilled.
        Nothing = "NOTHING",
        /// Its first drill is still to come, in time.
        Waiting = "WAITING",
        /// The last drill passed, and is not old.
        Proven = "PROVEN",
        /// The last drill, or the first archive, is too old.
        Stale = "STALE",
        /// The last drill failed.
        Failing = "FAILING",
    }
}

/// How much a drill is wanted. Ordered: what comes first is done first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// Its round is over, or its last drill failed: whatever the pace.
    Pressing,
    /// It has an archive and was never drilled.
    First,
    /// Its time has not come, but the pace has room.
    Early,
}

/// What to say of the tenant, for people and alarms.
pub fn drill_state(it: &DrillTenant, now: UnixSeconds) -> DrillState {
    let is_stale = |since| now.since(since) > (DRILL_EVERY_DAYS + DRILL_SLACK_DAYS) * DAY_SECONDS;
    match (it.last, it.first_good_at) {
        (Some(last), _) if !last.has_passed => DrillState::Failing,
        (Some(last), _) if is_stale(last.at) => DrillState::Stale,
        (Some(_), _) => DrillState::Proven,
        (None, Some(first)) if is_stale(first) => DrillState::Stale,
        (None, Some(_)) => DrillState::Waiting,
        (None, None) => DrillState::Nothing,
    }
}

/// Drills a day that bring every one of so many tenants on a server through its round in time.
pub fn drills_per_day(tenants: usize) -> usize {
    tenants.div_ceil(usize::try_from(ROUND_DAYS).expect("a round has a few days"))
}

/// Whose drill to begin: one tenant at most for each server, and none where a drill runs.
///
/// The one that has waited longest goes first once its round is over; else one that was never drilled, by its first archive;
/// else the one drilled longest ago. The last two only as fast as the server's pace has it.
pub fn drills_due(fleet: &[DrillTenant], now: UnixSeconds) -> Vec<TenantId> {
    let mut servers: BTreeMap<ServerId, Vec<&DrillTenant>> = BTreeMap::new();
    for it in fleet {
        servers.entry(it.server).or_default().push(it);
    }
    servers.values().filter_map(|tenants| due_on_server(tenants, now)).collect()
}

fn due_on_server(tenants: &[&DrillTenant], now: UnixSeconds) -> Option<TenantId> {
    if tenants.iter().any(|it| it.is_running) {
        return None;
    }
    let has_room = has_room(tenants, now);
    let (next, need) = tenants
        .iter()
        .filter_map(|it| Some((it, need(it, now)?)))
        .min_by_key(|(it, need)| (*need, it.proven_until(), it.tenant))?;
    (need == Need::Pressing || has_room).then_some(next.tenant)
}

/// Whether the pace has room for another: there were fewer in the last day than a day needs, and the last one is not just
/// over. Half of an even share of the day is long enough for that: whoever waited for a whole share would be late by a
/// little each time, and never make it up.
fn has_room(tenants: &[&DrillTenant], now: UnixSeconds) -> bool {
    let drillable = tenants.iter().filter(|it| it.first_good_at.is_some()).count();
    let per_day = drills_per_day(drillable);
    let ages = || tenants.iter().filter_map(|it| Some(now.since(it.last?.at)));
    let rest = DAY_SECONDS / 2 / i64::try_from(per_day.max(1)).unwrap_or(i64::MAX);
    let is_rested = ages().min().is_none_or(|age| age >= rest);
    is_rested && ages().filter(|age| *age < DAY_SECONDS).count() < per_day
}

fn need(it: &DrillTenant, now: UnixSeconds) -> Option<Need> {
    let since = now.since(it.proven_until()?);
    let has_failed = it.last.is_some_and(|last| !last.has_passed);
    if since >= ROUND_DAYS * DAY_SECONDS || (has_failed && since >= REPEAT_SECONDS) {
        Some(Need::Pressing)
    } else if it.last.is_none() {
        Some(Need::First)
    } else if !has_failed && since >= REST_DAYS * DAY_SECONDS {
        Some(Need::Early)
    } else {
        None
    }
}

impl DrillTenant {
    /// From when on its waiting is counted. Nothing while there is nothing to drill.
    fn proven_until(&self) -> Option<UnixSeconds> {
        let first = self.first_good_at?;
        Some(self.last.map_or(first, |last| last.at))
    }
}

/// The second to which a server is restored in a drill: any from `earliest` to `latest`, by `seed`. Nothing if nothing can be
/// restored.
///
/// The seed may be as plain as the number of the day: it is hashed with the server, so that neither two servers nor two
/// days have anything in common.
pub fn drill_second(
    server: ServerId,
    seed: u64,
    earliest: UnixSeconds,
    latest: UnixSeconds,
) -> Option<UnixSeconds> {
    let span = u64::try_from(latest.since(earliest)).ok()?.checked_add(1)?;
    let hash = Sha256::new().chain_update(server.0.as_bytes()).chain_update(seed.to_be_bytes());
    let mut dice = [0; 8];
    dice.copy_from_slice(&hash.finalize()[..8]);
    let seconds = u64::from_be_bytes(dice) % span;
    Some(earliest.plus(i64::try_from(seconds).ok()?))
}

#[cfg(test)]
mod tests;
