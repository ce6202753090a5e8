//! What archiving a tenant and bringing it back know beforehand.

use cloison_catalog::Transaction;
use cloison_catalog::queries::{backups as backup_queries, copies as queries, tenants};
use cloison_model::{OperationId, OperationState, Refusal, Step, TenantId};
use uuid::Uuid;

use super::copy::name_of;
use crate::life_cycle::CommandError;
use crate::releases;

/// The copy lives for minutes; should its operation fail, somebody has a day to look at it.
const COPY_DAYS: i32 = 1;

/// The backup is to be restored and compared before the database is dropped. Both have the operation's id.
pub(crate) async fn for_archive(
    txn: &Transaction<'_>,
    tenant: TenantId,
    operation: OperationId,
) -> Result<(), tokio_postgres::Error> {
    let number = tenants::tenant_role().bind(txn, &tenant.0).one().await?.number;
    let database = name_of(number, operation.0);
    queries::copy_insert()
        .bind(txn, &operation.0, &database.as_str(), &Some(operation.0), &COPY_DAYS, &tenant.0)
        .await?;
    Ok(())
}

const DONE_ALREADY: Refusal =
    Refusal { what: "it is archived", advice: "to have it back: cloison tenants unarchive" };

const NOT_DONE: Refusal = Refusal {
    what: "archiving it has failed, and what was to go is still on its server",
    advice: "go on with that first: cloison tenants archive",
};

/// Where to go on with an archive that has failed behind the point of no return, and has left something on the server.
pub(crate) async fn archive_left_off(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<Step, CommandError> {
    let state = backup_queries::archive_last_state().bind(txn, &tenant.0).opt().await?;
    if state.as_deref() == Some(OperationState::Failed.as_str()) {
        Ok(Step::DropDatabase)
    } else {
        Err(CommandError::Refused(DONE_ALREADY))
    }
}

/// Their databases are gone with the tenant's.
pub(crate) async fn forget_all(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<(), tokio_postgres::Error> {
    queries::copies_delete().bind(txn, &tenant.0).await?;
    Ok(())
}

/// What it comes back from, and the version that the fleet is at by now. Only the newest backup has all that the tenant had: it was
/// taken when nobody could write any more.
pub(crate) async fn for_unarchive(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<(Uuid, i64), CommandError> {
    let state = backup_queries::archive_last_state().bind(txn, &tenant.0).opt().await?;
    if state.as_deref() == Some(OperationState::Failed.as_str()) {
        return Err(CommandError::Refused(NOT_DONE));
    }
    let newest = backup_queries::backup_newest().bind(txn, &tenant.0).opt().await?;
    let newest = newest.ok_or(CommandError::NoBackup)?;
    if let Some(why) = newest.broken_why {
        return Err(CommandError::BrokenBackup { backup: newest.id, why });
    }
    let version = releases::fleet_version(txn).await?.ok_or(CommandError::NoBackup)?;
    Ok((newest.id, version))
}
