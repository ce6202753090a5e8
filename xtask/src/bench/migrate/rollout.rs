//! One rollout, as an operator asks for it, and where its time went by the product's own clock.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::{Rollout, StartRollout};
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::caller::Caller;

/// Seldom: who asks takes time from who is asked, and the times are the product's own.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// A rollout that has not ended by then will not.
const PATIENCE: Duration = Duration::from_mins(10);

/// Where the time of a rollout went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// From the order until the first tenant may be started: the lint, and the run on copies.
    pub(super) gates: Duration,
    /// From then until the rollout has ended.
    pub(super) tenants: Duration,
    /// Of that, until the first tenant was taken.
    pub(super) before: Duration,
    /// Of that, after the last tenant was written down.
    pub(super) after: Duration,
}

/// All tenants in one wave, with the gates.
pub(super) fn request(per_server: u16) -> StartRollout {
    StartRollout { waves: Some(vec![100]), per_server: Some(per_server), ..StartRollout::default() }
}

/// Answers when every tenant is at `version`.
pub(super) async fn run(caller: &Caller, request: &StartRollout, version: u32) -> Result<Rollout> {
    let begun = caller.api.rollout_start(request).await.context("start a rollout")?;
    let Some(mut rollout) = begun.rollout else { bail!("the fleet is at {version} already") };
    let started = Instant::now();
    while !rollout.is_ended() {
        if let Some(pause) = &rollout.paused {
            bail!("the rollout was paused by {}: {}", pause.by, pause.why);
        }
        if started.elapsed() > PATIENCE {
            bail!("the rollout does not end: {rollout:?}");
        }
        sleep(LOOK_EVERY).await;
        rollout = caller.api.rollout_fetch(rollout.number).await.context("look at a rollout")?;
    }
    let left: u32 = rollout.waves.iter().map(|it| it.tenants() - it.done).sum();
    if rollout.stage != "DONE" || left > 0 || rollout.to != i64::from(version) {
        bail!("the rollout is {} with {left} tenants left: {rollout:?}", rollout.stage);
    }
    Ok(rollout)
}

/// `catalog` says when tenants were under way, which the API does not.
pub(super) async fn times(catalog: &Client, rollout: &Rollout) -> Result<Times> {
    let started = rollout.started_at.context("a rollout that has ended has begun")?;
    let finished = rollout.finished_at.context("a rollout that has ended says when")?;
    let row = catalog
        .query_one(
            "select
                 extract(epoch from min(rollout_tenants.started_at) - min(rollouts.started_at))::float8,
                 extract(epoch from max(operations.finished_at) - max(rollout_tenants.finished_at))::float8
             from rollouts
             join rollout_tenants on rollout_tenants.rollout = rollouts.number
             join operations on operations.id = rollouts.operation_id
             where rollouts.number = $1",
            &[&rollout.number],
        )
        .await?;
    let seconds = |column| Duration::try_from_secs_f64(row.get(column)).unwrap_or_default();
    Ok(Times {
        gates: started.duration_since(rollout.created_at).unsigned_abs(),
        tenants: finished.duration_since(started).unsigned_abs(),
        before: seconds(0),
        after: seconds(1),
    })
}
