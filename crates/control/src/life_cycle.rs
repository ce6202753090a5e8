//! What is asked of a tenant becomes an operation, if the life cycle allows it.

use cloison_catalog::Transaction;
use cloison_catalog::queries::tenants;
use cloison_catalog::{Client, Unavailable};
use cloison_model::{
    AccessMode, Command, OperationId, OperationKind, Refusal, Subdomain, TenantId, TenantState,
    Transition, UnknownWord, transition,
};
use serde_json::json;
use uuid::Uuid;

use crate::backups::NotConfigured;
use crate::call::{self, Call, CallError};
use crate::control::Control;
use crate::copies;
use crate::operations::{NewOperation, StartError, start};

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("there is no tenant '{0}'")]
    NoTenant(Subdomain),
    /// The life cycle has no such way.
    #[error("{0}")]
    Refused(Refusal),
    /// Nothing that it could come back from.
    #[error("the tenant has no backup that could be restored")]
    NoBackup,
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    /// One operation at a time.
    #[error("another operation on the tenant is under way")]
    Busy,
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// Begins the operation. The same call again answers the same operation.
pub async fn command(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    command: Command,
    reason: Option<&str>,
) -> Result<OperationId, CommandError> {
    if matches!(command, Command::Archive | Command::Unarchive) {
        control.backups()?;
    }
    let mut client = control.catalog.client().await?;
    if let Some(earlier) = call::repeated(&client, call).await? {
        return Ok(OperationId(earlier));
    }
    let operation = OperationId(Uuid::now_v7());
    let txn = client.transaction().await?;
    match begin(&txn, call, subdomain, command, reason, operation).await {
        Ok(()) => txn.commit().await?,
        Err(CommandError::Call(CallError::Repeated)) => {
            txn.rollback().await?;
            return repeated(&client, call).await;
        }
        Err(error) => return Err(error),
    }
    control.feed.tell(operation, true);
    Ok(operation)
}

async fn repeated(client: &Client, call: &Call) -> Result<OperationId, CommandError> {
    let earlier = call::repeated(client, call).await?;
    Ok(OperationId(earlier.ok_or(CallError::Repeated)?))
}

async fn begin(
    txn: &Transaction<'_>,
    call: &Call,
    subdomain: &Subdomain,
    command: Command,
    reason: Option<&str>,
    operation: OperationId,
) -> Result<(), CommandError> {
    let kept = call::keep(txn, call, operation.0).await?;
    let missing = || CommandError::NoTenant(subdomain.clone());
    let tenant = tenants::tenant_of_subdomain().bind(txn, &subdomain.as_str()).opt().await?;
    let tenant = TenantId(tenant.ok_or_else(missing)?);
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    let row = row.ok_or_else(missing)?;
    let Transition { kind, access } =
        transition(states(&row)?, command).map_err(CommandError::Refused)?;
    let mut input = json!({ "access": access.as_str(), "reason": reason });
    match kind {
        OperationKind::Archive => copies::for_archive(txn, tenant, operation).await?,
        OperationKind::Unarchive => {
            let found = copies::for_unarchive(txn, tenant).await?;
            let (backup, to) = found.ok_or(CommandError::NoBackup)?;
            input["backup"] = json!(backup.to_string());
            input["to"] = json!(to);
        }
        _ => {}
    }
    let row = NewOperation {
        id: operation,
        kind,
        step: kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(subdomain.as_str()),
        input: &input,
        actor: &call.actor.name,
        secret_sealed: None,
    };
    start(txn, &row).await.map_err(|error| match error {
        StartError::Busy => CommandError::Busy,
        StartError::Database(source) => source.into(),
    })?;
    let detail = match command {
        Command::Suspend(_) | Command::Resume(_) | Command::Cancel => detail(access),
        Command::Archive | Command::Unarchive | Command::Erase | Command::RotatePassword => {
            json!({})
        }
    };
    kept.record(txn, &format!("tenant.{kind}"), subdomain.as_str(), &detail).await?;
    Ok(())
}

/// The three states that a tenant's rows say.
pub(crate) fn states(row: &tenants::TenantStateLocked) -> Result<TenantState, UnknownWord> {
    Ok(TenantState {
        billing: row.billing.parse()?,
        access: row.access.parse()?,
        phase: row.phase.parse()?,
    })
}

fn detail(access: AccessMode) -> serde_json::Value {
    json!({ "access": access.as_str() })
}
