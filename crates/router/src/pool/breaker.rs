//! Whether a server is worth another attempt to connect: a circuit breaker, as a pure state.
//!
//! It counts only failures that say something about the server: it cannot be reached, does not answer,
//! is starting up. A wrong password or a missing database is one tenant's business.

use std::time::{Duration, Instant};

/// Closed it lets every attempt pass, open none, half open one.
#[derive(Clone, Debug)]
pub(crate) struct Breaker {
    state: State,
    /// Failures since the last success.
    failures: u32,
    /// When the first of them was.
    since: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    /// After `until` it is half open.
    Open {
        until: Instant,
    },
}

/// One failure is an accident and two are a coincidence.
const FAILURES_MAX: u32 = 3;

/// A restart of PostgreSQL takes about a second, so the first pauses are far below it.
const PAUSE_MIN: Duration = Duration::from_millis(50);

/// Nobody notices a server that is back five seconds late, after an outage that long.
const PAUSE_MAX: Duration = Duration::from_secs(5);

impl Breaker {
    pub(crate) fn new() -> Self {
        Self { state: State::Closed, failures: 0, since: None }
    }

    /// How many attempts may be under way.
    pub(crate) fn allowance(&self, now: Instant) -> usize {
        match self.state {
            State::Closed => usize::MAX,
            State::Open { until } => usize::from(until <= now),
        }
    }

    /// The server has let somebody in.
    pub(crate) fn succeeded(&mut self) {
        *self = Self::new();
    }

    /// An attempt has failed and it was the server's fault. Answers when the next may be made, if
    /// this has opened the breaker.
    pub(crate) fn failed(&mut self, now: Instant) -> Option<Instant> {
        self.since.get_or_insert(now);
        // Attempts that began before it opened tell nothing new.
        if matches!(self.state, State::Open { until } if until > now) {
            return None;
        }
        self.failures += 1;
        let beyond = self.failures.checked_sub(FAILURES_MAX)?;
        let pause = PAUSE_MIN.saturating_mul(2_u32.saturating_pow(beyond)).min(PAUSE_MAX);
        let until = now + pause;
        self.state = State::Open { until };
        Some(until)
    }

    /// For how long the server has let nobody in, if the breaker is not closed.
    pub(crate) fn down_for(&self, now: Instant) -> Option<Duration> {
        match self.state {
            State::Closed => None,
            State::Open { .. } => self.since.map(|it| now.saturating_duration_since(it)),
        }
    }

    /// When the next attempt may be made, if not now.
    pub(crate) fn next_time(&self, now: Instant) -> Option<Instant> {
        match self.state {
            State::Closed => None,
            State::Open { until } => (until > now).then_some(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character an event: `x` a failure, `v` a success, `.` 40 ms pass. Answers the allowance.
    fn check(events: &str) -> usize {
        let mut now = Instant::now();
        let mut breaker = Breaker::new();
        for event in events.chars() {
            match event {
                'x' => drop(breaker.failed(now)),
                'v' => breaker.succeeded(),
                _ => now += Duration::from_millis(40),
            }
        }
        breaker.allowance(now)
    }

    #[test]
    fn it_opens_at_the_third_failure_in_a_row_and_lets_one_try_after_a_pause() {
        assert_eq!(check(""), usize::MAX);
        assert_eq!(check("xx"), usize::MAX);
        assert_eq!(check("xxvxx"), usize::MAX);
        assert_eq!(check("xxx"), 0);
        assert_eq!(check("xxx."), 0);
        assert_eq!(check("xxx.."), 1);
        assert_eq!(check("xxx..v"), usize::MAX);
        assert_eq!(check("xxx..x"), 0, "the pause doubles");
        assert_eq!(check("xxx..x.."), 0);
        assert_eq!(check("xxx..x..."), 1);
        assert_eq!(check("xxxxxxxxx.."), 1, "those that were under way tell nothing new");
    }

    #[test]
    fn the_pause_has_an_end_and_the_outage_a_beginning() {
        let begun = Instant::now();
        let (mut breaker, mut now) = (Breaker::new(), begun);
        for _ in 0..100 {
            if let Some(until) = breaker.failed(now) {
                assert!(until - now <= PAUSE_MAX);
                assert_eq!(breaker.next_time(now), Some(until));
                now = until;
            }
        }
        assert_eq!(breaker.down_for(now), Some(now - begun));
        breaker.succeeded();
        assert_eq!(breaker.down_for(now), None);
    }
}
