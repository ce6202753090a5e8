//! What a PgBouncer in front of a server has to know, and what lets it in there.
//!
//! A server is ready for one from the start: new tenants' databases have the lookup, and their operations say who may
//! connect. [`admit`] gives the roles passwords, and brings databases up that were made before.
//!
//! Not here: PgBouncer's own files. The command line writes them.

use cloison_catalog::queries::servers::{Server, server_list};
use cloison_catalog::queries::tenants::tenant_role_page;
use cloison_catalog::{Client, Unavailable};
use cloison_model::{DatabaseName, Rights, RoleName, Secret};
use serde_json::json;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use crate::call::{self, Call, CallError};
use crate::control::{Control, SERVERS_MAX, ServerError};
use crate::operations::{StepError, Target};
use crate::pg::{Admin, Verifier, ddl};

/// Tenants read at a time.
const PAGE: i64 = 500;
/// Connections that a PgBouncer looks verifiers up with.
pub const LOOKUPS: i32 = 2;
/// Connections of a server that are left for administration: the engine's workers, `doctor`, an operator's psql.
pub(crate) const ADMINISTRATION: i64 = 10;
/// Fewer than this would be all lookups and leaving connections.
pub const SHARED_MIN: i32 = 5;

/// One server, as a PgBouncer sees it.
#[derive(Clone, Debug)]
pub struct Place {
    pub server: Server,
    pub tenants: Vec<Pooled>,
}

/// One tenant of a server.
#[derive(Clone, Debug)]
pub struct Pooled {
    pub database: DatabaseName,
    /// What PostgreSQL holds the tenant's role to.
    pub connection_limit: i32,
    pub rights: Rights,
    verifier: Verifier,
}

/// What the operator wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub shared: Option<Shared>,
    /// Tenants' verifiers in a file, instead of a role that looks them up.
    pub verifiers: bool,
}

/// A role that the PgBouncer works as for all tenants, and all the connections that it may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub role: RoleName,
    pub connections: i32,
}

/// One line of PgBouncer's `auth_file`: a password or a verifier.
#[derive(Clone, Debug)]
pub struct User {
    pub role: RoleName,
    pub secret: Secret,
}

#[derive(Debug, thiserror::Error)]
pub enum PgBouncerError {
    #[error("there is no server '{0}'")]
    NoServer(String),
    #[error("the role {0} is there, and is not one that a PgBouncer works as")]
    RoleTaken(RoleName),
    #[error("{} connections do not fit: {fit} are free", .wanted)]
    DoesNotFit { wanted: i32, fit: i64 },
    #[error("cannot connect to server {name}")]
    Unreachable { name: String, source: tokio_postgres::Error },
    #[error("prepare {what} on server {name}")]
    Server { name: String, what: String, source: tokio_postgres::Error },
    #[error("the control database holds what it should not")]
    Target(#[from] StepError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Administrator(#[from] ServerError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

/// One server with the tenants that are there now.
pub async fn place(control: &Control, server: &str) -> Result<Place, PgBouncerError> {
    let client = control.catalog.client().await?;
    place_of(&client, server).await
}

/// Lets a PgBouncer in, and answers with what. The same call again sets the same: passwords follow from the master key.
///
/// The audit log says who asked before anything is given.
pub async fn admit(
    control: &Control,
    call: &Call,
    server: &str,
    wanted: &Wanted,
) -> Result<Vec<User>, PgBouncerError> {
    let mut client = control.catalog.client().await?;
    let place = place_of(&client, server).await?;
    let name = || place.server.name.clone();
    let admin = control.admin_of(&place.server)?;
    let pg = admin.connect("postgres").await;
    let pg = pg.map_err(|source| PgBouncerError::Unreachable { name: name(), source })?;
    let failed = |what: &str, source| server_error(&place.server.name, what.to_owned(), source);
    ddl::pooler_turn(&pg).await.map_err(|error| failed("the turn", error))?;
    if let Some(shared) = &wanted.shared {
        check(&pg, &place.server, shared).await?;
    }

    let txn = client.transaction().await?;
    // A repetition is another look, and is written down as one.
    let anew = Call { key: None, ..call.clone() };
    let kept = call::keep(&txn, &anew, Uuid::nil()).await?;
    let detail = json!({
        "shared_role": wanted.shared.as_ref().map(|it| it.role.as_str()),
        "connections": wanted.shared.as_ref().map(|it| it.connections),
        "verifiers": wanted.verifiers,
    });
    kept.record(&txn, "pgbouncer.admit", &place.server.name, &detail).await?;
    txn.commit().await?;

    let mut users = Vec::new();
    if let Some(Shared { role, connections }) = &wanted.shared {
        let secret = control.key.derive_token(&format!("pgbouncer {role}"), place.server.id);
        ddl::shared_role_put(&pg, role, &Verifier::of(&secret), *connections)
            .await
            .map_err(|error| failed("the shared role", error))?;
        users.push(User { role: role.clone(), secret });
    }
    if wanted.verifiers {
        let verifier = |it: &Pooled| User {
            role: it.database.role(),
            secret: Secret::new(it.verifier.as_str()),
        };
        let let_in = place.tenants.iter().filter(|it| is_let_in(it.rights, wanted));
        users.extend(let_in.map(verifier));
    } else {
        // The same on each server: one PgBouncer may stand in front of several.
        let secret = control.key.derive_token("pgbouncer lookup", Uuid::nil());
        ddl::lookup_role_put(&pg, &Verifier::of(&secret))
            .await
            .map_err(|error| failed("the role that looks verifiers up", error))?;
        let role = ddl::LOOKUP.parse().expect("it is named in this program");
        users.push(User { role, secret });
    }
    open_databases(&admin, &place).await?;
    Ok(users)
}

/// A role of many tenants has all rights everywhere, so it is no way in for those who may only read.
fn is_let_in(rights: Rights, wanted: &Wanted) -> bool {
    match rights {
        Rights::Application => true,
        Rights::Reader => wanted.shared.is_none(),
        Rights::Nothing => false,
    }
}

async fn place_of(client: &Client, name: &str) -> Result<Place, PgBouncerError> {
    let servers = server_list().bind(client, &SERVERS_MAX).all().await?;
    let server = servers
        .into_iter()
        .find(|it| it.name == name)
        .ok_or_else(|| PgBouncerError::NoServer(name.to_owned()))?;
    let mut tenants = Vec::new();
    let mut after = None;
    loop {
        let page = tenant_role_page().bind(client, &server.id, &true, &after, &PAGE).all().await?;
        let Some(last) = page.last() else { return Ok(Place { server, tenants }) };
        after = Some(last.id);
        for row in page {
            let Target { database, verifier, limits, rights, .. } = Target::of_tenant(&row)?;
            tenants.push(Pooled {
                database,
                connection_limit: limits.connections,
                rights,
                verifier,
            });
        }
    }
}

/// Whether the shared role can be made and its connections fit beside what else is promised.
async fn check(
    pg: &tokio_postgres::Client,
    server: &Server,
    Shared { role, connections }: &Shared,
) -> Result<(), PgBouncerError> {
    let failed = |source| server_error(&server.name, format!("the role {role}"), source);
    if !ddl::shared_role_is_free(pg, role).await.map_err(failed)? {
        return Err(PgBouncerError::RoleTaken(role.clone()));
    }
    let there = ddl::connections(pg, role).await.map_err(failed)?;
    let fit = free(there, server.connection_budget);
    if i64::from(*connections) > fit {
        return Err(PgBouncerError::DoesNotFit { wanted: *connections, fit });
    }
    Ok(())
}

/// Pure: what neither our router nor another PgBouncer has been promised, nor administration needs.
fn free(there: ddl::Connections, router_budget: i32) -> i64 {
    i64::from(there.most) - i64::from(router_budget) - ADMINISTRATION - there.shared
}

/// One after the other: a thousand take seconds, and the server has other work.
async fn open_databases(admin: &Admin, place: &Place) -> Result<(), PgBouncerError> {
    for Pooled { database, .. } in &place.tenants {
        let failed = |source| server_error(&place.server.name, database.to_string(), source);
        let client = match admin.connect(database.as_str()).await {
            // Erased since the catalog was read.
            Err(error) if error.code() == Some(&SqlState::INVALID_CATALOG_NAME) => continue,
            client => client.map_err(failed)?,
        };
        ddl::lookup_put(&client).await.map_err(failed)?;
        ddl::pooler_entry_put(&client, database).await.map_err(failed)?;
    }
    Ok(())
}

fn server_error(name: &str, what: String, source: tokio_postgres::Error) -> PgBouncerError {
    PgBouncerError::Server { name: name.to_owned(), what, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_promised_to_others_is_not_free() {
        let free = |most, shared| free(ddl::Connections { most, shared }, 100);
        assert_eq!(free(147, 0), 37);
        assert_eq!(free(147, 30), 7);
        assert_eq!(free(97, 0), -13);
    }

    #[test]
    fn a_shared_role_is_no_way_in_for_who_may_only_read() {
        let own = Wanted { shared: None, verifiers: true };
        let shared = Shared { role: "app_pool".parse().unwrap(), connections: 10 };
        let shared = Wanted { shared: Some(shared), verifiers: true };
        let check = |rights| (is_let_in(rights, &own), is_let_in(rights, &shared));
        assert_eq!(check(Rights::Application), (true, true));
        assert_eq!(check(Rights::Reader), (true, false));
        assert_eq!(check(Rights::Nothing), (false, false));
    }
}
