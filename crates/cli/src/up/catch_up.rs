//! After a newer build has been started on an older data directory: a rollout, without anybody's asking.
//!
//! Whoever has a fleet to lose runs `serve`, and begins rollouts by hand.

use std::time::Duration;

use anyhow::{Result, bail};
use cloison_control::Control;
use cloison_control::call::Call;
use cloison_control::operations::wait_for_end;
use cloison_control::rollout::{self, Begun, RolloutError, RolloutRequest};
use cloison_model::{OperationState, Policy, RolloutDirection};

/// Looks again this often while a rollout is under way.
const PATIENCE: Duration = Duration::from_mins(10);

/// Begins what is pending, one rollout after the other where something is taken away in between, and waits for the end.
///
/// What somebody has taken back stays so until somebody begins it again.
pub(super) async fn catch_up(control: &Control) -> Result<()> {
    let newest = control.source.load()?.version();
    if let Some(last) = rollout::list(control, None, 1).await?.pop()
        && last.direction == RolloutDirection::Down
        && last.from >= newest
    {
        tracing::info!(
            "rollout {} has taken version {newest} back; to begin it again: cloison migrations rollout",
            last.number
        );
        return Ok(());
    }
    let mut to = None;
    loop {
        let request = RolloutRequest {
            policy: Policy { waves: vec![100], ..Policy::default() },
            canaries: Vec::new(),
            to,
            lazy_for: None,
            skip_shadow: false,
        };
        let operation = match rollout::start(control, &Call::internal("up"), &request).await {
            // With a target nearer than the newest, whoever is left is quarantined.
            Ok(Begun::UpToDate { .. }) => return Ok(()),
            Ok(Begun::Rollout { number, operation }) => {
                tracing::info!("rollout {number} brings the tenants to this build's schema");
                to = None;
                operation
            }
            Err(RolloutError::TooEarly { stop, .. }) if to.is_none() => {
                to = Some(stop);
                continue;
            }
            Err(RolloutError::Busy(number)) => {
                tracing::info!("rollout {number} is under way; see: cloison migrations status");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        match wait_for_end(control, operation, PATIENCE).await? {
            Some(OperationState::Done) => {}
            Some(OperationState::Running) => return Ok(()),
            _ => bail!("the rollout has not come to its end; see: cloison migrations status"),
        }
    }
}
