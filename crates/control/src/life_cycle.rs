//! What is asked of a tenant becomes an operation, if the life cycle allows it.

use cloison_catalog::Transaction;
use cloison_catalog::Unavailable;
use cloison_catalog::queries::tenants;
use cloison_model::{
    AccessMode, Command, OperationId, Phase, Refusal, Subdomain, TenantId, TenantState, Transition,
    UnknownWord, transition,
};
use serde_json::json;
use uuid::Uuid;

use crate::backups::NotConfigured;
use crate::call::{self, Begun, Call, CallError, Kept};
use crate::control::Control;
use crate::copies;
use crate::erasures::{Terms, admit, hold_of};
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
    /// What it was to come back from. An older one would lack what was written since.
    #[error("the backup that the tenant was archived with cannot be restored: {why}")]
    BrokenBackup { backup: Uuid, why: String },
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    /// One operation at a time.
    #[error("another operation on the tenant is under way")]
    Busy,
    /// A legal hold, in a sentence.
    #[error("{0}")]
    Held(String),
    /// There is nowhere to keep what a law wants kept of the tenant.
    #[error("the tenant has fiscal records, and there is no object store to keep them in")]
    FiscalRecords,
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

const ARCHIVED: Refusal = Refusal {
    what: "it is archived, and records that the law wants kept are in its backup alone",
    advice: "bring it back first (cloison tenants unarchive), or erase it with --without-fiscal-archive",
};

/// What is wanted of a tenant.
pub(crate) struct Order<'a> {
    pub(crate) subdomain: &'a Subdomain,
    pub(crate) command: Command,
    pub(crate) reason: Option<&'a str>,
    /// Of an erasure.
    pub(crate) terms: Terms,
}

/// Begins the operation. The same call again answers the same operation. An erasure is one without a grace period;
/// [`crate::erasures::erase`] has others.
pub async fn command(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    command: Command,
    reason: Option<&str>,
) -> Result<OperationId, CommandError> {
    ask(control, call, &Order { subdomain, command, reason, terms: Terms::AT_ONCE }).await
}

pub(crate) async fn ask(
    control: &Control,
    call: &Call,
    order: &Order<'_>,
) -> Result<OperationId, CommandError> {
    if matches!(order.command, Command::Archive | Command::Unarchive) {
        control.backups()?;
    }
    let mut client = control.catalog.client().await?;
    let operation = OperationId(Uuid::now_v7());
    let (txn, kept) = match call::begin(&mut client, call, operation.0).await? {
        Begun::Before(_, earlier) => return Ok(OperationId(earlier)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    begin(&txn, kept, order, operation).await?;
    txn.commit().await?;
    control.feed.tell(operation, true);
    Ok(operation)
}

async fn begin(
    txn: &Transaction<'_>,
    kept: Kept<'_>,
    order: &Order<'_>,
    operation: OperationId,
) -> Result<(), CommandError> {
    let &Order { subdomain, command, reason, .. } = order;
    let missing = || CommandError::NoTenant(subdomain.clone());
    let tenant = tenants::tenant_of_subdomain().bind(txn, &subdomain.as_str()).opt().await?;
    let tenant = TenantId(tenant.ok_or_else(missing)?);
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    let row = row.ok_or_else(missing)?;
    let state = states(&row)?;
    let Transition { kind, access } = transition(state, command).map_err(CommandError::Refused)?;
    let mut input = json!({ "access": access.as_str(), "reason": reason });
    let step = match command {
        // What has to be kept is in the backup alone.
        Command::Erase if state.phase == Phase::Archived && !order.terms.without_fiscal_archive => {
            return Err(CommandError::Refused(ARCHIVED));
        }
        Command::Erase => admit(txn, kept.actor(), (tenant, state), order, operation).await?,
        Command::Archive => {
            if let Some(hold) = hold_of(txn, tenant).await? {
                return Err(CommandError::Held(hold.sentence()));
            }
            if state.phase == Phase::Archived {
                copies::archive_left_off(txn, tenant).await?
            } else {
                kind.course().first()
            }
        }
        Command::Unarchive => {
            let (backup, to) = copies::for_unarchive(txn, tenant).await?;
            input["backup"] = json!(backup.to_string());
            input["to"] = json!(to);
            kind.course().first()
        }
        Command::Suspend(_) | Command::Resume(_) | Command::Cancel | Command::RotatePassword => {
            kind.course().first()
        }
    };
    let row = NewOperation {
        id: operation,
        kind,
        step,
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(subdomain.as_str()),
        input: &input,
        actor: &kept.actor().name,
        secret_sealed: None,
    };
    start(txn, &row).await.map_err(|error| match error {
        StartError::Busy => CommandError::Busy,
        StartError::Database(source) => source.into(),
    })?;
    let detail = match command {
        Command::Suspend(_) | Command::Resume(_) | Command::Cancel => detail(access),
        Command::Erase => json!({
            "grace_seconds": order.terms.grace_seconds,
            "without_fiscal_archive": order.terms.without_fiscal_archive,
        }),
        Command::Archive | Command::Unarchive | Command::RotatePassword => json!({}),
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
