//! The database beside, from empty to what the backup holds at this build's version.

use cloison_archive::{Meter, restore};
use cloison_catalog::DATABASE;
use cloison_catalog::queries::recover as queries;
use cloison_model::{DatabaseName, Release};
use tokio_postgres::types::Type;

use super::choose::Chosen;
use super::error::RecoverError;
use super::run::Order;
use crate::bootstrap;
use crate::copies;
use crate::operations::StepError;
use crate::pg::ddl::{self, RECOVERY};
use crate::pg::{Admin, AdminClient};

pub(super) fn control_database() -> DatabaseName {
    DATABASE.parse().expect("it is a name")
}

/// One recovery at a time on a server, until the session is dropped.
pub(super) async fn alone(admin: &Admin) -> Result<AdminClient, RecoverError> {
    let client = admin.connect("postgres").await?;
    let turn = "select pg_try_advisory_lock(hashtext('cloison recovery'))";
    let is_ours: bool = client.query_typed_one(turn, &[]).await?.get(0);
    if is_ours { Ok(client) } else { Err(RecoverError::Busy) }
}

/// The next recovery may come before this session has ended.
pub(super) async fn give_way(server: &AdminClient) {
    drop(server.query_typed("select pg_advisory_unlock_all()", &[]).await);
}

/// Whether there is a control database, and how many tenants it has. One that was never migrated has none.
pub(super) async fn in_use(
    admin: &Admin,
    server: &AdminClient,
) -> Result<Option<i64>, RecoverError> {
    if !ddl::database_exists(server, &control_database()).await? {
        return Ok(None);
    }
    let client = admin.connect(DATABASE).await?;
    let there = "select to_regclass($1) is not null";
    let is_ours = client.query_typed_one(there, &[(&"public.tenants", Type::TEXT)]).await?;
    if !is_ours.get::<_, bool>(0) {
        return Ok(Some(0));
    }
    Ok(Some(queries::recovered_tenants().bind(&*client).one().await?))
}

/// Keeps everybody out of the control database that is to make way, before anything is looked at: whoever went on would give out numbers that
/// the recovered one gives out again. Answers the last number that it has given out.
pub(super) async fn shut_out(admin: &Admin, server: &AdminClient) -> Result<i64, RecoverError> {
    ddl::database_close(server, &control_database()).await?;
    let client = admin.connect(DATABASE).await?;
    let there = "select to_regclass($1) is not null";
    let sequence = "public.organizations_number_seq";
    let is_ours = client.query_typed_one(there, &[(&sequence, Type::TEXT)]).await?;
    if !is_ours.get::<_, bool>(0) {
        return Ok(0);
    }
    Ok(queries::recovered_number_last().bind(&*client).one().await?)
}

/// The control database that was to make way stays, and is as open as it was. Answers what is to be told.
pub(super) async fn let_in(server: &AdminClient, why: RecoverError) -> RecoverError {
    match ddl::database_open(server, &control_database()).await {
        Ok(()) => why,
        Err(source) => RecoverError::StaysClosed { why: Box::new(why), source },
    }
}

/// The version that this build brings a control database to.
pub(super) fn version_known() -> Result<i64, RecoverError> {
    let release = Release::from_files(cloison_catalog::MIGRATIONS).map_err(anyhow::Error::from)?;
    Ok(release.version())
}

pub(super) async fn fill(
    order: &Order<'_>,
    server: &AdminClient,
    chosen: &Chosen,
) -> Result<(), RecoverError> {
    bootstrap::control_roles(server, order.password).await?;
    ddl::recovery_make(server, bootstrap::CONTROL_OWNER).await?;
    let programs = order.backups.programs.find(ddl::server_major(server).await?)?;
    let command = order.admin.command(&programs.restore, RECOVERY);
    let Chosen { manifest, identity, .. } = chosen;
    let meter = Meter::default();
    restore(&order.backups.store, manifest, identity, command, RECOVERY, &meter).await?;
    compare(order, chosen).await
}

/// As a tenant's copy is compared: the schema, the rows, the sequences.
async fn compare(order: &Order<'_>, chosen: &Chosen) -> Result<(), RecoverError> {
    let client = order.admin.connect(RECOVERY).await?;
    match copies::compare(client, &chosen.manifest, order.tracker).await {
        Err(StepError::Different(why)) => Err(RecoverError::Different(why)),
        Err(StepError::Backup(error)) => Err(error.into()),
        Err(error) => Err(anyhow::Error::from(error).into()),
        Ok(_) => Ok(()),
    }
}
