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

use crate::directory::{Change, Changed, Changes, DirectoryError, Key};
use crate::inner::Inner;

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

/// A snapshot during which a tenant was removed may bring it back, so another is taken. Tenants
/// are not removed so often that this fails; and if it does, the poll goes on.
const SNAPSHOTS_MAX: usize = 3;

pub(crate) async fn keep_fresh(router: Arc<Inner>, shutdown: CancellationToken) {
    let fresh = async {
        loop {
            // First the channel, then the snapshot: so nothing falls in between.
            match router.directory.changes().await {
                Ok(changes) => match resync(&router).await {
                    Ok(()) => follow(&router, changes).await,
                    Err(error) => router.health.failed(&error),
                },
                Err(error) => {
                    router.health.failed(&error);
                    note(&router, poll(&router).await);
                }
            }
            sleep(RECONNECT_PAUSE).await;
        }
    };
    shutdown.run_until_cancelled(fresh).await;
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
                note(router, poll(router).await);
                look_up(router, &burst).await;
            }
            _ = polls.tick() => note(router, poll(router).await),
            _ = snapshots.tick() => note(router, resync(router).await),
        }
    }
}

/// Everything anew.
async fn resync(router: &Inner) -> Result<(), DirectoryError> {
    for _ in 0..SNAPSHOTS_MAX {
        let removals = router.cache().removals();
        let snapshot = router.directory.snapshot().await?;
        if router.known.apply_snapshot(&snapshot, removals) {
            break;
        }
    }
    router.health.answered();
    Ok(())
}

/// What has changed since the last epoch.
async fn poll(router: &Inner) -> Result<(), DirectoryError> {
    for _ in 0..PAGES_MAX {
        let epoch = router.cache().epoch();
        let changes = router.directory.changed_since(epoch).await?;
        if changes.is_empty() {
            break;
        }
        router.known.apply_next(&changes);
        if changes.iter().filter_map(server).any(|it| !router.pool().knows(it)) {
            // A server that was added since; its budget is in the snapshot.
            return resync(router).await;
        }
    }
    router.health.answered();
    Ok(())
}

/// What was told but did not come with the poll: gone, or told ahead of its turn.
async fn look_up(router: &Inner, burst: &[Changed]) {
    for &Changed { tenant, epoch } in burst {
        let is_known = router.cache().epoch_of(tenant).is_some_and(|it| it >= epoch);
        if !is_known {
            router.fetch(Key::Tenant(tenant)).await;
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
