//! Asking for an export.

use cloison_catalog::Transaction;
use cloison_catalog::queries::{exports as queries, tenants};
use cloison_model::{EXPORT_DAYS, EXPORTS_MAX, OperationId, OperationKind, TenantId};
use serde_json::json;
use uuid::Uuid;

use super::error::ExportsError;
use crate::call::{self, Begun, Call, Kept};
use crate::control::Control;
use crate::copies::must_be_there;
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
    // Access does not matter: what is somebody's is theirs, paid for or not.
    let state = states(&row.ok_or(ExportsError::NoExport)?)?;
    must_be_there(state).map_err(ExportsError::Refused)?;
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
