//! Beginning an operation, wishing it cancelled, and waiting for its end.

use std::time::Duration;

use cloison_catalog::queries::operations as queries;
use cloison_catalog::{GenericClient, OnConstraint, OperationChange, Unavailable};
use cloison_model::{
    Cancel, OperationId, OperationKind, OperationState, SpareId, Step, Subdomain, TenantId,
    UnknownWord,
};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::time::{Instant, timeout};
use tokio_postgres::types::Json;

use crate::call::{self, Call, CallError};
use crate::control::Control;
use crate::trace;

/// Looks at the row this often while waiting, should no hint come.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// A row to be written.
pub(crate) struct NewOperation<'a> {
    pub(crate) id: OperationId,
    pub(crate) kind: OperationKind,
    /// The first of its course, unless the work before it has been done already.
    pub(crate) step: Step,
    pub(crate) tenant: Option<TenantId>,
    pub(crate) spare: Option<SpareId>,
    pub(crate) subdomain: Option<&'a str>,
    pub(crate) input: &'a Value,
    pub(crate) actor: &'a str,
    pub(crate) secret_sealed: Option<&'a [u8]>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// One exclusive operation per tenant at a time.
    #[error("another operation on the tenant is under way")]
    Busy,
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("there is no such operation")]
    NoOperation,
    #[error("it has ended already")]
    Ended(OperationState),
    /// What it has begun is taken to its end.
    #[error("it is past the point where it could be cancelled")]
    TooLate(Step),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// Writes the row, with who has caused it; a worker takes it once the transaction is committed.
pub(crate) async fn start(
    txn: &impl GenericClient,
    operation: &NewOperation<'_>,
) -> Result<(), StartError> {
    let exclusive = match operation.kind {
        OperationKind::Rollout => "operations_rollout_key",
        kind if kind.is_beside() => "operations_beside_key",
        _ => "operations_exclusive_key",
    };
    queries::operation_insert()
        .bind(
            txn,
            &operation.id.0,
            &operation.kind.as_str(),
            &operation.step.as_str(),
            &operation.tenant.map(|it| it.0),
            &operation.spare.map(|it| it.0),
            &operation.subdomain,
            &Json(operation.input),
            &operation.actor,
            &operation.secret_sealed,
            &trace::current().map(|it| it.to_string()),
        )
        .await
        .on_constraint(exclusive, || StartError::Busy)?;
    Ok(())
}

/// Notes the wish. A worker carries it out; whether it comes in time is what the row says in the end.
pub async fn cancel(control: &Control, call: &Call, id: OperationId) -> Result<(), CancelError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, id.0).await?;
    let row = queries::operation_fetch().bind(&txn, &id.0).opt().await?;
    let row = row.ok_or(CancelError::NoOperation)?;
    let state: OperationState = row.state.parse()?;
    if state.is_end() {
        return Err(CancelError::Ended(state));
    }
    let kind: OperationKind = row.kind.parse()?;
    let step = row.step.parse()?;
    if kind.course().cancel(row.direction.parse()?, step) == Cancel::TooLate {
        return Err(CancelError::TooLate(step));
    }
    queries::operation_cancel().bind(&txn, &call.actor.name, &id.0).await?;
    let subject = row.subdomain.unwrap_or_else(|| id.to_string());
    let detail = json!({ "operation": id.to_string(), "kind": row.kind });
    kept.record(&txn, "operation.cancel", &subject, &detail).await?;
    txn.commit().await?;
    control.feed.tell(id, true);
    Ok(())
}

/// It need not wait any longer.
pub(crate) async fn hurry(
    client: &impl GenericClient,
    id: OperationId,
) -> Result<(), tokio_postgres::Error> {
    queries::operation_hurry().bind(client, &id.0).await?;
    Ok(())
}

/// The operation that is under way on a tenant, if any.
pub async fn running_operation(
    control: &Control,
    subdomain: &Subdomain,
) -> Result<Option<OperationId>, CancelError> {
    let client = control.catalog.client().await?;
    let running = queries::operation_running_of().bind(&client, &subdomain.as_str()).opt().await?;
    Ok(running.map(OperationId))
}

/// Answers the state once the operation has ended, or after `patience` the state that it is in; nothing where there
/// is no such operation.
pub async fn wait_for_end(
    control: &Control,
    id: OperationId,
    patience: Duration,
) -> Result<Option<OperationState>, CancelError> {
    let deadline = Instant::now() + patience;
    let mut hints = Hints::of(control, id);
    loop {
        let state = {
            let client = control.catalog.client().await?;
            queries::operation_state().bind(&client, &id.0).opt().await?
        };
        let Some(state) = state else { return Ok(None) };
        let state: OperationState = state.parse()?;
        if state.is_end() || Instant::now() >= deadline {
            return Ok(Some(state));
        }
        hints.next(LOOK_EVERY.min(deadline - Instant::now())).await;
    }
}

/// Hints that something has happened to one operation. Whoever makes this before looking at the row misses none.
pub struct Hints {
    changes: Receiver<OperationChange>,
    id: OperationId,
}

impl Hints {
    pub fn of(control: &Control, id: OperationId) -> Self {
        Self { changes: control.feed.subscribe(), id }
    }

    /// Returns at the next one, or after `patience`.
    pub async fn next(&mut self, patience: Duration) {
        // A lagging feed is a hint as well: look now.
        let hint =
            async { while self.changes.recv().await.is_ok_and(|it| it.operation != self.id) {} };
        drop(timeout(patience, hint).await);
    }
}
