//! The only place where statements are put together from names.
//!
//! PostgreSQL takes no parameters in DDL. Names come as types that need no escape, verifiers too,
//! numbers as numbers; no other text gets in.

mod copy;
pub(crate) mod migration;
mod pooler;
mod recovery;
mod shadow;

use std::time::Duration;

use cloison_model::{DatabaseName, Rights, RoleName, Secret};
use tokio::time::{Instant, sleep};
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;

use super::Verifier;

pub(crate) use self::copy::{
    InPlace, Pages, copy_close, copy_database_make, copy_databases_drop, copy_drop,
    databases_exchange, empty_place_fill, in_place, pages_look, placed_drop, placed_forget,
};
pub use self::pooler::{
    Connections, GATEWAY, LOOKUP, connections, gateway_clear, lookup_put, lookup_role_put,
    pooler_entry_put, pooler_turn, shared_role_is_free, shared_role_put,
};
pub(crate) use self::recovery::{
    RECOVERY, database_close, database_open, recovery_make, recovery_put_in_place,
};
pub(crate) use self::shadow::{
    ShadowSource, ShadowsOf, shadow_analyze, shadow_database_make, shadow_database_name,
    shadow_databases, shadow_databases_drop,
};

type Result<T> = std::result::Result<T, tokio_postgres::Error>;

/// Between two looks at who is connected still.
const REST_POLL: Duration = Duration::from_millis(20);

/// Owns every object of every tenant; nobody logs in as it.
pub const OWNER: &str = "cloison_owner";
/// Holds the rights of tenants' roles on data.
pub const APP: &str = "cloison_app";
/// Holds what is left of them for a tenant that may only read.
pub const READER: &str = "cloison_reader";
/// What new tenants are cloned from.
pub const TEMPLATE: &str = "cloison_template";
/// As tenants' databases and roles are named, and those of spares, for `like`.
pub(crate) const TENANTS_LIKE: &str = "studio\\_%\\_db";
/// And copies beside them.
pub(crate) const WITH_COPIES_LIKE: &[&str] = &[TENANTS_LIKE, "studio\\_%\\_copy\\_%"];
/// And what they are cloned from.
pub(crate) const OURS_LIKE: &[&str] =
    &[TENANTS_LIKE, "studio\\_%\\_copy\\_%", "cloison\\_template"];
/// An empty database on every server. A restore to a point in time has to name a database of the backup, and a tenant that
/// was made since is in none.
pub const ANCHOR: &str = "cloison_pitr_anchor";

/// What the server itself holds a tenant's role to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleLimits {
    pub connections: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
}

impl RoleLimits {
    /// As `pg_db_role_setting` shows them, sorted.
    pub fn settings(&self) -> [String; 3] {
        [
            format!("idle_in_transaction_session_timeout={}", self.idle_in_transaction_timeout_ms),
            format!("lock_timeout={}", self.lock_timeout_ms),
            format!("statement_timeout={}", self.statement_timeout_ms),
        ]
    }
}

/// Several statements in one text are one transaction.
async fn run(client: &Client, text: &str) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "this module is where DDL is built")]
    client.batch_execute(text).await
}

/// Makes a role nobody logs in as, if it is not there.
pub async fn group_role_ensure(client: &Client, role: &str) -> Result<()> {
    let role: RoleName = role.parse().expect("group roles are named in this program");
    let made = run(client, &format!("create role {} nologin", role.quoted())).await;
    present(made, &[SqlState::DUPLICATE_OBJECT, SqlState::UNIQUE_VIOLATION])
}

/// Makes one tenant's login role and its way into its database, or sets both back to just this: password, connection
/// limit, settings, memberships, and who may connect.
///
/// One transaction. A role without rights keeps its password and gets in nowhere. A role that many tenants share has the
/// rights of [`APP`] in each database that it gets into, so it is let into those of tenants that have them all. The
/// lookup is let in always: it is by its answer that a PgBouncer refuses whoever has no rights.
pub async fn tenant_role_put(
    client: &Client,
    role: &RoleName,
    database: &DatabaseName,
    verifier: &Verifier,
    limits: RoleLimits,
    rights: Rights,
) -> Result<()> {
    let (name, role, database) = (role.as_str(), role.quoted(), database.quoted());
    let (connections, entry) = match rights {
        Rights::Application => (
            limits.connections,
            format!(
                "revoke {READER} from {role}; grant {APP} to {role};
                 grant connect on database {database} to {role}, {GATEWAY}"
            ),
        ),
        Rights::Reader => (
            limits.connections,
            format!(
                "revoke {APP} from {role}; grant {READER} to {role};
                 grant connect on database {database} to {role};
                 revoke connect on database {database} from {GATEWAY}"
            ),
        ),
        Rights::Nothing => (
            0,
            format!(
                "revoke {APP}, {READER} from {role};
                 revoke connect on database {database} from {role}, {GATEWAY}"
            ),
        ),
    };
    run(
        client,
        &format!(
            "do $$
             begin
                 if not exists (select from pg_roles where rolname = '{name}') then
                     create role {role} login;
                 end if;
             end
             $$;
             alter role {role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit
                 connection limit {connections} password '{verifier}';
             alter role {role} reset all;
             alter role {role} set statement_timeout = {statement_timeout};
             alter role {role} set lock_timeout = {lock_timeout};
             alter role {role} set idle_in_transaction_session_timeout = {idle_in_transaction_timeout};
             revoke all on database {database} from public;
             {entry};
             grant connect on database {database} to {LOOKUP};
             alter database {database} allow_connections true connection limit -1",
            verifier = verifier.as_str(),
            statement_timeout = limits.statement_timeout_ms,
            lock_timeout = limits.lock_timeout_ms,
            idle_in_transaction_timeout = limits.idle_in_transaction_timeout_ms,
        ),
    )
    .await
}

/// Gives one tenant's role another password and touches nothing else.
pub async fn tenant_role_set_password(
    client: &Client,
    role: &RoleName,
    verifier: &Verifier,
) -> Result<()> {
    run(client, &format!("alter role {} password '{}'", role.quoted(), verifier.as_str())).await
}

/// Undoes what a tenant's role has set for itself in one database.
pub async fn tenant_role_reset_in(
    client: &Client,
    role: &RoleName,
    database: &DatabaseName,
) -> Result<()> {
    run(
        client,
        &format!("alter role {} in database {} reset all", role.quoted(), database.quoted()),
    )
    .await
}

/// Makes a login role for Cloison itself, with this password, or gives it this password.
pub async fn login_role_put(client: &Client, role: &str, password: &Secret) -> Result<()> {
    let role: RoleName = role.parse().expect("login roles of ours are named in this program");
    let made = run(client, &format!("create role {} login", role.quoted())).await;
    present(made, &[SqlState::DUPLICATE_OBJECT, SqlState::UNIQUE_VIOLATION])?;
    let verifier = Verifier::of(password);
    run(
        client,
        &format!("alter role {} with login password '{}'", role.quoted(), verifier.as_str()),
    )
    .await
}

pub async fn role_drop(client: &Client, role: &RoleName) -> Result<()> {
    run(client, &format!("drop role if exists {}", role.quoted())).await
}

/// Makes an empty database, if it is not there.
pub async fn database_ensure(client: &Client, database: &str, owner: &str) -> Result<()> {
    let database: DatabaseName =
        database.parse().expect("databases of ours are named in this program");
    let owner: RoleName = owner.parse().expect("owners are named in this program");
    let made = run(
        client,
        &format!(
            "create database {} owner {} template template0",
            database.quoted(),
            owner.quoted()
        ),
    )
    .await;
    present(made, &[SqlState::DUPLICATE_DATABASE, SqlState::UNIQUE_VIOLATION])?;
    run(client, &format!("revoke all on database {} from public", database.quoted())).await
}

/// Lets a login role of ours into a database of ours.
pub async fn database_grant_connect(client: &Client, database: &str, role: &str) -> Result<()> {
    let database: DatabaseName =
        database.parse().expect("databases of ours are named in this program");
    let role: RoleName = role.parse().expect("roles of ours are named in this program");
    run(client, &format!("grant connect on database {} to {}", database.quoted(), role.quoted()))
        .await
}

/// Lets a login role of ours see which migrations a database has had.
pub async fn history_grant_read(client: &Client, role: &str) -> Result<()> {
    let role: RoleName = role.parse().expect("roles of ours are named in this program");
    run(client, &format!("grant select on cloison_migrations to {}", role.quoted())).await
}

/// Clones the template, unless the database is there: a clone is there whole or not at all. Closed to everybody until
/// [`tenant_role_put`]: grants on a template are not cloned, and a new database lets PUBLIC in.
///
/// `WAL_LOG`, since a database made with `FILE_COPY` cannot be read after a selective point-in-time
/// restore.
pub async fn tenant_database_ensure(client: &Client, database: &DatabaseName) -> Result<()> {
    let made = run(
        client,
        &format!(
            "create database {} template {TEMPLATE} strategy wal_log owner {OWNER} allow_connections false",
            database.quoted()
        ),
    )
    .await;
    present(made, &[SqlState::DUPLICATE_DATABASE, SqlState::UNIQUE_VIOLATION])
}

/// Gives a database to the owner that all of ours have.
pub(crate) async fn database_owner_put(client: &Client, database: &DatabaseName) -> Result<()> {
    run(client, &format!("alter database {} owner to {OWNER}", database.quoted())).await
}

/// Takes from a role all that it may on a database; from PUBLIC, if none is named.
pub(crate) async fn database_shut_to(
    client: &Client,
    database: &DatabaseName,
    role: Option<&RoleName>,
) -> Result<()> {
    let role = role.map_or_else(|| "public".to_owned(), |it| it.quoted().to_string());
    run(client, &format!("revoke all on database {} from {role}", database.quoted())).await
}

pub async fn database_drop(client: &Client, database: &DatabaseName) -> Result<()> {
    run(client, &format!("drop database if exists {} with (force)", database.quoted())).await
}

/// Whether it is there, whoever may get in.
pub async fn database_exists(client: &Client, database: &DatabaseName) -> Result<bool> {
    let rows = client
        .query_typed(
            "select from pg_database where datname = $1",
            &[(&database.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// Whether the role can connect to the database; no if one of them is not there.
pub(crate) async fn role_gets_in(
    client: &Client,
    role: &RoleName,
    database: &DatabaseName,
) -> Result<bool> {
    let rows = client
        .query_typed(
            "select
             from pg_roles, pg_database
             where rolname = $1 and datname = $2
                 and has_database_privilege(pg_roles.oid, pg_database.oid, 'connect')",
            &[(&role.as_str(), Type::TEXT), (&database.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// The major version of the server.
pub(crate) async fn server_major(client: &Client) -> Result<u32> {
    let row = client
        .query_typed_one("select current_setting('server_version_num')::int / 10000", &[])
        .await?;
    Ok(u32::try_from(row.get::<_, i32>(0)).unwrap_or_default())
}

/// What the history of the connected database says.
pub(crate) async fn schema_version(client: &Client) -> Result<i64> {
    let row = client
        .query_typed_one("select coalesce(max(version), 0) from public.cloison_migrations", &[])
        .await?;
    Ok(row.get(0))
}

/// Waits until nobody is connected to a database, for so long at most.
pub async fn database_rest(
    client: &Client,
    database: &DatabaseName,
    at_most: Duration,
) -> Result<()> {
    let deadline = Instant::now() + at_most;
    while Instant::now() < deadline {
        let row = client
            .query_typed_one(
                "select count(*)
                 from pg_stat_activity
                 where datname = $1 and backend_type = 'client backend' and pid <> pg_backend_pid()",
                &[(&database.as_str(), Type::TEXT)],
            )
            .await?;
        if row.get::<_, i64>(0) == 0 {
            break;
        }
        sleep(REST_POLL).await;
    }
    Ok(())
}

/// Ends every connection to a database and waits until they are gone, each five seconds at most.
pub async fn database_clear(client: &Client, database: &DatabaseName) -> Result<()> {
    client
        .query_typed(
            "select pg_terminate_backend(pid, 5000)
             from pg_stat_activity
             where datname = $1 and pid <> pg_backend_pid()",
            &[(&database.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(())
}

/// Creates an extension in the connected database. The name is quoted; it comes from a migration
/// file, whose text runs with more rights anyway.
pub async fn extension_ensure(client: &Client, name: &str) -> Result<()> {
    run(client, &format!("create extension if not exists \"{}\"", name.replace('"', "\"\""))).await
}

/// Acts as the owner of all objects until the connection ends.
pub async fn become_owner(client: &Client, owner: &str) -> Result<()> {
    let owner: RoleName = owner.parse().expect("owners are named in this program");
    run(client, &format!("set role {}", owner.quoted())).await
}

/// Takes from PUBLIC, in the connected database, what PostgreSQL gives to everybody and no tenant
/// needs: large objects (a store without owner checks worth the name), and the list of other
/// tenants' connections, whose `application_name` carries a customer's name.
pub async fn public_rights_revoke(client: &Client) -> Result<()> {
    run(
        client,
        "do $$
         declare
             granted record;
         begin
             for granted in
                 select oid::regprocedure as signature
                 from pg_proc
                 where pronamespace = 'pg_catalog'::regnamespace
                     and (proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_export',
                             'lo_open', 'lo_put', 'lo_get', 'lo_unlink', 'lo_truncate', 'lo_truncate64',
                             'loread', 'lowrite', 'pg_stat_get_activity')
                         or proname like 'pg\\_stat\\_get\\_backend\\_%')
             loop
                 execute format('revoke execute on function %s from public', granted.signature);
             end loop;
         end
         $$;
         revoke select on
             pg_catalog.pg_stat_activity, pg_catalog.pg_stat_ssl, pg_catalog.pg_stat_gssapi, pg_catalog.pg_stat_replication
             from public",
    )
    .await
}

/// What was to be made is there already: as good as made.
fn present(made: Result<()>, already: &[SqlState]) -> Result<()> {
    match made {
        Err(error) if error.code().is_some_and(|it| already.contains(it)) => Ok(()),
        other => other,
    }
}
