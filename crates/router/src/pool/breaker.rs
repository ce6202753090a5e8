//! Whether a server is worth another attempt to connect: a circuit breaker, as a pure state.
//!
//! It counts only failures that say something about the server: it cannot be reached, does not answer,
//! is starting up. A wrong password or a missing database is one tenant's business, and so may be a
//! silence that only one tenant has met.

use std::time::{Duration, Instant};

use cloison_model::TenantId;

/// Closed it lets every attempt pass, open none, half open one.
#[derive(Clone, Debug)]
pub(crate) struct Breaker {
    state: State,
    /// Failures since the last success.
    failures: u32,
    /// When the first and the last of them were.
    span: Option<(Instant, Instant)>,
    suspect: Suspect,
}

/// What an attempt that failed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The server lets nobody in.
    Server,
    /// It has taken the connection and not answered in time: it hangs, or only this tenant's database does.
    Silence(TenantId),
}

/// Who is to blame for all the failures since the last success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suspect {
    Nobody,
    Tenant(TenantId),
    Server,
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

/// What was seen longer ago says nothing of now. While anybody asks, there is an attempt in this time: the
/// longest pause, and as much again for the attempt.
const MEMORY: Duration = Duration::from_secs(10);

impl Breaker {
    pub(crate) fn new() -> Self {
        Self { state: State::Closed, failures: 0, span: None, suspect: Suspect::Nobody }
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

    /// An attempt has failed and it was perhaps the server's fault. Answers when the next may be made, if
    /// this has opened the breaker.
    pub(crate) fn failed(&mut self, fault: Fault, now: Instant) -> Option<Instant> {
        // Attempts that began before it opened tell nothing new.
        if self.next_time(now).is_some() {
            return None;
        }
        // Single failures at long intervals are no outage.
        if self.state == State::Closed && !self.is_fresh(now) {
            *self = Self::new();
        }
        let (first, _) = self.span.unwrap_or((now, now));
        self.span = Some((first, now));
        self.suspect = self.suspect.or(fault);
        match self.suspect {
            Suspect::Server => self.failures += 1,
            Suspect::Tenant(_) | Suspect::Nobody => {
                self.failures = (self.failures + 1).min(FAILURES_MAX - 1);
            }
        }
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
            State::Open { .. } => self.span.map(|(first, _)| now.saturating_duration_since(first)),
        }
    }

    /// How long an outage attempts have witnessed that is not over as far as is known; nothing if nobody
    /// has tried lately.
    pub(crate) fn witnessed(&self, now: Instant) -> Option<Duration> {
        match self.state {
            State::Open { .. } if self.is_fresh(now) => self.span.map(|(first, last)| last - first),
            State::Open { .. } | State::Closed => None,
        }
    }

    /// When the next attempt may be made, if not now.
    pub(crate) fn next_time(&self, now: Instant) -> Option<Instant> {
        match self.state {
            State::Closed => None,
            State::Open { until } => (until > now).then_some(until),
        }
    }

    fn is_fresh(&self, now: Instant) -> bool {
        self.span.is_some_and(|(_, last)| now.saturating_duration_since(last) < MEMORY)
    }
}

impl Suspect {
    fn or(self, fault: Fault) -> Self {
        match (self, fault) {
            (Self::Nobody, Fault::Silence(tenant)) => Self::Tenant(tenant),
            (Self::Tenant(known), Fault::Silence(tenant)) if known == tenant => self,
            (Self::Nobody | Self::Tenant(_) | Self::Server, Fault::Server | Fault::Silence(_)) => {
                Self::Server
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// One character an event: `x` the server fails, `a` and `b` are tenants that it does not answer, `v` is
    /// a success, `.` 40 ms pass, `~` ten seconds. Answers the allowance.
    fn check(events: &str) -> usize {
        let mut now = Instant::now();
        let mut breaker = Breaker::new();
        let tenant = |name| TenantId(Uuid::from_u128(u128::from(u32::from(name))));
        for event in events.chars() {
            let fault = match event {
                'x' => Some(Fault::Server),
                'a' | 'b' => Some(Fault::Silence(tenant(event))),
                'v' => {
                    breaker.succeeded();
                    None
                }
                '.' | '~' => {
                    now += Duration::from_millis(if event == '.' { 40 } else { 10_000 });
                    None
                }
                _ => panic!("no event: {event}"),
            };
            if let Some(until) = fault.and_then(|it| breaker.failed(it, now)) {
                assert_eq!(breaker.next_time(now), Some(until));
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
    fn what_only_one_tenant_has_met_does_not_open_it() {
        assert_eq!(check("aaaaaaaaaaaa"), usize::MAX);
        assert_eq!(check("aaaaaaaaaaaab"), 0);
        assert_eq!(check("aaaaaaaaaaaab.."), 1, "and not for longer than else");
        assert_eq!(check("aaaavb"), usize::MAX);
        assert_eq!(check("aax"), 0);
    }

    #[test]
    fn failures_at_long_intervals_are_no_outage() {
        assert_eq!(check("xx~x"), usize::MAX);
        assert_eq!(check("xx~xxx"), 0);
        assert_eq!(check("xxx~x."), 0, "once open, the next attempt that fails keeps it so");
    }

    #[test]
    fn the_pause_has_an_end_and_the_outage_a_beginning() {
        let begun = Instant::now();
        let (mut breaker, mut now) = (Breaker::new(), begun);
        for _ in 0..100 {
            if let Some(until) = breaker.failed(Fault::Server, now) {
                assert!(until - now <= PAUSE_MAX);
                assert_eq!(breaker.next_time(now), Some(until));
                assert_eq!(breaker.witnessed(until), Some(now - begun));
                now = until;
            }
        }
        assert_eq!(breaker.down_for(now), Some(now - begun));
        assert_eq!(breaker.witnessed(now + MEMORY), None, "nobody has tried for a while");
        breaker.succeeded();
        assert_eq!((breaker.down_for(now), breaker.witnessed(now)), (None, None));
    }
}
