//! Asking for a copy, for a look at one, and for what becomes of it.

use cloison_catalog::queries::{backups as backup_queries, copies as queries, tenants};
use cloison_catalog::{Transaction, Unavailable};
use cloison_model::{
    OperationId, OperationKind, Phase, Refusal, Subdomain, TenantId, TenantState, UnknownWord,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::copy::name_of;
use super::inspect;
use crate::backups::NotConfigured;
use crate::call::{self, Begun, Call, CallError, Kept};
use crate::control::Control;
use crate::erasures::{hold_of, tombstone_named, tombstone_of};
use crate::life_cycle::states;
use crate::master_key::MasterKey;
use crate::operations::{NewOperation, StartError, start};
use crate::point_in_time::PointInTimeError;

/// Unless it is used, a copy is kept for so long.
const COPY_DAYS: i32 = 7;
/// More than a server has room for.
const COPIES_MAX: i64 = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("there is no tenant '{0}'")]
    NoTenant(Subdomain),
    /// A tombstone, in a sentence.
    #[error("{0}")]
    Erased(String),
    #[error("the tenant has no backup that could be restored")]
    NoBackup,
    #[error("there is no such backup of the tenant")]
    NotItsBackup,
    /// It was found not to be what it should.
    #[error("that backup cannot be restored: {0}")]
    Broken(String),
    #[error("there is no such copy of the tenant")]
    NoCopy,
    /// It is being made, or an operation has it, or it is younger than whoever drops it thought.
    #[error("the copy is not ready")]
    NotReady,
    #[error("the copy is not open")]
    NotOpen,
    /// A legal hold, in a sentence.
    #[error("{0}")]
    Held(String),
    #[error("{0}")]
    Refused(Refusal),
    #[error("another operation on the tenant is under way")]
    Busy,
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    #[error(transparent)]
    Past(#[from] PointInTimeError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// What is to be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// The newest that is good.
    Newest,
    Backup(Uuid),
    /// The tenant's database at this moment, from its server's archive.
    At(Timestamp),
}

/// A copy beside the tenant's database. The id is the operation's and the copy's.
pub async fn restore(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    what: Restored,
) -> Result<OperationId, CopyError> {
    can_restore(control, what)?;
    let order = Order { subdomain, kind: OperationKind::Restore, of: Of::Backup(what) };
    begin(control, call, &order).await
}

/// A copy that is thrown away once it has been looked at.
pub async fn drill(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    what: Restored,
) -> Result<OperationId, CopyError> {
    can_restore(control, what)?;
    let order = Order { subdomain, kind: OperationKind::Drill, of: Of::Backup(what) };
    begin(control, call, &order).await
}

/// All of a backup is read and compared with its manifest.
pub async fn verify(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    what: Restored,
) -> Result<OperationId, CopyError> {
    control.backups()?;
    let order = Order { subdomain, kind: OperationKind::VerifyBackup, of: Of::Backup(what) };
    begin(control, call, &order).await
}

/// The copy becomes the tenant's database, and that becomes the copy.
pub async fn swap(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    copy: Uuid,
) -> Result<OperationId, CopyError> {
    begin(control, call, &Order { subdomain, kind: OperationKind::Swap, of: Of::Copy(copy) }).await
}

/// The copy can be looked at for some hours; one that is open already gets another host. See [`super::inspection`].
pub async fn open(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    copy: Uuid,
) -> Result<OperationId, CopyError> {
    let order = Order { subdomain, kind: OperationKind::OpenCopy, of: Of::Copy(copy) };
    begin(control, call, &order).await
}

/// And no longer.
pub async fn close(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    copy: Uuid,
) -> Result<OperationId, CopyError> {
    let order = Order { subdomain, kind: OperationKind::CloseCopy, of: Of::Copy(copy) };
    begin(control, call, &order).await
}

pub async fn drop_copy(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    copy: Uuid,
) -> Result<OperationId, CopyError> {
    let order = Order { subdomain, kind: OperationKind::DropCopy, of: Of::Copy(copy) };
    begin(control, call, &order).await
}

/// Unless a swap has made it young again since it was found to be past its time.
pub(crate) async fn drop_outlived(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    copy: Uuid,
) -> Result<OperationId, CopyError> {
    let order = Order { subdomain, kind: OperationKind::DropCopy, of: Of::Outlived(copy) };
    begin(control, call, &order).await
}

/// What is missing is said before anything is begun.
fn can_restore(control: &Control, what: Restored) -> Result<(), CopyError> {
    match what {
        Restored::Newest | Restored::Backup(_) => drop(control.backups()?),
        Restored::At(_) => drop(control.point_in_time()?),
    }
    Ok(())
}

/// Those of a tenant, the newest first.
pub async fn list(
    control: &Control,
    subdomain: &Subdomain,
) -> Result<Vec<queries::Copy>, CopyError> {
    let client = control.catalog.client().await?;
    let tenant = tenants::tenant_of_subdomain().bind(&client, &subdomain.as_str()).opt().await?;
    tenant.ok_or_else(|| CopyError::NoTenant(subdomain.clone()))?;
    Ok(queries::copy_list().bind(&client, &subdomain.as_str(), &COPIES_MAX).all().await?)
}

struct Order<'a> {
    subdomain: &'a Subdomain,
    kind: OperationKind,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    Backup(Restored),
    Copy(Uuid),
    /// One whose time is over.
    Outlived(Uuid),
}

async fn begin(
    control: &Control,
    call: &Call,
    order: &Order<'_>,
) -> Result<OperationId, CopyError> {
    let mut client = control.catalog.client().await?;
    let operation = OperationId(Uuid::now_v7());
    let (txn, kept) = match call::begin(&mut client, call, operation.0).await? {
        Begun::Before(_, earlier) => return Ok(OperationId(earlier)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    write(&txn, kept, &control.key, order, operation).await?;
    txn.commit().await?;
    control.feed.tell(operation, true);
    Ok(operation)
}

async fn write(
    txn: &Transaction<'_>,
    kept: Kept<'_>,
    key: &MasterKey,
    order: &Order<'_>,
    operation: OperationId,
) -> Result<(), CopyError> {
    let missing = || CopyError::NoTenant(order.subdomain.clone());
    let tenant = tenants::tenant_of_subdomain().bind(txn, &order.subdomain.as_str()).opt().await?;
    let Some(tenant) = tenant.map(TenantId) else {
        // Whoever looks for an erased tenant has its number or its id, since its name was not kept.
        let tombstone = tombstone_named(txn, order.subdomain.as_str()).await?;
        return Err(tombstone.map_or_else(missing, |it| CopyError::Erased(it.sentence())));
    };
    // Its rows have come back with a restore of the control database.
    if let Some(tombstone) = tombstone_of(txn, tenant).await? {
        return Err(CopyError::Erased(tombstone.sentence()));
    }
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    let state = states(&row.ok_or_else(missing)?)?;
    let needs_no_database =
        order.kind == OperationKind::VerifyBackup && state.phase == Phase::Archived;
    if !needs_no_database {
        must_be_there(state).map_err(CopyError::Refused)?;
    }
    let input = match order.of {
        Of::Backup(what) => copy_row(txn, tenant, operation, order.kind, what).await?,
        Of::Copy(copy) | Of::Outlived(copy) => {
            claim(txn, order, tenant, copy).await?;
            json!({ "copy": copy.to_string(), "access": state.access.as_str() })
        }
    };
    let secret = match (order.kind, order.of) {
        (OperationKind::OpenCopy, Of::Copy(copy)) => {
            Some(inspect::put(txn, key, &kept.actor().name, operation, copy).await?)
        }
        _ => None,
    };
    let row = NewOperation {
        id: operation,
        kind: order.kind,
        step: order.kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(order.subdomain.as_str()),
        input: &input,
        actor: &kept.actor().name,
        secret_sealed: secret.as_deref(),
    };
    start(txn, &row).await.map_err(|error| match error {
        StartError::Busy => CopyError::Busy,
        StartError::Database(source) => source.into(),
    })?;
    kept.record(txn, &format!("tenant.{}", order.kind), order.subdomain.as_str(), &input).await?;
    Ok(())
}

/// Nothing is made of a tenant that has no database of its own just now.
pub(crate) fn must_be_there(state: TenantState) -> Result<(), Refusal> {
    let (what, advice) = match state.phase {
        Phase::Ready => return Ok(()),
        Phase::Provisioning => ("it is still being made", "wait for its operation"),
        Phase::Moving => ("it is being moved", "wait for the move to end"),
        Phase::Restoring => ("it is being swapped", "wait for the swap to end"),
        Phase::Archived => ("it is archived", "bring it back first"),
        Phase::Erasing | Phase::Erased => {
            ("it is erased or about to be", "nothing of it is restored or given out any more")
        }
    };
    Err(Refusal { what, advice })
}

/// Its row, so that a database that is found on a server is known to be somebody's.
async fn copy_row(
    txn: &Transaction<'_>,
    tenant: TenantId,
    operation: OperationId,
    kind: OperationKind,
    what: Restored,
) -> Result<Value, CopyError> {
    let backup = match what {
        Restored::Newest => {
            let row = backup_queries::backup_newest_good().bind(txn, &tenant.0).opt().await?;
            Some(row.ok_or(CopyError::NoBackup)?)
        }
        Restored::Backup(id) => {
            let row = backup_queries::backup_fetch().bind(txn, &id).opt().await?;
            let row = row.filter(|it| it.organization_id == tenant.0);
            Some(row.ok_or(CopyError::NotItsBackup)?)
        }
        Restored::At(_) => None,
    };
    // Looking at it once more is another matter: it may be back in its place.
    let broken = backup.as_ref().and_then(|it| it.broken_why.clone());
    if let Some(why) = broken.filter(|_| kind != OperationKind::VerifyBackup) {
        return Err(CopyError::Broken(why));
    }
    let backup = backup.map(|it| it.id);
    let input = match what {
        Restored::At(at) => json!({ "at": at.to_string() }),
        Restored::Newest | Restored::Backup(_) => {
            json!({ "backup": backup.map(|it| it.to_string()) })
        }
    };
    if kind == OperationKind::VerifyBackup {
        return Ok(input);
    }
    let number = tenants::tenant_role().bind(txn, &tenant.0).one().await?.number;
    let database = name_of(number, operation.0);
    queries::copy_insert()
        .bind(txn, &operation.0, &database.as_str(), &backup, &COPY_DAYS, &tenant.0)
        .await?;
    if kind == OperationKind::Drill {
        queries::drill_insert().bind(txn, &operation.0, &tenant.0, &backup).await?;
    }
    Ok(input)
}

/// From here on the copy is this operation's. Behind the lock of the tenant's row, so that of two one comes too late.
async fn claim(
    txn: &Transaction<'_>,
    order: &Order<'_>,
    tenant: TenantId,
    copy: Uuid,
) -> Result<(), CopyError> {
    let row = queries::copy_fetch().bind(txn, &copy).opt().await?;
    let row = row.filter(|it| it.organization_id == tenant.0).ok_or(CopyError::NoCopy)?;
    if order.kind == OperationKind::CloseCopy && row.open_until.is_none() {
        return Err(CopyError::NotOpen);
    }
    let drops = order.kind == OperationKind::DropCopy;
    // It may be what was the tenant's own until a swap.
    if let (true, Some(hold)) = (drops, hold_of(txn, tenant).await?) {
        return Err(CopyError::Held(hold.sentence()));
    }
    let state = match order.kind {
        OperationKind::DropCopy => "DROPPING",
        OperationKind::OpenCopy => "OPENING",
        OperationKind::CloseCopy => "CLOSING",
        _swap => "SWAPPING",
    };
    let outlived = matches!(order.of, Of::Outlived(_));
    match queries::copy_claim().bind(txn, &state, &copy, &outlived).await? {
        0 => Err(CopyError::NotReady),
        _ => Ok(()),
    }
}
