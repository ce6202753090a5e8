//! The time to think again, and the way back.

use std::time::Duration;

use cloison_catalog::queries::{erasures as queries, tenants};
use cloison_catalog::{GenericClient, Transaction};
use cloison_model::{
    Direction, ErasureRequest, LegalHold, MayBegin, OperationKind, Rights, Step, TenantId,
    TenantState, UnixSeconds, erasure_may_begin,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_postgres::types::Json;

use super::hold::hold_of;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError, rights};

/// Whoever releases a hold wakes the erasures that wait for that; this is for those that were not heard.
const HELD_LOOK_EVERY: Duration = Duration::from_hours(1);

/// The step `await_grace`.
pub(crate) async fn await_grace(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let client = control.catalog.client().await?;
    let row = queries::erasure_request_fetch().bind(&client, &tenant.0).opt().await?;
    let row = row.ok_or(StepError::Gone)?;
    let request = ErasureRequest {
        held_by: hold_of(&client, tenant).await?,
        requested_at: UnixSeconds(row.grace_from.unwrap_or(row.asked_at).as_second()),
        grace_seconds: u32::try_from(row.grace_seconds).unwrap_or_default(),
    };
    let now = UnixSeconds(Timestamp::now().as_second());
    Ok(match erasure_may_begin(&request, now) {
        MayBegin::Now => Made::Nothing,
        MayBegin::WaitUntil(end) => Made::Rest {
            wait: Duration::from_secs(u64::try_from(end.since(now)).unwrap_or_default()),
            why: format!(
                "it is closed; its data are erased after {} UTC, unless somebody takes that back: cloison operations cancel {}",
                minute(end),
                claimed.id()
            ),
        },
        // Without the reason: steps are told as long as there is an operation.
        MayBegin::Held { .. } => {
            let who = request.held_by.as_ref().map(LegalHold::who).unwrap_or_default();
            Made::Rest { wait: HELD_LOOK_EVERY, why: format!("its data are not erased: {who}") }
        }
    })
}

/// In the transactions that begin to take a tenant's data away and that end the last step that can be taken back: nobody has put the
/// tenant on hold meanwhile, and nobody does before this is committed.
pub(crate) async fn still_free(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
) -> Result<(), StepError> {
    tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?.ok_or(StepError::Gone)?;
    match hold_of(txn, tenant).await? {
        None => Ok(()),
        // Looked at again, it says so and waits.
        Some(hold) if claimed.step == Step::AwaitGrace => Err(StepError::NotNow(hold.who())),
        Some(hold) if claimed.kind == OperationKind::Archive => {
            Err(StepError::Refused(format!("it is not archived: {}", hold.who())))
        }
        Some(hold) => Err(StepError::Refused(format!("its data are not erased: {}", hold.who()))),
    }
}

/// What a step of an erasure has come to and when, for the certificate. Behind the point of no return the first time counts: an erasure that
/// failed there and is gone on with finds dropped and deleted what the first attempt has dropped and deleted.
pub(crate) async fn note(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
    made: &Made,
) -> Result<(), StepError> {
    if claimed.direction == Direction::Forward {
        let nothing = json!({});
        let noted: &Value = if let Made::Noted(noted) = made { noted } else { &nothing };
        let course = OperationKind::Erase.course();
        let first_counts = !course.is_before(claimed.step, Step::DropDatabase);
        let step = claimed.step.as_str();
        queries::erasure_made().bind(txn, &step, &Json(noted), &tenant.0, &first_counts).await?;
    }
    Ok(())
}

/// What the role may do again, in the step `apply_rights` of the way back. The catalog follows.
pub(crate) async fn former_rights(
    control: &Control,
    claimed: &Claimed,
) -> Result<Rights, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let client = control.catalog.client().await?;
    let former = former(&client, tenant).await?;
    Ok(rights(former.phase, former.access))
}

/// What the step `reopen_tenant` writes.
pub(crate) async fn reopen(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
) -> Result<(), StepError> {
    tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?.ok_or(StepError::Gone)?;
    let former = former(txn, tenant).await?;
    if !former.is_legal() {
        return Err(StepError::Illegal);
    }
    tenants::organization_set_access().bind(txn, &former.access.as_str(), &tenant.0).await?;
    tenants::tenant_set_phase().bind(txn, &former.phase.as_str(), &tenant.0).await?;
    let by = claimed.cancelled_by.as_deref().unwrap_or("a failure");
    let reason = format!("erase taken back by {by}");
    queries::subscription_restore().bind(txn, &former.billing.as_str(), &tenant.0, &reason).await?;
    forget_request(txn, tenant).await
}

/// Nobody wants it erased any more.
pub(crate) async fn forget_request(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<(), StepError> {
    queries::erasure_request_delete().bind(txn, &tenant.0).await?;
    Ok(())
}

/// What the tenant was when it was asked for.
async fn former(client: &impl GenericClient, tenant: TenantId) -> Result<TenantState, StepError> {
    let row = queries::erasure_request_fetch().bind(client, &tenant.0).opt().await?;
    let row = row.ok_or(StepError::Gone)?;
    Ok(TenantState {
        billing: row.former_billing.parse()?,
        access: row.former_access.parse()?,
        phase: row.former_phase.parse()?,
    })
}

/// To the minute: `2026-11-29 14:03`.
fn minute(at: UnixSeconds) -> String {
    let at = Timestamp::from_second(at.0).unwrap_or(Timestamp::MAX);
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
