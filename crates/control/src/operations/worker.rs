//! A worker: claims what is due, as much as it can do at once, and runs it. Any number of processes may work on one
//! control database.

use std::sync::Arc;
use std::time::Duration;

use cloison_catalog::queries::operations as queries;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::claimed::Claimed;
use super::cut::Cuts;
use super::error::{StepError, sentence};
use super::run::{Stopped, run};
use crate::control::Control;
use crate::drift;
use crate::master_key::random_bytes;
use crate::{
    ai_credits, backups, control_backup, domains, erasures, events, exports, rollout, shadow,
    spares, usage, webhooks,
};

/// Without a hint, the longest that a due operation waits for a worker.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Between two attempts to reach a control database that is down.
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Clone, Debug)]
pub struct WorkerConfig {
    /// Names this process in the rows that it has claimed.
    pub name: String,
    /// Operations at once. Cloning a database keeps a server's disk busy for tens of milliseconds; many more at once
    /// only make each of them wait.
    pub concurrency: usize,
    /// How long a claim holds without a sign of life. A worker that was killed is replaced after this.
    pub lease: Duration,
    /// Databases made ahead on each server.
    pub spares: u16,
    /// How long tenants' schemas are left alone between two looks for drift.
    pub drift_every: Duration,
    pub cuts: Cuts,
}

impl Default for WorkerConfig {
    fn default() -> Self {
        Self {
            name: format!("process {}", std::process::id()),
            concurrency: 4,
            lease: Duration::from_secs(10),
            spares: 3,
            // A round reads 200: ten thousand that have all got a new version are known within the hour.
            drift_every: Duration::from_mins(1),
            cuts: Cuts::default(),
        }
    }
}

/// Works until shutdown, and then lets the steps under way finish.
pub async fn work(control: Control, config: WorkerConfig, shutdown: CancellationToken) {
    let feed = control.feed.clone();
    control.tracker.spawn(feed.clone().listen(control.catalog.clone(), shutdown.clone()));
    control.tracker.spawn(feed.publish(control.catalog.clone(), shutdown.clone()));
    control.tracker.spawn(spares::keep_stocked(control.clone(), config.spares, shutdown.clone()));
    let drift = drift::watch(control.clone(), config.drift_every, shutdown.clone());
    control.tracker.spawn(drift);

    control.tracker.spawn(rollout::follow_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(shadow::clear_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(backups::keep_backed_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(control_backup::keep_backed_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(exports::clear_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(domains::keep_checked(control.clone(), shutdown.clone()));
    control.tracker.spawn(webhooks::deliver(control.clone(), shutdown.clone()));
    control.tracker.spawn(events::clear_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(backups::keep_house(control.clone(), shutdown.clone()));
    control.tracker.spawn(usage::keep_collected(control.clone(), shutdown.clone()));
    control.tracker.spawn(ai_credits::keep_up(control.clone(), shutdown.clone()));
    control.tracker.spawn(erasures::keep_swept(control.clone(), shutdown.clone()));

    let mut changes = control.feed.subscribe();
    let places = Places::new(config.concurrency);
    let mut is_down = false;
    loop {
        let free = tokio::select! {
            permit = Arc::clone(&places.all).acquire_owned() => permit.expect("it is never closed"),
            () = shutdown.cancelled() => return,
        };
        // Hints from before this look are answered by it.
        while changes.try_recv().is_ok() {}
        let more = Arc::clone(&places.all)
            .try_acquire_many_owned(u32::try_from(places.all.available_permits()).unwrap_or(0));
        let mut free = free;
        if let Ok(more) = more {
            free.merge(more);
        }
        let rest = match claim_and_run(&control, &config, &shutdown, &places, free).await {
            Ok(rest) => {
                if is_down {
                    tracing::info!("the control database answers again; work goes on");
                }
                is_down = false;
                match rest {
                    // Perhaps there is more.
                    Rest::AllTaken => continue,
                    Rest::NothingDue(next) => next.min(LOOK_EVERY),
                }
            }
            Err(error) => {
                // Once for an outage, not for each look.
                if !is_down {
                    tracing::warn!(
                        "cannot look for work, and will try again until I can: {}",
                        sentence(&error)
                    );
                }
                is_down = true;
                PAUSE
            }
        };
        tokio::select! {
            () = due(&mut changes) => {}
            () = places.freed.notified() => {}
            () = sleep(rest) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Where operations run. Those that go on beside others may take hours, and leave some places to those that somebody waits for.
struct Places {
    all: Arc<Semaphore>,
    beside: Arc<Semaphore>,
    /// A place for those beside others.
    freed: Arc<Notify>,
}

impl Places {
    fn new(all: usize) -> Self {
        let beside = all - all.div_ceil(4).min(all.saturating_sub(1));
        Self {
            all: Arc::new(Semaphore::new(all)),
            beside: Arc::new(Semaphore::new(beside)),
            freed: Arc::default(),
        }
    }

    /// How many to claim into so many free places, and whether any that go on beside others may be among them.
    fn room(&self, free: usize) -> (usize, bool) {
        match self.beside.available_permits() {
            0 => (free, false),
            beside => (free.min(beside), true),
        }
    }
}

enum Rest {
    AllTaken,
    /// And when the next one is.
    NothingDue(Duration),
}

async fn claim_and_run(
    control: &Control,
    config: &WorkerConfig,
    shutdown: &CancellationToken,
    places: &Places,
    mut permits: OwnedSemaphorePermit,
) -> Result<Rest, StepError> {
    let (wanted, with_beside) = places.room(permits.num_permits());
    let claimed = claim(control, config, wanted, with_beside).await?;
    let all_taken = claimed.len() == wanted;
    for operation in claimed {
        let permit = permits.split(1).expect("no more are claimed than there are permits");
        let beside = operation.kind.is_beside().then(|| {
            let permit = Arc::clone(&places.beside).try_acquire_owned();
            (permit.expect("no more are claimed than there are"), Arc::clone(&places.freed))
        });
        let (control, cuts, shutdown) = (control.clone(), config.cuts.clone(), shutdown.clone());
        control.tracker.clone().spawn(async move {
            run(&control, operation, &cuts, &shutdown).await;
            drop(permit);
            if let Some((permit, freed)) = beside {
                drop(permit);
                freed.notify_one();
            }
        });
    }
    if all_taken {
        return Ok(Rest::AllTaken);
    }
    let client = control.catalog.client().await?;
    let seconds = queries::operations_next_due().bind(&client, &with_beside).one().await?;
    let next = seconds.map_or(LOOK_EVERY, |it| Duration::from_secs_f64(it.clamp(0.001, 60.0)));
    Ok(Rest::NothingDue(next))
}

/// The claim itself does not wait for the disk. If a crash of the control database undoes it, whoever has claimed finds
/// at its first commit that its token holds no more, as if the lease had run out.
async fn claim(
    control: &Control,
    config: &WorkerConfig,
    at_most: usize,
    with_beside: bool,
) -> Result<Vec<Claimed>, StepError> {
    let client = control.catalog.client().await?;
    let since = Instant::now();
    let rows = queries::operations_claim()
        .bind(
            &client,
            &with_beside,
            &i64::try_from(at_most).unwrap_or(i64::MAX),
            &i64::from_ne_bytes(random_bytes()),
            &config.name.as_str(),
            &config.lease.as_secs_f64(),
        )
        .all()
        .await?;
    let read = rows.into_iter().filter_map(|row| {
        let id = row.id;
        Claimed::read(row, config.lease, since)
            .inspect_err(|error| {
                // Its lease runs out, and a newer build takes it.
                tracing::warn!(operation = %id, "operation {id} is left to a newer version: {error}");
            })
            .ok()
    });
    Ok(read.collect())
}

/// Claims one operation that is due and runs it here; answers nothing if none is.
pub async fn run_due(
    control: &Control,
    config: &WorkerConfig,
) -> Result<Option<Stopped>, StepError> {
    let Some(claimed) = claim(control, config, 1, true).await?.pop() else { return Ok(None) };
    Ok(Some(run(control, claimed, &config.cuts, &CancellationToken::new()).await))
}

/// Returns when there is a hint that something is due.
async fn due(changes: &mut tokio::sync::broadcast::Receiver<cloison_catalog::OperationChange>) {
    // One that lags has missed something: look now.
    while changes.recv().await.is_ok_and(|it| !it.is_due) {}
}
