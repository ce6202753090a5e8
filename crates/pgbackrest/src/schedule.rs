//! Which backup is due. Pure: the same backups, the same clock, the same answer.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::info::{Info, Kind};

const HOUR: Duration = Duration::from_hours(1);
/// A backup from further ahead was made under a clock that was wrong, and says nothing of when the next one is due.
const CLOCKS_APART_MAX: SignedDuration = SignedDuration::from_hours(6);

/// How often each kind is made. A restore replays the log since the last backup of any kind, so that interval bounds its
/// time; a full one frees what is older than the retention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub full_every: Duration,
    pub diff_every: Duration,
    pub incr_every: Duration,
}

impl Policy {
    /// Full once a week, differential once a day, incremental every four hours.
    pub const USUAL: Self = Self {
        full_every: Duration::from_hours(7 * 24),
        diff_every: Duration::from_hours(24),
        incr_every: Duration::from_hours(4),
    };

    /// By when nothing that was on the server at `at`, and is not any more, is left in the repository: the first full
    /// backup after it, `retention_days` later, at the next backup of any kind. Holds if the backups are made when they
    /// are due.
    pub fn forgotten_by(&self, at: Timestamp, retention_days: u32) -> Timestamp {
        let retention = 24 * HOUR * retention_days;
        // A day for the backups to take, and for whoever sees to it that they are made.
        let all = self.full_every + retention + self.incr_every + 24 * HOUR;
        SignedDuration::try_from(all)
            .ok()
            .and_then(|it| at.checked_add(it).ok())
            .unwrap_or(Timestamp::MAX)
    }
}

/// A backup to make now, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub kind: Kind,
    /// When the last one that counts was begun; `None` if there is none.
    pub last: Option<Timestamp>,
}

/// The most thorough kind that is due. A backup counts as every lesser kind, too.
pub fn due(info: &Info, now: Timestamp, policy: &Policy) -> Option<Due> {
    let last = |kinds: &[Kind]| {
        let past = info.backups.iter().filter(|it| it.start.duration_since(now) < CLOCKS_APART_MAX);
        past.filter(|it| kinds.contains(&it.kind)).map(|it| it.start).max()
    };
    let wanted = [
        (Kind::Full, policy.full_every, last(&[Kind::Full])),
        (Kind::Diff, policy.diff_every, last(&[Kind::Full, Kind::Diff])),
        (Kind::Incr, policy.incr_every, last(&[Kind::Full, Kind::Diff, Kind::Incr])),
    ];
    wanted.into_iter().find_map(|(kind, every, last)| {
        let old_enough =
            last.is_none_or(|it| it <= now && now.duration_since(it).unsigned_abs() >= every);
        old_enough.then_some(Due { kind, last })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::info::Backup;

    /// `kind-hours` each: that long before now.
    fn check(backups: &str) -> Option<Kind> {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let backup = |text: &str| {
            let (kind, hours) = text.split_once('-').unwrap();
            let kind = match kind {
                "full" => Kind::Full,
                "diff" => Kind::Diff,
                _ => Kind::Incr,
            };
            let start = now - SignedDuration::from_hours(hours.parse().unwrap());
            let segment = "000000010000000000000001".parse().unwrap();
            Backup {
                label: text.to_owned(),
                kind,
                start,
                stop: start,
                server_bytes: 0,
                added_bytes: 0,
                first_segment: segment,
                last_segment: segment,
                consistent_lsn: 0,
                has_bad_pages: false,
                archive: 1,
                databases: None,
            }
        };
        let backups = backups.split_whitespace().map(backup).collect();
        due(&Info { backups, archives: Vec::new() }, now, &Policy::USUAL).map(|it| it.kind)
    }

    #[test]
    fn the_most_thorough_that_is_due() {
        for (backups, expected) in [
            ("", Some(Kind::Full)),
            ("full-0", None),
            ("full-3", None),
            ("full-4", Some(Kind::Incr)),
            ("full-30 incr-1", Some(Kind::Diff)),
            ("full-30 diff-6", Some(Kind::Incr)),
            ("full-30 diff-6 incr-2", None),
            ("full-168 diff-1", Some(Kind::Full)),
            // Without a full one, others are worth nothing.
            ("incr-1", Some(Kind::Full)),
            // A clock that was set back is no reason to make one after the other.
            ("full--5", None),
            ("full--9000", Some(Kind::Full)),
            ("full-168 full--9000", Some(Kind::Full)),
            ("full-3 full--9000", None),
        ] {
            assert_eq!(check(backups), expected, "{backups}");
        }
    }

    #[test]
    fn what_was_erased_is_forgotten_by_a_date() {
        let at = "2026-11-01T00:00:00Z".parse().unwrap();
        let by = Policy::USUAL.forgotten_by(at, 14);
        assert_eq!(by.to_string(), "2026-11-23T04:00:00Z");
        assert_eq!(Policy::USUAL.forgotten_by(Timestamp::MAX, 14), Timestamp::MAX);
    }
}
