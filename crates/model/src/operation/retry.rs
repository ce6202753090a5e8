//! Whether a step that failed is tried again, and when: by the SQLSTATE of its error, so many times and no more.

use std::time::Duration;

use super::step::Direction;

/// Tries of one step before it counts as failed for good. With the waits below that is about six minutes: longer
/// than a server takes to restart, shorter than an operator's patience.
pub const ATTEMPTS_MAX: u32 = 18;
const WAIT_MIN: Duration = Duration::from_millis(100);
const WAIT_MAX: Duration = Duration::from_secs(30);

/// What an error says about trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryClass {
    /// The same may work in a moment: a lock, a deadlock, a server that restarts or cannot be reached.
    Passing,
    /// The server is away or has no room: nobody's fault here, so it is tried for as long as it takes.
    Away,
    /// The same would fail the same way.
    Lasting,
}

/// What to do about a failed step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    After(Duration),
    /// It has failed for good.
    Stop,
}

impl RetryClass {
    /// Of an error that is the server's own rather than the statement's: classes 08, 53, 57P0x and 58, or no code at all.
    pub fn is_of_server(code: Option<&str>) -> bool {
        code.is_none_or(|code| ["08", "53", "57P0", "58"].iter().any(|it| code.starts_with(it)))
    }

    /// By SQLSTATE (PostgreSQL, appendix A). No code at all is a broken connection.
    ///
    /// Beside classes 08, 53 and 57P0x: 55P03 lock not available, 55006 object in use, 40001 and 40P01 serialisation
    /// and deadlock, 57014 query cancelled, 58 errors of the system under the server, such as a full disk.
    pub fn of_sqlstate(code: Option<&str>) -> Self {
        let passing = Self::is_of_server(code)
            || code.is_some_and(|it| ["55P03", "55006", "40001", "40P01", "57014"].contains(&it));
        if passing { Self::Passing } else { Self::Lasting }
    }
}

/// `attempts` counts those that failed, this one among them. `dice` is anything: it spreads the waits, so that what
/// failed together is not tried again together.
///
/// Going back never stops: whoever gave up there would leave debris. It is tried for as long as it takes.
pub fn retry(class: RetryClass, direction: Direction, attempts: u32, dice: u64) -> Retry {
    match (direction, class) {
        (Direction::Forward, RetryClass::Lasting) => Retry::Stop,
        (Direction::Forward, RetryClass::Passing) if attempts >= ATTEMPTS_MAX => Retry::Stop,
        (Direction::Forward | Direction::Undo, RetryClass::Passing | RetryClass::Away) => {
            Retry::After(wait(attempts, dice))
        }
        (Direction::Undo, RetryClass::Lasting) => Retry::After(WAIT_MAX),
    }
}

/// Doubles up to a limit; of that, a random half to whole.
fn wait(attempts: u32, dice: u64) -> Duration {
    let doubled = WAIT_MIN.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(WAIT_MAX);
    let half = doubled / 2;
    let span = u64::try_from(half.as_millis()).unwrap_or(u64::MAX).max(1);
    half + Duration::from_millis(dice % span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_code() {
        for (code, class) in [
            (Some("55P03"), RetryClass::Passing),
            (Some("40P01"), RetryClass::Passing),
            (Some("57P01"), RetryClass::Passing),
            (Some("57P03"), RetryClass::Passing),
            (Some("53300"), RetryClass::Passing),
            (Some("08006"), RetryClass::Passing),
            (None, RetryClass::Passing),
            (Some("42501"), RetryClass::Lasting),
            (Some("23505"), RetryClass::Lasting),
            (Some("22023"), RetryClass::Lasting),
            (Some("0A000"), RetryClass::Lasting),
            (Some("P0001"), RetryClass::Lasting),
        ] {
            assert_eq!(RetryClass::of_sqlstate(code), class, "{code:?}");
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..=ATTEMPTS_MAX + 1)
            .map(|it| retry(RetryClass::Passing, Direction::Forward, it, 0))
            .collect();
        assert_eq!(waits[0], Retry::After(Duration::from_millis(50)));
        assert_eq!(waits[3], Retry::After(Duration::from_millis(400)));
        assert_eq!(waits[15], Retry::After(Duration::from_secs(15)));
        assert_eq!(waits[17], Retry::Stop);
    }

    #[test]
    fn going_back_never_stops_nor_does_waiting_for_a_server() {
        for attempts in [1, 100, u32::MAX] {
            for (direction, class) in [
                (Direction::Undo, RetryClass::Passing),
                (Direction::Undo, RetryClass::Lasting),
                (Direction::Forward, RetryClass::Away),
            ] {
                let answer = retry(class, direction, attempts, u64::MAX);
                assert!(matches!(answer, Retry::After(it) if it <= WAIT_MAX), "{answer:?}");
            }
        }
    }
}
