//! Asking for an export.

use cloison_catalog::Transaction;
use cloison_catalog::queries::{exports as queries, tenants};
use cloison_model::{
    EXPORT_DAYS, EXPORTS_MAX, OperationId, OperationKind, Phase, Refusal, TenantId, TenantState,
};
use serde_json::json;
use uuid::Uuid;

use super::error::ExportsError;
use crate::call::{self, Begun, Call, Kept};
use crate::control::Control;
use crate::life_cycle::states;
use crate::operations::{NewOperation, StartError, start};

/// The id is the operation's and the export's. The same call again answers the same.
pub async fn export(
    control: &Control,
    call: &Call,
    tenant: TenantId,
) -> Result<OperationId, ExportsError> {
    control.backups()?;
    let mut client = control.catalog.client().await?;
    let operation = OperationId(Uuid::now_v7());
    let (txn, kept) = match call::begin(&mut client, call, operation.0).await? {
        Begun::Before(_, earlier) => return Ok(OperationId(earlier)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    begin(&txn, kept, tenant, operation).await?;
    txn.commit().await?;
    control.feed.tell(operation, true);
    Ok(operation)
}

async fn begin(
    txn: &Transaction<'_>,
    kept: Kept<'_>,
    tenant: TenantId,
    operation: OperationId,
) -> Result<(), ExportsError> {
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    must_be_there(states(&row.ok_or(ExportsError::NoExport)?)?)?;
    // Whoever else asks waits for the lock on the tenant's row, and then counts this one.
    let kept_already = queries::exports_kept().bind(txn, &tenant.0).one().await?;
    if kept_already >= i64::from(EXPORTS_MAX) {
        return Err(ExportsError::TooMany(EXPORTS_MAX));
    }
    let subdomain = tenants::tenant_role().bind(txn, &tenant.0).one().await?.subdomain;
    let kind = OperationKind::Export;
    let row = NewOperation {
        id: operation,
        kind,
        step: kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(&subdomain),
        input: &json!({}),
        actor: &kept.actor().name,
        secret_sealed: None,
    };
    start(txn, &row).await.map_err(|error| match error {
        StartError::Busy => ExportsError::Busy,
        StartError::Database(source) => source.into(),
    })?;
    // It does not count as an export before it is made; but whoever asked sees that it is on its way.
    queries::export_insert()
        .bind(txn, &operation.0, &tenant.0, &kept.actor().name.as_str(), &i32::from(EXPORT_DAYS))
        .await?;
    let detail = json!({ "export": operation.to_string() });
    kept.record(txn, "tenant.export", &subdomain, &detail).await?;
    Ok(())
}

/// Access does not matter: what is somebody's is theirs, paid for or not.
fn must_be_there(state: TenantState) -> Result<(), ExportsError> {
    let (what, advice) = match state.phase {
        Phase::Ready => return Ok(()),
        Phase::Provisioning => ("it is still being made", "wait for its operation"),
        Phase::Moving => ("it is being moved", "wait for the move to end"),
        Phase::Restoring => ("it is being swapped", "wait for the swap to end"),
        Phase::Archived => ("it is archived", "bring it back first"),
        Phase::Erasing | Phase::Erased => {
            ("it is erased or about to be", "nothing of it is given out any more")
        }
    };
    Err(ExportsError::Refused(Refusal { what, advice }))
}
