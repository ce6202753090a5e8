//! Which archives of a tenant stay: one a day for a while, then one a week, then one a month.
//!
//! Days, weeks and months are those of UTC, and only those count that have a good archive. A tenant that did not change for
//! half a year was looked at every night and has no archive of it, because the old one still says all there is to say. By
//! the calendar, that one would be too old the moment a new one is made, and with it the only way back to yesterday. By
//! counting, seven daily archives are the last seven states that a night found. The price: of a tenant that rarely changes,
//! archives are kept for longer than a year. What must not be kept is not waited for: erasing destroys the key of them all.
//!
//! So an archive goes only because newer ones came, never because time passed. Pruned every night or once a year, the same
//! is left.
//!
//! A broken one is no archive, but whoever has found it broken may have been mistaken: a store that was wrongly mounted looks the same. So
//! it stays for some days, and until there is better than hope that a newer one can be restored.

use std::collections::BTreeSet;

use crate::calendar::{DAY_SECONDS, UnixSeconds};
use crate::ids::ArchiveId;
use crate::words::words;

/// One that was found broken stays for so long: over a weekend, and until somebody has read what the doctor says of it.
const BROKEN_STAYS_DAYS: i64 = 7;

/// How many days, weeks and months keep an archive. A tier of 0 keeps none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionPolicy {
    pub daily: u16,
    pub weekly: u16,
    pub monthly: u16,
}

/// One archive of the tenant that is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TenantArchive {
    pub id: ArchiveId,
    /// When what is in it was read.
    pub taken_at: UnixSeconds,
    pub soundness: Soundness,
    /// A person or a legal hold keeps it.
    pub is_held: bool,
}

/// What is known of an archive that is committed.
///
/// One that is still being written is none yet, and no newer one has its place as long as a tenant has one backup at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Soundness {
    /// Nobody has looked since it was written.
    Written,
    /// It was read whole or restored since, and was what it should be.
    Proven,
    /// It was found broken then.
    Broken { since: UnixSeconds },
}

impl Soundness {
    fn is_good(self) -> bool {
        match self {
            Self::Written | Self::Proven => true,
            Self::Broken { .. } => false,
        }
    }
}

words! {
    /// Why an archive stays. Where there are several reasons, the first of these.
    KeepWhy {
        Held = "HELD",
        /// The newest good one: whatever the policy says, one stays.
        LastGood = "LAST_GOOD",
        /// Nothing good is newer. It is broken, and still the newest of what happened.
        Newest = "NEWEST",
        /// It is broken, and has not been for long, or no newer one was ever read or restored.
        Suspect = "SUSPECT",
        Daily = "DAILY",
        Weekly = "WEEKLY",
        Monthly = "MONTHLY",
        /// Dated later than now: some clock was wrong, and nobody can tell how old it is.
        Ahead = "AHEAD",
    }
}

words! {
    /// Why an archive goes.
    PruneWhy {
        /// It cannot be restored, and a newer one can: somebody has tried.
        Broken = "BROKEN",
        /// Newer ones have its place in each tier.
        Outlived = "OUTLIVED",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionVerdict {
    Keep { why: KeepWhy },
    Prune { why: PruneWhy },
}

impl Default for RetentionPolicy {
    fn default() -> Self {
        Self { daily: 7, weekly: 4, monthly: 12 }
    }
}

/// A verdict for each archive, in their order. They are those of one tenant.
pub fn retain(
    policy: RetentionPolicy,
    archives: &[TenantArchive],
    now: UnixSeconds,
) -> Vec<RetentionVerdict> {
    let mut good: Vec<_> =
        archives.iter().filter(|it| it.soundness.is_good() && it.taken_at <= now).collect();
    // Of two with the same second, the id decides, so that the order they come in does not.
    good.sort_by_key(|it| std::cmp::Reverse(age_key(it)));
    let last_good = good.first().copied();
    let last_proven = good.iter().copied().find(|it| it.soundness == Soundness::Proven);
    let daily = newest_of_each(&good, policy.daily, |it| it.taken_at.day());
    let weekly = newest_of_each(&good, policy.weekly, |it| it.taken_at.week());
    let monthly = newest_of_each(&good, policy.monthly, |it| it.taken_at.month());

    let keep = |why| RetentionVerdict::Keep { why };
    let is_older = |it: &TenantArchive, than: Option<&TenantArchive>| {
        than.is_some_and(|than| age_key(it) < age_key(than))
    };
    let judge_broken = |it: &TenantArchive, since: UnixSeconds| {
        let is_over = since.plus(BROKEN_STAYS_DAYS * DAY_SECONDS) <= now;
        if !is_older(it, last_good) {
            keep(KeepWhy::Newest)
        } else if is_over && is_older(it, last_proven) {
            RetentionVerdict::Prune { why: PruneWhy::Broken }
        } else {
            keep(KeepWhy::Suspect)
        }
    };
    let judge_good = |it: &TenantArchive| {
        if last_good.is_some_and(|last| last.id == it.id) {
            keep(KeepWhy::LastGood)
        } else if daily.contains(&it.id) {
            keep(KeepWhy::Daily)
        } else if weekly.contains(&it.id) {
            keep(KeepWhy::Weekly)
        } else if monthly.contains(&it.id) {
            keep(KeepWhy::Monthly)
        } else {
            RetentionVerdict::Prune { why: PruneWhy::Outlived }
        }
    };
    let judge = |it: &TenantArchive| {
        if it.is_held {
            return keep(KeepWhy::Held);
        }
        if it.taken_at > now {
            return keep(KeepWhy::Ahead);
        }
        match it.soundness {
            Soundness::Broken { since } => judge_broken(it, since),
            Soundness::Written | Soundness::Proven => judge_good(it),
        }
    };
    archives.iter().map(judge).collect()
}

fn age_key(archive: &TenantArchive) -> (UnixSeconds, ArchiveId) {
    (archive.taken_at, archive.id)
}

/// `good` has the newest first.
fn newest_of_each<Bucket: PartialEq>(
    good: &[&TenantArchive],
    buckets: u16,
    bucket: impl Fn(&TenantArchive) -> Bucket,
) -> BTreeSet<ArchiveId> {
    good.chunk_by(|one, other| bucket(one) == bucket(other))
        .take(usize::from(buckets))
        .filter_map(|of_bucket| of_bucket.first().map(|it| it.id))
        .collect()
}

impl KeepWhy {
    /// The reason for people, as in `kept: the newest of its week`.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Held => "held until somebody releases it",
            Self::LastGood => "the last good one, which is never pruned",
            Self::Newest => "not good, but no good one is newer",
            Self::Suspect => {
                "not good, and kept for 7 days and until a newer one was read or restored whole"
            }
            Self::Daily => "the newest of its day",
            Self::Weekly => "the newest of its week",
            Self::Monthly => "the newest of its month",
            Self::Ahead => "dated in the future, so its age cannot be told",
        }
    }
}

impl PruneWhy {
    /// The reason for people, as in `pruned: newer ones have taken its place`.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Broken => "it cannot be restored, and a newer one can: somebody has tried",
            Self::Outlived => "newer ones have taken its place in each tier",
        }
    }
}

#[cfg(test)]
mod tests;
