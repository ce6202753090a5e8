//! What lets a PgBouncer in: a role that looks verifiers up, and roles that a PgBouncer works as.
//!
//! None of them can log in until an operator asks for a PgBouncer. Not here: which of them may connect to a tenant's
//! database. That follows the tenant's rights, in [`super::tenant_role_put`].

use cloison_model::{DatabaseName, RoleName};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::{APP, Result, run};
use crate::pg::Verifier;

/// Looks up, in a tenant's database, the verifier of that tenant's role and of no other.
pub const LOOKUP: &str = "cloison_pgbouncer";
/// Group of the roles that a PgBouncer works as for many tenants.
pub const GATEWAY: &str = "cloison_gateway";

/// What a shared role is held to: the most generous plan's, since one role is all tenants'.
const SHARED_STATEMENT_TIMEOUT_MS: i32 = 30_000;
const SHARED_LOCK_TIMEOUT_MS: i32 = 5_000;
const SHARED_IDLE_IN_TRANSACTION_TIMEOUT_MS: i32 = 15_000;

/// PostgreSQL's limit of a shared role, in multiples of PgBouncer's.
const LIMIT_FACTOR: i32 = 2;

/// How many connections a server takes, and how many of them are promised to shared roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Without those that only a superuser gets.
    pub most: i32,
    /// To shared roles other than the one that was asked about.
    pub shared: i64,
}

/// Puts the lookup into the connected database. It answers for one name, the database's own, and for nobody who may not
/// come in.
///
/// A role may end any session of its own role in any database. That is harmless while each tenant has a role of its
/// own, and not once tenants share one.
pub async fn lookup_put(client: &Client) -> Result<()> {
    run(
        client,
        &format!(
            "create schema if not exists {LOOKUP};
             grant usage on schema {LOOKUP} to {LOOKUP};
             create or replace function {LOOKUP}.login(role text, out name text, out verifier text)
                 returns setof record
                 language sql stable security definer
                 set search_path = pg_catalog, pg_temp
             as $$
                 select rolname::text, rolpassword
                 from pg_authid
                 where rolname = login.role
                     and rolname = current_database()
                     and rolcanlogin
                     and rolconnlimit <> 0
             $$;
             revoke execute on function {LOOKUP}.login(text) from public;
             grant execute on function {LOOKUP}.login(text) to {LOOKUP};
             revoke execute on function pg_terminate_backend(integer, bigint), pg_cancel_backend(integer) from public"
        ),
    )
    .await
}

/// Waits for whoever else lets a PgBouncer into this server, until this connection ends: two at once would change the same
/// rows of PostgreSQL's catalogs, which refuses the second.
pub async fn pooler_turn(client: &Client) -> Result<()> {
    run(client, "set lock_timeout = '30s'; select pg_advisory_lock(hashtext('cloison pooler'))")
        .await
}

/// Lets the pooler's roles into one tenant's database, as far as the tenant's own role has rights there; for databases that
/// were opened before there were such roles.
pub async fn pooler_entry_put(client: &Client, database: &DatabaseName) -> Result<()> {
    let (name, quoted) = (database.as_str(), database.quoted());
    run(
        client,
        &format!(
            "do $$
             begin
                 if pg_has_role('{name}', '{APP}', 'member')
                     and not has_database_privilege('{GATEWAY}', '{name}', 'connect')
                 then
                     grant connect on database {quoted} to {GATEWAY};
                 end if;
                 if not has_database_privilege('{LOOKUP}', '{name}', 'connect') then
                     grant connect on database {quoted} to {LOOKUP};
                 end if;
             end
             $$"
        ),
    )
    .await
}

/// Gives the role that looks verifiers up a password, and nothing else.
pub async fn lookup_role_put(client: &Client, verifier: &Verifier) -> Result<()> {
    run(
        client,
        &format!(
            "alter role {LOOKUP} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
                 password '{verifier}';
             alter role {LOOKUP} reset all;
             alter role {LOOKUP} set statement_timeout = {SHARED_LOCK_TIMEOUT_MS}",
            verifier = verifier.as_str(),
        ),
    )
    .await
}

/// Whether a shared role of this name can be made, or is one already.
pub async fn shared_role_is_free(client: &Client, role: &RoleName) -> Result<bool> {
    let row = client
        .query_typed_one(
            "select not exists (
                 select
                 from pg_roles as taken
                 where taken.rolname = $1
                     and not exists (
                         select
                         from pg_auth_members
                         join pg_roles as groups on groups.oid = pg_auth_members.roleid
                         where pg_auth_members.member = taken.oid
                             and groups.rolname = $2
                     )
             )",
            &[(&role.as_str(), Type::TEXT), (&GATEWAY, Type::TEXT)],
        )
        .await?;
    Ok(row.get(0))
}

/// Makes a role that a PgBouncer works as, or sets it back to just this.
///
/// The limit is PgBouncer's to keep. PostgreSQL's own is twice that, against a second PgBouncer with the same files: tighter,
/// and it would refuse connections that replace others, which it counts until they have quite gone.
pub async fn shared_role_put(
    client: &Client,
    role: &RoleName,
    verifier: &Verifier,
    connections: i32,
) -> Result<()> {
    let (name, role) = (role.as_str(), role.quoted());
    run(
        client,
        &format!(
            "do $$
             begin
                 if not exists (select from pg_roles where rolname = '{name}') then
                     create role {role};
                 end if;
             end
             $$;
             alter role {role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit
                 connection limit {limit} password '{verifier}';
             alter role {role} reset all;
             alter role {role} set statement_timeout = {SHARED_STATEMENT_TIMEOUT_MS};
             alter role {role} set lock_timeout = {SHARED_LOCK_TIMEOUT_MS};
             alter role {role} set idle_in_transaction_session_timeout = {SHARED_IDLE_IN_TRANSACTION_TIMEOUT_MS};
             grant {APP}, {GATEWAY} to {role}",
            limit = connections.saturating_mul(LIMIT_FACTOR),
            verifier = verifier.as_str(),
        ),
    )
    .await
}

/// How many connections the server takes, and how many are promised to shared roles but this one.
pub async fn connections(client: &Client, role: &RoleName) -> Result<Connections> {
    let row = client
        .query_typed_one(
            &format!(
                "select
                 current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
                 coalesce(sum(shared.rolconnlimit), 0) / {LIMIT_FACTOR}
             from pg_auth_members
             join pg_roles as groups on groups.oid = pg_auth_members.roleid
             join pg_roles as shared on shared.oid = pg_auth_members.member
             where groups.rolname = $2
                 and shared.rolname <> $1"
            ),
            &[(&role.as_str(), Type::TEXT), (&GATEWAY, Type::TEXT)],
        )
        .await?;
    Ok(Connections { most: row.get(0), shared: row.get(1) })
}

/// Ends what shared roles have open in one database, and waits until it has gone, five seconds at most each.
pub async fn gateway_clear(client: &Client, database: &DatabaseName) -> Result<()> {
    client
        .query_typed(
            "select pg_terminate_backend(pid, 5000)
             from pg_stat_activity
             where datname = $1
                 and usesysid in (
                     select pg_auth_members.member
                     from pg_auth_members
                     join pg_roles as groups on groups.oid = pg_auth_members.roleid
                     where groups.rolname = $2
                 )",
            &[(&database.as_str(), Type::TEXT), (&GATEWAY, Type::TEXT)],
        )
        .await?;
    Ok(())
}
