//! The times of leasing, and why they keep two processes from using the same seat.
//!
//! Each is measured by the monotonic clock of one process; no time ever travels to another. A holder counts from
//! *before* it sent the round whose answer it has. An observer counts from *after* it has seen the last change. So when
//! the observer has counted to `RECLAIM`, the holder has counted as far, but for the drift of the two clocks.

use std::time::Duration;

/// Between two rounds, when everybody has what they should.
pub(crate) const PAUSE: Duration = Duration::from_secs(2);

/// Between two rounds, while seats are on their way from one process to another.
pub(crate) const PAUSE_SHORT: Duration = Duration::from_millis(500);

/// After a round that came to nothing.
pub(crate) const PAUSE_FAILED: Duration = Duration::from_secs(1);

/// After this time a round has come to nothing. It may still be made; the next one's number is higher. Seats are given
/// up in time while it is waited for, so it may take as long as a busy machine needs.
pub(crate) const ROUND_MAX: Duration = Duration::from_secs(4);

/// The first one may take longer: without it there is no start.
pub(crate) const FIRST_ROUND_MAX: Duration = Duration::from_secs(10);

/// So long after a round a process goes on as if nothing were.
pub(crate) const DOUBT: Duration = Duration::from_secs(6);

/// So long after a round a process closes what it does not keep, whoever uses it.
pub(crate) const CUT: Duration = Duration::from_secs(10);

/// After this time without a sign of somebody, others take what he does not keep. Closing takes five seconds at most
/// (`CLOSE_MAX` of a link), so five are left for clocks that drift and for a process that does not get a turn.
pub(crate) const RECLAIM: Duration = Duration::from_secs(20);

/// So long a process uses what it keeps: a night and a morning for whoever has to bring the control database back.
pub(crate) const KEPT: Duration = Duration::from_hours(20);

/// After this time without a sign of somebody, others take everything. Until then a process that was killed costs
/// the others the seats that it kept, an eighth of the budget.
pub(crate) const KEPT_RECLAIM: Duration = Duration::from_hours(24);

/// An observer that has been cut off itself counts no longer than this from one answer to the next. So an outage of
/// the control database ages nobody.
pub(crate) const SILENCE_STEP_MAX: Duration = Duration::from_secs(6);

/// What a process wants is the most that it had a use for within this time: who is busy every other second must not
/// lose and win the same seats all the time.
pub(crate) const DEMAND_WINDOW: Duration = Duration::from_secs(10);

const _: () = assert!(DOUBT.as_secs() < CUT.as_secs());
const _: () = assert!(CUT.as_secs() + 5 + 2 < RECLAIM.as_secs());
const _: () = assert!(KEPT.as_secs() + KEPT.as_secs() / 10 < KEPT_RECLAIM.as_secs());
