//! Which tenants are backed up now: each at its own moment of every night, and whatever was missed as soon as it can be.
//!
//! A tenant is due when its last moment has passed and it has not been looked at since. So a night that was missed needs
//! no memory of its own: after it, the moment lies in the past for whoever was not looked at.

use std::collections::BTreeMap;

use super::window::NightWindow;
use crate::calendar::UnixSeconds;
use crate::ids::{ServerId, TenantId};
use crate::words::words;

/// After the first failure; doubled by each that follows, up to the maximum.
const WAIT_SECONDS_MIN: i64 = 5 * 60;
/// A tenant that fails all the time is still tried a few times between two nights.
const WAIT_SECONDS_MAX: i64 = 6 * 60 * 60;

/// A tenant that was just made has nothing in it that is not made again in a second, and its operator has more to do with it.
const NEW_SECONDS: i64 = 15 * 60;

/// Clocks of machines that are looked after.
const CLOCKS_APART_SECONDS_MAX: i64 = 10 * 60;

/// Backups at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleCaps {
    pub per_server: u16,
    pub in_total: u16,
}

/// One tenant that is to be backed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledTenant {
    pub tenant: TenantId,
    pub server: ServerId,
    pub made_at: UnixSeconds,
    /// Somebody has asked for a backup and has not got it yet.
    pub is_wanted: bool,
    /// When its newest good archive was taken.
    pub last_good_at: Option<UnixSeconds>,
    /// When it was last found to be as that archive has it. Of no account without one.
    pub last_unchanged_at: Option<UnixSeconds>,
    /// A backup of it is under way.
    pub is_running: bool,
    /// And waits for its server.
    pub is_waiting: bool,
    /// How many backups in a row have failed.
    pub failures: u32,
    /// When the last of them did.
    pub failed_at: Option<UnixSeconds>,
}

/// One backup to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueBackup {
    pub tenant: TenantId,
    pub why: DueWhy,
}

words! {
    /// Why a backup is due.
    DueWhy {
        /// Somebody has asked.
        Wanted = "WANTED",
        /// There is none that could be restored.
        Never = "NEVER",
        /// Its moment of the night has come.
        Nightly = "NIGHTLY",
        /// The night in which its moment was is over.
        Missed = "MISSED",
    }
}

impl Default for ScheduleCaps {
    fn default() -> Self {
        Self { per_server: 2, in_total: 8 }
    }
}

/// What to begin, in this order: those without a backup, by whatever order is always the same, then the oldest.
///
/// `fleet` has every tenant that is to be backed up, those with a backup under way among them: they count.
pub fn due_backups(
    window: NightWindow,
    caps: ScheduleCaps,
    fleet: &[ScheduledTenant],
    now: UnixSeconds,
) -> Vec<DueBackup> {
    let mut due: Vec<_> =
        fleet.iter().filter_map(|it| Some((it, why_due(window, it, now)?))).collect();
    due.sort_by_key(|(it, _)| (it.seen_at(now), it.tenant));

    let mut running: BTreeMap<ServerId, usize> = BTreeMap::new();
    for it in fleet.iter().filter(|it| it.is_running) {
        *running.entry(it.server).or_default() += 1;
    }
    // A server that is down keeps none of the others from being backed up.
    let at_work = fleet.iter().filter(|it| it.is_running && !it.is_waiting).count();
    let mut left = usize::from(caps.in_total).saturating_sub(at_work);
    let mut begun = Vec::new();
    for (it, why) in due {
        let on_server = running.entry(it.server).or_default();
        if left > 0 && *on_server < usize::from(caps.per_server) {
            *on_server += 1;
            left -= 1;
            begun.push(DueBackup { tenant: it.tenant, why });
        }
    }
    begun
}

fn why_due(window: NightWindow, it: &ScheduledTenant, now: UnixSeconds) -> Option<DueWhy> {
    if it.is_running {
        return None;
    }
    if it.is_wanted {
        return Some(DueWhy::Wanted);
    }
    if it.is_backing_off(now) {
        return None;
    }
    let Some(seen_at) = it.seen_at(now) else {
        let is_new = now.since(it.made_at) < NEW_SECONDS && it.made_at <= now;
        return (!is_new).then_some(DueWhy::Never);
    };
    let moment = window.moment_before(it.tenant, now);
    if seen_at >= moment {
        None
    } else if now < window.end_of(it.tenant, moment) {
        Some(DueWhy::Nightly)
    } else {
        Some(DueWhy::Missed)
    }
}

impl ScheduledTenant {
    /// Since when its state is known to be in an archive. What lies ahead comes from a clock that was wrong, and says nothing.
    fn seen_at(&self, now: UnixSeconds) -> Option<UnixSeconds> {
        let is_past = |it: &UnixSeconds| it.since(now) < CLOCKS_APART_SECONDS_MAX;
        let unchanged_at = self.last_unchanged_at.filter(|_| self.last_good_at.is_some());
        self.last_good_at.filter(is_past).max(unchanged_at.filter(is_past))
    }

    /// A wait that is longer than it can be comes from a clock that was set back, and is over.
    fn is_backing_off(&self, now: UnixSeconds) -> bool {
        let Some(failed_at) = self.failed_at.filter(|_| self.failures > 0) else { return false };
        let doublings = (self.failures - 1).min(16);
        let wait = (WAIT_SECONDS_MIN << doublings).min(WAIT_SECONDS_MAX);
        failed_at <= now && now.since(failed_at) < wait
    }
}

#[cfg(test)]
mod tests;
