//! What archiving a tenant and bringing it back know beforehand.

use cloison_catalog::Transaction;
use cloison_catalog::queries::{backups as backup_queries, copies as queries, tenants};
use cloison_model::{DatabaseName, OperationId, TenantId};
use uuid::Uuid;

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
    let (_, which) = operation.0.as_u64_pair();
    let database = DatabaseName::of_copy(number, which);
    queries::copy_insert()
        .bind(txn, &operation.0, &database.as_str(), &Some(operation.0), &COPY_DAYS, &tenant.0)
        .await?;
    Ok(())
}

/// What it comes back from, and the version that the fleet is at by now.
pub(crate) async fn for_unarchive(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<Option<(Uuid, i64)>, tokio_postgres::Error> {
    let newest = backup_queries::backup_newest_good().bind(txn, &tenant.0).opt().await?;
    let version = releases::fleet_version(txn).await?;
    Ok(newest.map(|it| it.id).zip(version))
}
