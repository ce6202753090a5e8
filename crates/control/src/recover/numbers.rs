//! Numbers that are never given out twice, and epochs that nobody has seen.

use cloison_model::DatabaseName;
use jiff::Timestamp;

/// Changes of routes that the backup may not know of, at least.
const EPOCHS_UNSEEN: i64 = 1_000_000;

/// What the first new epoch is above.
///
/// A router that has survived believes the higher of two epochs, and may have seen any that was given out after the backup. So the new ones
/// begin at the milliseconds of the clock: far above what counting has come to, as routes do not change a thousand times a second, and above
/// those of an earlier recovery, even from the same backup.
pub(super) fn epoch_after(last: i64, now: Timestamp) -> i64 {
    now.as_millisecond().max(last.saturating_add(EPOCHS_UNSEEN))
}

/// The number in the name of a database or role of a tenant or of a copy of one's.
pub(super) fn number_in(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("studio_")?.split('_').next()?;
    digits.parse().ok().filter(|it| *it > 0)
}

/// Of a tenant's own database only.
pub(crate) fn number_of(database: &str) -> Option<i64> {
    number_in(database).filter(|it| DatabaseName::of_number(*it).as_str() == database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_go_on_above_whatever_was_given_out() {
        let now: Timestamp = "2026-03-18T12:00:00Z".parse().unwrap();
        let first = epoch_after(17, now);
        assert_eq!(first, 1_773_835_200_000);
        let later = now + jiff::SignedDuration::from_hours(1);
        assert!(epoch_after(17, later) > first + 1_000_000, "the same backup again");
        assert!(epoch_after(first, now) > first, "a backup from after the recovery");
        let wrong: Timestamp = "1970-01-02T00:00:00Z".parse().unwrap();
        assert!(epoch_after(first, wrong) > first, "a clock that has gone back");
    }

    #[test]
    fn a_number_is_read_out_of_a_name() {
        for (name, any, own) in [
            ("studio_7_db", Some(7), Some(7)),
            ("studio_7_copy_00000000000000ff", Some(7), None),
            ("studio_07_db", Some(7), None),
            ("studio_platform_master", None, None),
            ("studio_0_db", None, None),
            ("postgres", None, None),
        ] {
            assert_eq!((number_in(name), number_of(name)), (any, own), "{name}");
        }
    }
}
