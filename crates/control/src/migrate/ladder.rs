//! How long an attempt waits for a lock, and how long until the next one.
//!
//! Whoever reads a table behind a waiting ALTER waits as long as the ALTER does. So it gives up early, lets them through, and
//! comes again; there is never an attempt without a limit.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(50);
/// No reader behind one lock waits for 100 ms.
const LATER: Duration = Duration::from_millis(90);
const PAUSE_FIRST: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// `attempt` counts from 1. It holds for each lock that the transaction takes.
pub(super) fn lock_timeout(attempt: u32) -> Duration {
    if attempt <= 1 { FIRST } else { LATER }
}

/// After so many attempts: threefold each time up to a limit; of that, a random half to whole. `dice` is anything.
pub(super) fn pause(attempts: u32, dice: u64) -> Duration {
    let longest =
        PAUSE_FIRST.saturating_mul(3_u32.saturating_pow(attempts.saturating_sub(1))).min(PAUSE_MAX);
    let half = longest / 2;
    let span = u64::try_from(half.as_millis()).unwrap_or(u64::MAX).max(1);
    half + Duration::from_millis(dice % span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::Limits;

    #[test]
    fn no_attempt_waits_for_100_ms_nor_without_a_limit() {
        for attempt in (0..100).chain([u32::MAX]) {
            let waits = lock_timeout(attempt);
            assert!(waits > Duration::ZERO, "0 is no limit to PostgreSQL");
            assert!(waits < Duration::from_millis(100), "{attempt}: {waits:?}");
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let shortest: Vec<_> = (1..=5).map(|it| pause(it, 0).as_millis()).collect();
        assert_eq!(shortest, [25, 75, 225, 500, 500]);
        for attempts in [0, 1, 30, u32::MAX] {
            assert!(pause(attempts, u64::MAX) <= PAUSE_MAX);
        }
    }

    #[test]
    fn all_attempts_in_one_place_take_about_two_seconds_at_most() {
        let attempts = 1..=Limits::USUAL.attempts_max;
        let waits: Duration = attempts.clone().map(lock_timeout).sum();
        let pauses: Duration = attempts.skip(1).map(|it| pause(it - 1, 499)).sum();
        assert!(waits + pauses < Duration::from_millis(2_200), "{:?}", waits + pauses);
    }
}
