//! The step `shadow_run`: the migrations are run on copies first, and what they do there decides whether they go on.

use std::time::Duration;

use cloison_catalog::Client;
use cloison_catalog::queries::{operations, rollouts};
use cloison_model::Release;
use tokio::time::{sleep, timeout};
use tokio_postgres::types::Json;
use tokio_util::sync::CancellationToken;

use super::Rollout;
use super::fleet::{load, tell};
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError, sentence};
use crate::pg::ddl::ShadowsOf;
use crate::releases;
use crate::shadow::{self, Findings};

/// How soon a rollout that is cancelled lets go of its copies.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Copies are dropped within a second; a process that is to end waits no longer for it than this.
const CLEAR_TIME_MAX: Duration = Duration::from_secs(5);

/// Has been done when the step is committed. Run again, it begins anew: it changes nothing but copies, and drops those of
/// an earlier run first.
pub(crate) async fn shadow_run(
    control: &Control,
    claimed: &Claimed,
    stop: &CancellationToken,
) -> Result<Made, StepError> {
    let client = control.catalog.client().await?;
    let rollout = load(&client, claimed).await?;
    if rollout.skip_shadow {
        clear(control).await;
        tell(&client, claimed, "did not run it on copies first, as it was asked for").await?;
        return Ok(Made::Nothing);
    }
    let release = releases::known(&client).await?.ok_or(StepError::Gone)?;
    drop(client);
    let ran = tokio::select! {
        ran = in_time(control, &rollout, &release) => ran,
        () = stop.cancelled() => Ok(Ran::HandedOver),
        () = cancelled(control, claimed) => Ok(Ran::HandedOver),
    };
    if !matches!(ran, Ok(Ran::Through(_))) {
        clear(control).await;
    }
    let findings = match ran? {
        Ran::Through(findings) => findings,
        Ran::HandedOver => {
            let why = "it is handed over".to_owned();
            return Ok(Made::Rest { wait: Duration::ZERO, why });
        }
    };
    let client = control.catalog.client().await?;
    match findings {
        None => {
            tell(&client, claimed, "did not run it on copies: nobody is to be migrated").await?;
        }
        Some(findings) => {
            keep(&client, claimed, &rollout, &findings).await?;
            if let Some(why) = findings.refusal() {
                return Err(StepError::Refused(why));
            }
        }
    }
    Ok(Made::Nothing)
}

/// How a run ended, if nothing failed.
enum Ran {
    /// With nothing found where nobody is to be migrated.
    Through(Option<Findings>),
    /// Nobody wants it any more, or another process is to go on.
    HandedOver,
}

async fn in_time(
    control: &Control,
    rollout: &Rollout,
    release: &Release,
) -> Result<Ran, StepError> {
    let time_max = control.shadow.limits.time_max;
    match timeout(time_max, shadow::run(control, rollout, release)).await {
        Ok(ran) => ran.map(Ran::Through),
        Err(_) => Err(StepError::Refused(format!(
            "it ran on copies for more than {} s; no tenant was touched: make it do less at once, or go without by --skip-shadow",
            time_max.as_secs()
        ))),
    }
}

/// Whoever goes on would do so too, or a worker after some minutes; but customers' data does not wait for that.
async fn clear(control: &Control) {
    let cleared = shadow::drop_leftovers(control, ShadowsOf::Everybody);
    match timeout(CLEAR_TIME_MAX, cleared).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::info!(
                "a shadow run's copies are left for a worker to drop: {}",
                sentence(&error)
            );
        }
        Err(_) => tracing::info!("a shadow run's copies are left for a worker to drop"),
    }
}

/// What was found stays, whatever follows from it.
async fn keep(
    client: &Client,
    claimed: &Claimed,
    rollout: &Rollout,
    findings: &Findings,
) -> Result<(), StepError> {
    let report = findings.report();
    rollouts::rollout_keep_shadow().bind(client, &Json(&report), &rollout.number).await?;
    tell(client, claimed, &findings.event()).await
}

/// Returns once somebody has cancelled the rollout.
async fn cancelled(control: &Control, claimed: &Claimed) {
    loop {
        sleep(LOOK_EVERY).await;
        // While the control database is away, nobody can wish for anything.
        let Ok(client) = control.catalog.client().await else { continue };
        let wish = operations::operation_wish().bind(&client, &claimed.id().0).opt().await;
        if wish.is_ok_and(|it| it.flatten().is_some()) {
            return;
        }
    }
}
