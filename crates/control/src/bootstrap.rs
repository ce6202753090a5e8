//! Makes an empty PostgreSQL into one of ours: the control database, and a server ready for tenants.
//!
//! Every function can be run at each start: it finds what is there and adds what is missing.

use anyhow::{Context, Result};
use cloison_model::{Release, Secret};
use tokio_postgres::types::Type;

use crate::migrate::{Limits, MigrateError, Way, migrate, unlock, verify};
use crate::pg::{Admin, AdminClient, ddl};

/// Owns the objects of the control database; nobody logs in as it.
pub(crate) const CONTROL_OWNER: &str = "cloison_control_owner";

/// Creates or upgrades the control database, and gives its login role this password.
pub async fn control_database(admin: &Admin, password: &Secret) -> Result<()> {
    let server = admin.connect("postgres").await.context("connect to the control server")?;
    control_roles(&server, password).await?;
    ddl::database_ensure(&server, cloison_catalog::DATABASE, CONTROL_OWNER).await?;
    ddl::database_grant_connect(&server, cloison_catalog::DATABASE, cloison_catalog::ROLE).await?;
    // A recovery that was killed has left it closed.
    let database = cloison_catalog::DATABASE.parse().expect("it is a name");
    ddl::database_open(&server, &database).await?;

    control_schema(admin, cloison_catalog::DATABASE).await
}

/// Whether there is a control database, of whatever version.
pub async fn control_database_exists(admin: &Admin) -> Result<bool> {
    let server = admin.connect("postgres").await.context("connect to the control server")?;
    let database = cloison_catalog::DATABASE.parse().expect("it is a name");
    Ok(ddl::database_exists(&server, &database).await?)
}

/// How many databases of tenants, or made ahead for some, are on a server.
pub async fn tenants_databases(admin: &Admin) -> Result<i64> {
    let server = admin.connect("postgres").await.context("connect to the server")?;
    let counted = "select count(*) from pg_database where datname like $1";
    let row = server.query_typed_one(counted, &[(&ddl::TENANTS_LIKE, Type::TEXT)]).await?;
    Ok(row.get(0))
}

/// The roles that its objects are of and that it is reached with, which no backup holds.
pub(crate) async fn control_roles(server: &AdminClient, password: &Secret) -> Result<()> {
    ddl::group_role_ensure(server, CONTROL_OWNER).await?;
    ddl::login_role_put(server, cloison_catalog::ROLE, password).await?;
    Ok(())
}

/// Brings a control database of whatever name to this build's version.
pub(crate) async fn control_schema(admin: &Admin, database: &str) -> Result<()> {
    let release = Release::from_files(cloison_catalog::MIGRATIONS)?;
    let database = admin.connect(database).await.context("connect to the control database")?;
    bring_up(&database, &release, CONTROL_OWNER, release.version())
        .await
        .context("migrate the control database")?;
    ddl::history_grant_read(&database, cloison_catalog::ROLE).await?;
    Ok(())
}

/// Refuses a control database that is not at this build's version; for a process that bootstraps nothing.
pub async fn control_database_verify(client: &tokio_postgres::Client) -> Result<(), MigrateError> {
    let release = Release::from_files(cloison_catalog::MIGRATIONS)
        .expect("the control database's own migrations are named right");
    verify(client, &release).await
}

/// Gives a server the roles that nobody logs in as, a template database at this version of the release, and the anchor of
/// restores.
///
/// A template that is further already is left there: a rollout has brought it so far.
pub async fn server(admin: &Admin, release: &Release, version: i64) -> Result<()> {
    let server = admin.connect("postgres").await.context("connect to the server")?;
    for role in [ddl::OWNER, ddl::APP, ddl::READER, ddl::LOOKUP, ddl::GATEWAY] {
        ddl::group_role_ensure(&server, role).await?;
    }
    ddl::database_ensure(&server, ddl::TEMPLATE, ddl::OWNER).await?;

    let template =
        admin.connect(ddl::TEMPLATE).await.context("connect to the template database")?;
    bring_up(&template, release, ddl::OWNER, version)
        .await
        .context("migrate the template database")?;
    ddl::public_rights_revoke(&template).await.context("close the template database to PUBLIC")?;
    ddl::lookup_put(&template)
        .await
        .context("put the verifier lookup into the template database")?;
    ddl::database_ensure(&server, ddl::ANCHOR, ddl::OWNER)
        .await
        .context("make the database that restores hold on to")
}

/// The next start may come before this session has ended, and is not to find it in the way.
async fn bring_up(client: &AdminClient, release: &Release, owner: &str, to: i64) -> Result<()> {
    migrate(client, release, owner, Way::Up { to }, &Limits::USUAL).await?;
    unlock(client).await?;
    Ok(())
}
