//! Asking for backups: of one tenant, begun at once; or of many, which the schedule begins as there is room.

use cloison_catalog::Unavailable;
use cloison_catalog::queries::backups::{self as queries, Need};
use cloison_catalog::queries::tenants;
use cloison_model::{OperationId, OperationKind, Subdomain, TenantId, UnknownWord};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::configured::NotConfigured;
use super::due::unchanged;
use crate::call::{self, Begun, Call, CallError};
use crate::control::Control;
use crate::copies::must_be_there;
use crate::life_cycle::states;
use crate::operations::{NewOperation, StartError, StepError, start};

/// Names that are told of those that are no tenant's.
const MISSING_MAX: i64 = 5;

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("there is no tenant '{0}'")]
    NoTenant(String),
    #[error("there is no such backup of the tenant")]
    NoBackup,
    #[error("{0}")]
    Refused(cloison_model::Refusal),
    #[error("another backup of the tenant has just ended")]
    Busy,
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Step(#[from] StepError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// What asking for a backup has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Begun(OperationId),
    /// One was under way, or the same request has begun it before.
    UnderWay(OperationId),
    /// The newest backup has all there is to say.
    Unchanged {
        backup: Uuid,
        taken_at: Timestamp,
    },
}

/// Begins a backup of a tenant at once, unless nothing was written since the newest. With `force` also then.
pub async fn ask(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    force: bool,
) -> Result<Asked, AskError> {
    control.backups()?;
    let missing = || AskError::NoTenant(subdomain.to_string());
    let client = control.catalog.client().await?;
    if let Some(earlier) = call::repeated(&client, call).await? {
        return Ok(Asked::UnderWay(OperationId(earlier)));
    }
    let tenant = tenants::tenant_of_subdomain().bind(&client, &subdomain.as_str()).opt().await?;
    let tenant = TenantId(tenant.ok_or_else(missing)?);
    let need = queries::backup_needs().bind(&client, &false, &tenant.0, &1).opt().await?;
    drop(client);
    if let (false, Some(need)) = (force, need)
        && let Some(asked) = seen_unchanged(control, &need).await?
    {
        return Ok(asked);
    }
    begin(control, call, subdomain, tenant).await
}

async fn seen_unchanged(control: &Control, need: &Need) -> Result<Option<Asked>, AskError> {
    let now = Timestamp::now();
    let unchanged = unchanged(control, std::iter::once(need)).await?;
    let (Some(backup), Some(taken_at)) = (unchanged.into_values().next(), need.taken_at) else {
        return Ok(None);
    };
    let client = control.catalog.client().await?;
    queries::backup_unchanged().bind(&client, &[backup].as_slice(), &now).await?;
    Ok(Some(Asked::Unchanged { backup, taken_at }))
}

async fn begin(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    tenant: TenantId,
) -> Result<Asked, AskError> {
    let kind = OperationKind::Backup;
    let id = OperationId(Uuid::now_v7());
    let missing = || AskError::NoTenant(subdomain.to_string());
    let mut client = control.catalog.client().await?;
    let (txn, kept) = match call::begin(&mut client, call, id.0).await? {
        Begun::Before(_, earlier) => return Ok(Asked::UnderWay(OperationId(earlier))),
        Begun::Now(txn, kept) => (txn, kept),
    };
    let row = tenants::tenant_state_locked().bind(&txn, &tenant.0).opt().await?;
    must_be_there(states(&row.ok_or_else(missing)?)?).map_err(AskError::Refused)?;
    let row = NewOperation {
        id,
        kind,
        step: kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(subdomain.as_str()),
        input: &json!({}),
        actor: &call.actor.name,
        secret_sealed: None,
    };
    match start(&txn, &row).await {
        Ok(()) => {}
        Err(StartError::Busy) => {
            txn.rollback().await?;
            let running = queries::backup_under_way().bind(&client, &tenant.0).opt().await?;
            return Ok(Asked::UnderWay(OperationId(running.ok_or(AskError::Busy)?)));
        }
        Err(StartError::Database(error)) => return Err(error.into()),
    }
    kept.record(&txn, &format!("tenant.{kind}"), subdomain.as_str(), &json!({})).await?;
    txn.commit().await?;
    control.feed.tell(id, true);
    Ok(Asked::Begun(id))
}

/// How many tenants are to be backed up, and from when on a backup is one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub tenants: usize,
    pub since: Timestamp,
}

/// Notes that these tenants are to be backed up now, or all of them. All names must be tenants'.
pub async fn ask_many(
    control: &Control,
    call: &Call,
    tenants: &[Subdomain],
) -> Result<Wanted, AskError> {
    control.backups()?;
    let names: Vec<&str> = tenants.iter().map(Subdomain::as_str).collect();
    let mut client = control.catalog.client().await?;
    let (txn, kept) = match call::begin(&mut client, call, Uuid::now_v7()).await? {
        // The same tenants were marked: nothing is made twice.
        Begun::Before(txn, _) => {
            let since = queries::server_clock().bind(&txn).one().await?;
            let standing = queries::backups_standing().bind(&txn).one().await?;
            let all = usize::try_from(standing.tenants).unwrap_or_default();
            return Ok(Wanted { tenants: if names.is_empty() { all } else { names.len() }, since });
        }
        Begun::Now(txn, kept) => (txn, kept),
    };
    let since = queries::server_clock().bind(&txn).one().await?;
    let missing = queries::backups_missing().bind(&txn, &names, &MISSING_MAX).all().await?;
    if !missing.is_empty() {
        return Err(AskError::NoTenant(missing.join("', '")));
    }
    let wanted = queries::backup_want().bind(&txn, &names.is_empty(), &names).all().await?.len();
    let subject = if let [name] = *names { name } else { "several tenants" };
    kept.record(&txn, "backup.ask", subject, &json!({ "tenants": wanted })).await?;
    txn.commit().await?;
    control.backups_wanted.notify_one();
    Ok(Wanted { tenants: wanted, since })
}

/// Keeps one backup whatever the policy says, for a reason; or, without one, no longer.
pub async fn hold(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    backup: Uuid,
    reason: Option<&str>,
) -> Result<queries::Backup, AskError> {
    let mut client = control.catalog.client().await?;
    let (txn, kept) = match call::begin(&mut client, call, backup).await? {
        Begun::Before(txn, _) => return of_tenant(&txn, subdomain, backup).await,
        Begun::Now(txn, kept) => (txn, kept),
    };
    let found = of_tenant(&txn, subdomain, backup).await?;
    // Pruning takes this lock, too: what is held stays, and what is about to go is not found any more.
    tenants::tenant_state_locked().bind(&txn, &found.organization_id).opt().await?;
    let action = if let Some(why) = reason {
        queries::backup_hold().bind(&txn, &call.actor.name, &why, &backup).await?;
        "backup.hold"
    } else {
        queries::backup_release().bind(&txn, &backup).await?;
        "backup.release"
    };
    let held = of_tenant(&txn, subdomain, backup).await?;
    let detail = json!({ "backup": backup.to_string() });
    kept.record(&txn, action, subdomain.as_str(), &detail).await?;
    txn.commit().await?;
    Ok(held)
}

async fn of_tenant(
    client: &impl cloison_catalog::GenericClient,
    subdomain: &Subdomain,
    backup: Uuid,
) -> Result<queries::Backup, AskError> {
    let row = queries::backup_fetch().bind(client, &backup).opt().await?;
    row.filter(|it| it.subdomain == subdomain.as_str()).ok_or(AskError::NoBackup)
}
