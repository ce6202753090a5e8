//! Legal holds: somebody says that a tenant's data have to be kept, and later that they need not be.

use cloison_catalog::queries::{erasures as queries, operations, tenants};
use cloison_catalog::{GenericClient, Transaction, Unavailable};
use cloison_model::{
    Direction, LegalHold, OperationId, OperationKind, Phase, Step, Subdomain, TenantId,
    UnixSeconds, UnknownWord,
};
use serde_json::json;

use crate::call::{self, Begun, Call, CallError};
use crate::control::Control;
use crate::life_cycle::states;

#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    #[error("there is no tenant '{0}'")]
    NoTenant(Subdomain),
    /// Whoever wants another reason on record releases it first.
    #[error("it is on hold already: {0}")]
    Already(String),
    #[error("it is not on hold")]
    NotHeld,
    #[error("it is still being made")]
    TooEarly,
    /// Some of it is gone.
    #[error("its erasure has begun to drop its data")]
    TooLate,
    /// All that is in it has been backed up and compared. What is archived can be held.
    #[error("its database is being dropped, since it is archived")]
    Archiving,
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// From the answer on nothing of the tenant's is erased, archived or pruned until somebody releases it. The same call again answers the
/// same hold.
pub async fn hold(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    reason: &str,
) -> Result<LegalHold, HoldError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let (txn, kept) = match call::begin(&mut client, call, tenant.0).await? {
        Begun::Before(txn, tenant) => {
            return hold_of(&txn, TenantId(tenant)).await?.ok_or(HoldError::NotHeld);
        }
        Begun::Now(txn, kept) => (txn, kept),
    };
    let phase = phase_locked(&txn, tenant, subdomain).await?;
    let removal = may_be_held(&txn, tenant, phase).await?;
    let new = queries::hold_insert().bind(&txn, &tenant.0, &call.actor.name, &reason).await?;
    let held = hold_of(&txn, tenant).await?.ok_or(HoldError::NotHeld)?;
    if new == 0 {
        return Err(HoldError::Already(held.sentence()));
    }
    // The reason may name people, and the log can never be cleaned.
    kept.record(&txn, "tenant.hold", subdomain.as_str(), &json!({})).await?;
    txn.commit().await?;
    tell(control, removal).await?;
    Ok(held)
}

/// It may be erased again; one that has waited for this goes on.
pub async fn release(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
) -> Result<(), HoldError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, tenant.0).await? else {
        return Ok(());
    };
    phase_locked(&txn, tenant, subdomain).await?;
    if queries::hold_delete().bind(&txn, &tenant.0).await? == 0 {
        return Err(HoldError::NotHeld);
    }
    let removal = queries::removal_under_way().bind(&txn, &tenant.0).opt().await?;
    kept.record(&txn, "tenant.release_hold", subdomain.as_str(), &json!({})).await?;
    txn.commit().await?;
    tell(control, removal.map(|it| OperationId(it.id))).await
}

/// The hold on a tenant, if there is one.
pub async fn hold_of(
    client: &impl GenericClient,
    tenant: TenantId,
) -> Result<Option<LegalHold>, tokio_postgres::Error> {
    let row = queries::hold_fetch().bind(client, &tenant.0).opt().await?;
    Ok(row.map(|it| LegalHold {
        by: it.held_by,
        reason: it.reason,
        since: UnixSeconds(it.since.as_second()),
    }))
}

async fn tenant_named(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<TenantId, HoldError> {
    let tenant = tenants::tenant_of_subdomain().bind(client, &subdomain.as_str()).opt().await?;
    tenant.map(TenantId).ok_or_else(|| HoldError::NoTenant(subdomain.clone()))
}

async fn phase_locked(
    txn: &Transaction<'_>,
    tenant: TenantId,
    subdomain: &Subdomain,
) -> Result<Phase, HoldError> {
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    let row = row.ok_or_else(|| HoldError::NoTenant(subdomain.clone()))?;
    Ok(states(&row)?.phase)
}

/// Answers the erasure or the archive that is under way and has dropped nothing yet, if there is one. Its last step before that looks
/// for a hold under the same lock as we have, so it is either seen there or comes too late here.
async fn may_be_held(
    txn: &Transaction<'_>,
    tenant: TenantId,
    phase: Phase,
) -> Result<Option<OperationId>, HoldError> {
    match phase {
        Phase::Provisioning => return Err(HoldError::TooEarly),
        Phase::Erased => return Err(HoldError::TooLate),
        Phase::Ready | Phase::Moving | Phase::Restoring | Phase::Archived | Phase::Erasing => {}
    }
    let removal = queries::removal_under_way().bind(txn, &tenant.0).opt().await?;
    let Some(removal) = removal else {
        return if phase == Phase::Erasing { Err(HoldError::TooLate) } else { Ok(None) };
    };
    let kind: OperationKind = removal.kind.parse()?;
    let has_dropped = match removal.direction.parse()? {
        Direction::Undo => false,
        Direction::Forward => !kind.course().is_before(removal.step.parse()?, Step::DropDatabase),
    };
    match kind {
        _ if !has_dropped => Ok(Some(OperationId(removal.id))),
        OperationKind::Archive => Err(HoldError::Archiving),
        _ => Err(HoldError::TooLate),
    }
}

/// One that waits looks at once, so that it says what it waits for. In no transaction: a worker locks its row first and the tenant's
/// second.
async fn tell(control: &Control, removal: Option<OperationId>) -> Result<(), HoldError> {
    let Some(removal) = removal else { return Ok(()) };
    let client = control.catalog.client().await?;
    operations::operation_hurry().bind(&client, &removal.0).await?;
    control.feed.tell(removal, true);
    Ok(())
}
