//! Keeps the cache fresh: hears of changes, asks for what it may have missed.
//!
//! One task, so that what it applies is in order. Being told is only for speed; the poll by epoch
//! is what can be relied on, and the snapshots find what vanished without a trace.

use std::sync::Arc;
use std::time::Duration;

use cloison_model::ServerId;
use futures_util::StreamExt;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};
use tokio_util::sync::CancellationToken;

use crate::directory::{Change, Changes, DirectoryError};
use crate::inner::{ANSWER_MAX, Inner, OVERTAKEN_MAX, SNAPSHOT_MAX, in_time};
use crate::known::Fetched;

/// After losing the channel. It is usually lost because the control database restarts.
const RECONNECT_PAUSE: Duration = Duration::from_millis(500);

const POLL_INTERVAL_MIN: Duration = Duration::from_millis(10);

/// Rows deleted outright leave no epoch behind; a snapshot finds them.
const SNAPSHOT_INTERVAL: Duration = Duration::from_mins(5);

/// Notifications taken together: a rollout changes many routes at once, and one question asks
/// for all of them.
const BURST_MAX: usize = 1_000;

/// How many questions in a row one poll may take; what is left is for the next.
const PAGES_MAX: usize = 1_000;

/// How many doubts are settled in one round, each by a question; the others wait for the next.
const DOUBTS_MAX: usize = 1_000;

pub(crate) async fn keep_fresh(router: Arc<Inner>, shutdown: CancellationToken) {
    shutdown.run_until_cancelled(follow_for_ever(&router)).await;
}

async fn follow_for_ever(router: &Inner) {
    let mut snapshot = Instant::now();
    loop {
        // First the channel, then the snapshot: so nothing falls in between.
        match in_time(ANSWER_MAX, router.directory.changes()).await {
            Ok(changes) => match resync(router).await {
                Ok(()) => {
                    router.health.hears();
                    follow(router, changes).await;
                    snapshot = Instant::now();
                }
                Err(error) => router.health.failed(&error),
            },
            Err(error) => {
                router.health.is_deaf(&error);
                // As often as with the channel, what vanished is looked for.
                let is_due = snapshot.elapsed() >= SNAPSHOT_INTERVAL;
                let outcome = if is_due { resync(router).await } else { poll(router).await };
                if is_due && outcome.is_ok() {
                    snapshot = Instant::now();
                }
                note(router, outcome);
            }
        }
        sleep(RECONNECT_PAUSE).await;
    }
}

/// Until the channel is lost.
async fn follow(router: &Inner, changes: Changes) {
    let mut bursts = changes.ready_chunks(BURST_MAX);
    let begun = Instant::now();
    // An interval of nothing would be a loop.
    let pause = router.config.poll_interval.max(POLL_INTERVAL_MIN);
    let mut polls = interval_at(begun + pause, pause);
    let mut snapshots = interval_at(begun + SNAPSHOT_INTERVAL, SNAPSHOT_INTERVAL);
    polls.set_missed_tick_behavior(MissedTickBehavior::Delay);
    snapshots.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            burst = bursts.next() => {
                let Some(burst) = burst else { return };
                // What was told and does not come with the poll is doubtful: gone, or told ahead
                // of its turn.
                note(router, poll(router).await);
                router.known.apply_hints(&burst);
                settle_doubts(router).await;
            }
            _ = polls.tick() => note(router, poll(router).await),
            _ = snapshots.tick() => note(router, resync(router).await),
        }
    }
}

/// Everything anew.
async fn resync(router: &Inner) -> Result<(), DirectoryError> {
    for _ in 0..OVERTAKEN_MAX {
        let asked = router.known.asking();
        let snapshot = in_time(SNAPSHOT_MAX, router.directory.snapshot()).await?;
        if router.known.apply_snapshot(&snapshot, asked) != Fetched::Overtaken {
            break;
        }
    }
    router.health.answered();
    settle_doubts(router).await;
    Ok(())
}

/// What has changed since the last epoch.
async fn poll(router: &Inner) -> Result<(), DirectoryError> {
    for _ in 0..PAGES_MAX {
        let asked = router.known.asking();
        let epoch = router.cache().epoch();
        let changes = in_time(ANSWER_MAX, router.directory.changed_since(epoch)).await?;
        if changes.is_empty() {
            break;
        }
        if router.known.apply_changes(&changes, asked) == Fetched::Overtaken {
            continue;
        }
        if changes.iter().filter_map(server).any(|it| !router.pool().knows(it)) {
            // A server that was added since; its budget is in the snapshot.
            return resync(router).await;
        }
    }
    router.health.answered();
    settle_doubts(router).await;
    Ok(())
}

/// Asks for those whose routes may not be right.
async fn settle_doubts(router: &Inner) {
    let doubtful = router.cache().doubtful(DOUBTS_MAX);
    for tenant in doubtful {
        if router.fetch_anew(tenant).await == Fetched::Down {
            // The others stay doubtful, too.
            return router.known.put_off(tenant);
        }
    }
}

fn note(router: &Inner, outcome: Result<(), DirectoryError>) {
    if let Err(error) = outcome {
        router.health.failed(&error);
    }
}

fn server(change: &Change) -> Option<ServerId> {
    match change {
        Change::Route(route) => Some(route.server),
        Change::Gone { .. } => None,
    }
}
