//! What an operator can do to a rollout that is under way, and to a tenant that it has left behind.

use cloison_catalog::queries::{migrations, rollouts};
use cloison_catalog::{Client, Transaction};
use cloison_model::{OperationId, OperationState, RolloutTenantState, Subdomain, TenantId};
use serde_json::json;
use uuid::Uuid;

use super::one::{Destination, begin_migrating};
use super::{Rollout, RolloutError};
use crate::call::{self, Call};
use crate::control::Control;
use crate::operations::{CancelError, StartError, cancel as cancel_operation, hurry};
use crate::releases;

/// Nobody is started any more; who is under way goes on to the end.
pub async fn pause(control: &Control, call: &Call, number: i64) -> Result<(), RolloutError> {
    let mut client = control.catalog.client().await?;
    if call::repeated(&client, call).await?.is_some() {
        return Ok(());
    }
    let txn = client.transaction().await?;
    let rollout = live(&txn, number).await?;
    let kept = call::keep(&txn, call, rollout.operation.0).await?;
    let actor = call.actor.name.as_str();
    rollouts::rollout_pause().bind(&txn, &actor, &format!("paused by {actor}"), &number).await?;
    kept.record(&txn, "rollout.pause", &subject(number), &json!({})).await?;
    txn.commit().await?;
    go_on(control, &client, rollout.operation).await
}

/// It goes on where it was. With another limit of failures, if that is what it halted for.
pub async fn resume(
    control: &Control,
    call: &Call,
    number: i64,
    max_failures: Option<u32>,
) -> Result<(), RolloutError> {
    let mut client = control.catalog.client().await?;
    if call::repeated(&client, call).await?.is_some() {
        return Ok(());
    }
    let txn = client.transaction().await?;
    let rollout = live(&txn, number).await?;
    let kept = call::keep(&txn, call, rollout.operation.0).await?;
    let limit = max_failures.map(|it| i32::try_from(it).unwrap_or(i32::MAX));
    rollouts::rollout_resume().bind(&txn, &limit, &number).await?;
    let detail = json!({ "max_failures": max_failures });
    kept.record(&txn, "rollout.resume", &subject(number), &detail).await?;
    txn.commit().await?;
    go_on(control, &client, rollout.operation).await
}

/// It ends where it is: who is under way goes on to the end, and nobody is taken back. Answers the rollout's operation.
pub async fn cancel(
    control: &Control,
    call: &Call,
    number: i64,
) -> Result<OperationId, RolloutError> {
    let client = control.catalog.client().await?;
    if let Some(earlier) = call::repeated(&client, call).await? {
        return Ok(OperationId(earlier));
    }
    let row = rollouts::rollout_fetch().bind(&client, &number).opt().await?;
    let operation = OperationId(row.ok_or(RolloutError::NoRollout(number))?.operation_id);
    drop(client);
    cancel_operation(control, call, operation).await.map_err(|error| match error {
        CancelError::NoOperation => RolloutError::NoRollout(number),
        CancelError::Ended(_) => RolloutError::Ended(number),
        CancelError::TooLate(_) => RolloutError::TooLate(number),
        CancelError::Unavailable(source) => source.into(),
        CancelError::Call(source) => source.into(),
        CancelError::Database(source) => source.into(),
        CancelError::Newer(source) => source.into(),
    })?;
    Ok(operation)
}

/// Lifts the quarantine and migrates the tenant now, to where the rest of the fleet is, or is going with it.
pub async fn retry(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
) -> Result<OperationId, RolloutError> {
    let mut client = control.catalog.client().await?;
    if let Some(earlier) = call::repeated(&client, call).await? {
        return Ok(OperationId(earlier));
    }
    let row = migrations::tenant_schema().bind(&client, &subdomain.as_str()).opt().await?;
    let row = row.ok_or_else(|| RolloutError::NoTenant(subdomain.clone()))?;
    let operation = OperationId(Uuid::now_v7());
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, operation.0).await?;
    let lifted = migrations::quarantine_lift().bind(&txn, &row.id).opt().await?;
    let of = lifted.ok_or_else(|| RolloutError::NotQuarantined(subdomain.clone()))?;
    let to = match rollouts::rollout_live().bind(&txn).opt().await? {
        // Else its files may not have passed the gates yet, and who is not in it follows when it has ended.
        Some(live) if rollouts::rollout_has().bind(&txn, &live.number, &row.id).one().await? => {
            live.to_version
        }
        Some(_) | None => releases::fleet_version(&txn).await?.unwrap_or(row.schema_version),
    };
    if let Some(number) = of {
        let running = RolloutTenantState::Running;
        rollouts::rollout_tenant_end().bind(&txn, &running.as_str(), &number, &row.id).await?;
    }
    let destination = Destination { to, rollout: of };
    begin_migrating(
        &txn,
        operation,
        TenantId(row.id),
        subdomain.as_str(),
        destination,
        &call.actor.name,
    )
    .await
    .map_err(|error| match error {
        StartError::Busy => RolloutError::TenantBusy(subdomain.clone()),
        StartError::Database(source) => source.into(),
    })?;
    kept.record(&txn, "tenant.migrate", subdomain.as_str(), &json!({ "to": to })).await?;
    txn.commit().await?;
    control.feed.tell(operation, true);
    Ok(operation)
}

/// The rollout, if it has not ended.
async fn live(txn: &Transaction<'_>, number: i64) -> Result<Rollout, RolloutError> {
    let row = rollouts::rollout_fetch().bind(txn, &number).opt().await?;
    let row = row.ok_or(RolloutError::NoRollout(number))?;
    let state: OperationState = row.state.parse()?;
    if state.is_end() {
        return Err(RolloutError::Ended(number));
    }
    Ok(Rollout::read(row)?)
}

/// Whoever has it looks at once.
async fn go_on(
    control: &Control,
    client: &Client,
    operation: OperationId,
) -> Result<(), RolloutError> {
    hurry(client, operation).await?;
    control.feed.tell(operation, true);
    Ok(())
}

fn subject(number: i64) -> String {
    format!("rollout {number}")
}
