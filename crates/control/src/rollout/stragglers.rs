//! Whoever a rollout has not taken along follows by itself: a tenant that was busy or away when its turn came, or was cloned
//! from a template a moment too early.
//!
//! Not here: tenants that a rollout had taken ahead when it was cancelled. They may have no way back, and the next rollout
//! may go the same way, so they stay until an operator decides.
//!
//! A reconciler, like the one of spares: it remembers nothing.

use std::time::Duration;

use cloison_catalog::queries::{migrations, rollouts};
use cloison_model::{OperationId, TenantId};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::one::{Destination, begin_migrating};
use crate::control::Control;
use crate::operations::{StartError, StepError};
use crate::releases;

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Few, so that a rollout which begins meanwhile finds the workers free; the rest is seen at the next look.
const AT_ONCE: i64 = 50;
const ACTOR: &str = "cloison";

/// Until shutdown.
pub(crate) async fn follow_up(control: Control, shutdown: CancellationToken) {
    loop {
        if let Err(error) = look(&control).await {
            // The worker beside this says when the control database is down.
            tracing::debug!("cannot look for tenants that are behind: {error}");
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// One look; answers how many were begun. While a rollout is under way it decides, and nobody is behind.
pub(super) async fn look(control: &Control) -> Result<usize, StepError> {
    let client = control.catalog.client().await?;
    if rollouts::rollout_live().bind(&client).opt().await?.is_some() {
        return Ok(0);
    }
    let Some(to) = releases::fleet_version(&client).await? else { return Ok(0) };
    let mut begun = 0;
    for row in migrations::tenants_straggling().bind(&client, &AT_ONCE).all().await? {
        let operation = OperationId(Uuid::now_v7());
        let destination = Destination { to, rollout: None };
        match begin_migrating(
            &client,
            operation,
            TenantId(row.id),
            &row.subdomain,
            destination,
            ACTOR,
        )
        .await
        {
            Ok(()) => {
                control.feed.tell(operation, true);
                begun += 1;
            }
            // Somebody else was faster.
            Err(StartError::Busy) => {}
            Err(StartError::Database(source)) => return Err(source.into()),
        }
    }
    Ok(begun)
}
