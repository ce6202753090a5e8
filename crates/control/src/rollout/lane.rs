//! One server's part of a rollout: who waits there to be migrated, how many are at once, and whether the server has asked for
//! a pause by not answering.

use std::collections::VecDeque;
use std::time::Duration;

use cloison_catalog::queries::rollouts::ClaimedTenant;
use tokio::time::Instant;

use crate::pg::Admin;

const HOLD_MIN: Duration = Duration::from_secs(1);
const HOLD_MAX: Duration = Duration::from_secs(30);

pub(super) struct Lane {
    pub(super) admin: Admin,
    pub(super) queue: VecDeque<ClaimedTenant>,
    pub(super) running: usize,
    held: Option<(Instant, Duration)>,
}

impl Lane {
    pub(super) fn new(admin: Admin) -> Self {
        Self { admin, queue: VecDeque::new(), running: 0, held: None }
    }

    pub(super) fn is_held(&self, now: Instant) -> bool {
        self.held.is_some_and(|(until, _)| until > now)
    }

    /// After a failure of the server's own: nobody is started there for a while, for longer each time in a row.
    pub(super) fn hold(&mut self, now: Instant) {
        if self.is_held(now) {
            return;
        }
        let pause = self.held.map_or(HOLD_MIN, |(_, pause)| (pause * 2).min(HOLD_MAX));
        self.held = Some((now + pause, pause));
    }

    /// It has answered.
    pub(super) fn release(&mut self) {
        self.held = None;
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::task::TaskTracker;

    use super::*;

    #[test]
    fn a_server_that_stays_away_is_asked_less_and_less() {
        let mut lane = Lane::new(Admin::new("nowhere", 1, "nobody", None, TaskTracker::new()));
        let mut now = Instant::now();
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let began = now;
            lane.hold(now);
            // Another one that was under way fails too, which says nothing new.
            lane.hold(now);
            while lane.is_held(now) {
                now += Duration::from_millis(500);
            }
            pauses.push((now - began).as_secs());
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30]);
        lane.release();
        lane.hold(now);
        assert!(!lane.is_held(now + HOLD_MIN));
    }
}
