//! Requests at a fixed rate, whatever becomes of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::visitor::Visitor;

const PAGE: &str = "/calendar";

/// One request.
pub(super) struct Answered {
    pub(super) due: Instant,
    /// Until the last byte; also of one that failed.
    pub(super) took: Duration,
    /// In words, unless it was answered with the page.
    pub(super) failure: Option<String>,
}

pub(super) struct Load {
    stop: CancellationToken,
    running: JoinHandle<Vec<Answered>>,
}

impl Load {
    /// The visitors take turns. It goes on until it is ended.
    #[expect(clippy::disallowed_methods, reason = "whoever began it waits for its end")]
    pub(super) fn begin(visitors: Arc<[Visitor]>, per_second: u32) -> Self {
        let stop = CancellationToken::new();
        let pause = Duration::from_secs(1) / per_second;
        let running = tokio::spawn(send(visitors, pause, stop.clone()));
        Self { stop, running }
    }

    /// Sends no more, and answers when all were answered, in no order.
    pub(super) async fn end(self) -> Vec<Answered> {
        self.stop.cancel();
        self.running.await.expect("a visit does not panic")
    }
}

async fn send(visitors: Arc<[Visitor]>, pause: Duration, stop: CancellationToken) -> Vec<Answered> {
    let mut ticks = interval(pause);
    // What is late is sent at once, and its time counts from when it was due.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut visits, mut answered) = (JoinSet::new(), Vec::new());
    for number in 0.. {
        let due = tokio::select! {
            due = ticks.tick() => due.into_std(),
            () = stop.cancelled() => break,
        };
        let visitors = Arc::clone(&visitors);
        visits.spawn(async move {
            let visit = visitors[number % visitors.len()].time(PAGE).await;
            let failure = visit.err().map(|it| format!("{it:#}"));
            Answered { due, took: due.elapsed(), failure }
        });
        while let Some(visit) = visits.try_join_next() {
            answered.push(visit.expect("a visit does not panic"));
        }
    }
    answered.extend(visits.join_all().await);
    answered
}
