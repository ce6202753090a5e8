//! When a domain is looked at again.

use std::time::Duration;

use super::judge::DomainStanding;

/// A claim that nobody has proven for so long is given up.
pub const CLAIM_DAYS: i64 = 30;

const CLAIM_SECONDS_MAX: i64 = CLAIM_DAYS * 24 * 60 * 60;
/// One that is as it should be.
const EVERY: Duration = Duration::from_hours(24);
/// Somebody is at a DNS provider's page and waits.
const PENDING_MIN: Duration = Duration::from_secs(30);
const FAILING_MIN: Duration = Duration::from_mins(5);
const FAILING_MAX: Duration = Duration::from_hours(6);
/// What is broken for so long is looked at after a tenth of that.
const SHARE: u32 = 10;
/// So much sooner, at most, so that many domains that were claimed together do not come at once, in thousandths.
const JITTER_MAX: u64 = 100;

/// What becomes of a domain after a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// It is checked again after so long.
    Next(Duration),
    /// It was never proven, and the claim is over.
    Over,
}

/// `failing_seconds` are those since a check has passed last, or since the claim; `is_well` says whether the certificate is, too.
pub fn next_check(
    standing: DomainStanding,
    is_well: bool,
    failing_seconds: i64,
    dice: u64,
) -> Checks {
    let failing = Duration::from_secs(u64::try_from(failing_seconds).unwrap_or_default());
    let wait = match standing {
        DomainStanding { verified: false, .. } if failing_seconds >= CLAIM_SECONDS_MAX => {
            return Checks::Over;
        }
        DomainStanding { verified: false, .. } => (failing / SHARE).clamp(PENDING_MIN, FAILING_MAX),
        DomainStanding { verified: true, problem: None } if is_well => EVERY,
        DomainStanding { verified: true, .. } => (failing / SHARE).clamp(FAILING_MIN, FAILING_MAX),
    };
    let jitter = u32::try_from(dice % (JITTER_MAX + 1)).unwrap_or_default();
    Checks::Next(wait.saturating_sub(wait * jitter / 1_000))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::DomainProblem;
    use super::*;

    const SERVING: DomainStanding = DomainStanding { verified: true, problem: None };

    fn seconds(verified: bool, is_well: bool, failing_seconds: i64) -> Option<u64> {
        let problem = (!is_well).then_some(DomainProblem::Unproven);
        match next_check(DomainStanding { verified, problem }, is_well, failing_seconds, 0) {
            Checks::Next(wait) => Some(wait.as_secs()),
            Checks::Over => None,
        }
    }

    #[test]
    fn often_at_first_then_slower_and_not_for_ever() {
        let (hour, day) = (3_600, 86_400);
        let pending = |at| seconds(false, false, at);
        assert_eq!([0, 300, hour, day].map(pending), [Some(30), Some(30), Some(360), Some(8_640)]);
        assert_eq!(pending(30 * day - 1), Some(6 * 3_600));
        assert_eq!(pending(30 * day), None);
        let failing = |at| seconds(true, false, at);
        assert_eq!([0, hour, day].map(failing), [Some(300), Some(360), Some(8_640)]);
        assert_eq!(failing(400 * day), Some(6 * 3_600), "it is served for ever");
        assert_eq!(seconds(true, true, 0), Some(86_400));
        let Checks::Next(certificate) = next_check(SERVING, false, 0, 0) else { panic!() };
        assert_eq!(certificate, FAILING_MIN);
    }

    proptest! {
        #[test]
        fn there_is_always_a_next_look_in_a_day_or_the_claim_is_old(
            verified: bool, is_well: bool, failing_seconds: i64, dice: u64,
        ) {
            let standing = DomainStanding { verified, problem: None };
            match next_check(standing, is_well, failing_seconds, dice) {
                Checks::Next(wait) => {
                    prop_assert!(wait >= PENDING_MIN * 9 / 10 && wait <= EVERY);
                }
                Checks::Over => prop_assert!(!verified && failing_seconds >= CLAIM_SECONDS_MAX),
            }
        }
    }
}
