//! What an answer means, and what is done next.

use std::time::Duration;

/// An event that could not be delivered for so long: its endpoint is given up.
const FAILING_SECONDS_MAX: i64 = 3 * 24 * 60 * 60;

/// Before each try after the first; the last one is for all that follow.
const WAITS: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];

/// So much longer, at most, so that many endpoints of one host do not come at once, in thousandths.
const JITTER_MAX: u64 = 200;

/// Whoever asks for a longer pause gets this one.
const ASKED_MAX: Duration = Duration::from_hours(24);

/// What came of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookOutcome {
    /// An answer, with this status.
    Answered(u16),
    /// None, for whatever reason.
    Silence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookNext {
    /// The next event.
    Delivered,
    /// The same one, after so long.
    Again(Duration),
    /// Nothing more goes there, because of this.
    Disable(&'static str),
}

impl WebhookOutcome {
    pub fn is_delivered(self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }
}

/// `failures` are those of this event before this one, the first of them so many seconds ago. `asked` is the pause that the answer
/// asks for.
pub fn next(
    outcome: WebhookOutcome,
    asked: Option<Duration>,
    failures: u32,
    failing_seconds: i64,
    dice: u64,
) -> WebhookNext {
    match outcome {
        WebhookOutcome::Answered(200..=299) => WebhookNext::Delivered,
        WebhookOutcome::Answered(410) => WebhookNext::Disable("it answered 410: it wants no more"),
        WebhookOutcome::Answered(_) | WebhookOutcome::Silence
            if failures > 0 && failing_seconds >= FAILING_SECONDS_MAX =>
        {
            WebhookNext::Disable("an event could not be delivered for three days")
        }
        WebhookOutcome::Answered(_) | WebhookOutcome::Silence => {
            let at = usize::try_from(failures).unwrap_or(usize::MAX).min(WAITS.len() - 1);
            let wait = WAITS[at];
            let jitter = u32::try_from(dice % (JITTER_MAX + 1)).unwrap_or_default();
            let asked = asked.unwrap_or_default().min(ASKED_MAX);
            WebhookNext::Again((wait + wait * jitter / 1_000).max(asked))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(outcome: WebhookOutcome, failures: u32, hours: i64) -> WebhookNext {
        next(outcome, None, failures, hours * 3_600, 0)
    }

    #[test]
    fn what_an_answer_means() {
        use WebhookOutcome::{Answered, Silence};
        for status in [200, 201, 204, 299] {
            assert_eq!(check(Answered(status), 3, 80), WebhookNext::Delivered);
        }
        // A redirect is not followed, and so is no delivery.
        for outcome in [Answered(199), Answered(301), Answered(404), Answered(500), Silence] {
            assert_eq!(check(outcome, 0, 0), WebhookNext::Again(Duration::from_secs(5)));
            assert!(matches!(check(outcome, 9, 72), WebhookNext::Disable(_)));
        }
        assert!(matches!(check(Answered(410), 0, 0), WebhookNext::Disable(_)));
    }

    #[test]
    fn it_is_tried_for_about_three_days() {
        let mut seconds = 0;
        let mut tries = 1;
        while let WebhookNext::Again(wait) =
            next(WebhookOutcome::Silence, None, tries - 1, seconds, 0)
        {
            seconds += i64::try_from(wait.as_secs()).unwrap();
            tries += 1;
        }
        assert_eq!((tries, seconds / 3_600), (10, 75));
    }

    #[test]
    fn who_asks_for_a_longer_pause_gets_it_and_no_shorter_one() {
        for (asked, seconds) in [(0, 5), (4, 5), (90, 90), (1_000_000, 86_400)] {
            let asked = Some(Duration::from_secs(asked));
            let again = WebhookNext::Again(Duration::from_secs(seconds));
            assert_eq!(next(WebhookOutcome::Answered(503), asked, 0, 0, 0), again);
        }
    }

    #[test]
    fn the_wait_grows_by_a_fifth_at_most() {
        for dice in [0, 1, 200, 201, u64::MAX] {
            let WebhookNext::Again(wait) = next(WebhookOutcome::Silence, None, 4, 60, dice) else {
                panic!("it is tried again")
            };
            assert!(wait >= WAITS[4] && wait <= WAITS[4] * 6 / 5, "{wait:?}");
        }
    }
}
