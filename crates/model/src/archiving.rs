//! Who is archived without anybody asking: a customer who left long ago, and whose data nobody has to keep as they are.

use crate::calendar::{DAY_SECONDS, UnixSeconds};
use crate::ids::TenantId;

/// Under way at a time: each is dumped, restored and compared.
const AT_ONCE: usize = 2;
/// Over a year, in a leap year too.
const LEFT_SECONDS_MIN: i64 = 366 * DAY_SECONDS;
/// What has failed would fail again at once, and leaves a backup each time.
const AGAIN_SECONDS: i64 = DAY_SECONDS;

/// A tenant whose subscription is cancelled and who has a database, as archiving sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchiveTenant {
    pub tenant: TenantId,
    /// When its customer left, or when it was last brought back since.
    pub left_at: UnixSeconds,
    /// Somebody has it on hold.
    pub is_held: bool,
    /// It is being archived.
    pub is_running: bool,
    /// When it was last to be archived and was not.
    pub failed_at: Option<UnixSeconds>,
}

/// Whom to begin with now; whoever left first goes first.
pub fn archives_due(fleet: &[ArchiveTenant], now: UnixSeconds) -> Vec<TenantId> {
    let running = fleet.iter().filter(|it| it.is_running).count();
    let mut due: Vec<_> = fleet.iter().filter(|it| is_due(it, now)).collect();
    due.sort_by_key(|it| (it.left_at, it.tenant));
    due.iter().take(AT_ONCE.saturating_sub(running)).map(|it| it.tenant).collect()
}

fn is_due(it: &ArchiveTenant, now: UnixSeconds) -> bool {
    let is_free = !it.is_held && !it.is_running;
    let may_try = it.failed_at.is_none_or(|at| at.plus(AGAIN_SECONDS) <= now);
    is_free && may_try && it.left_at.plus(LEFT_SECONDS_MIN) <= now
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// 2026-11-22 14:00 UTC.
    const NOW: UnixSeconds = UnixSeconds(1_795_356_000);

    /// A tenant is a word: how many days ago it left, then `h` for held, `r` for running, `f` for failed an hour ago, and `o` for
    /// failed the day before. The answer names them by their places.
    fn check(fleet: &str) -> Vec<u128> {
        let tenant = |(place, word): (usize, &str)| {
            let days = word.trim_end_matches(char::is_alphabetic);
            let failed =
                |letter: char, seconds: i64| word.contains(letter).then(|| NOW.plus(-seconds));
            ArchiveTenant {
                tenant: TenantId(Uuid::from_u128(place as u128)),
                left_at: NOW.plus(-days.parse::<i64>().unwrap() * DAY_SECONDS),
                is_held: word.contains('h'),
                is_running: word.contains('r'),
                failed_at: failed('f', 3_600).or(failed('o', DAY_SECONDS)),
            }
        };
        let fleet: Vec<_> = fleet.split_whitespace().enumerate().map(tenant).collect();
        archives_due(&fleet, NOW).into_iter().map(|it| it.0.as_u128()).collect()
    }

    #[test]
    fn a_year_after_the_customer_left() {
        assert_eq!(check("365 366"), [1]);
        assert_eq!(check(""), [0_u128; 0]);
    }

    #[test]
    fn whoever_left_first_goes_first_and_few_at_a_time() {
        assert_eq!(check("400 900 500 800"), [1, 3]);
        assert_eq!(check("900r 400 500"), [2]);
        assert_eq!(check("900r 800r 400"), [0_u128; 0]);
    }

    #[test]
    fn who_cannot_go_stands_in_nobodys_way() {
        assert_eq!(check("900h 800h 400"), [2]);
        assert_eq!(check("900f 800o 400f 500"), [1, 3]);
    }
}
