//! Three ways from a tenant to a row of its database, within the same number of connections.

use anyhow::{Result, bail};
use cloison_router::{Connection, Intent, Router, Tenant};
use tokio_postgres::Row;

use super::fleet::{Fleet, QUESTION};
use super::pgbouncer::PgBouncer;
use super::pools::Pools;

pub(super) enum Contestant {
    Router { router: Router, tenants: Vec<Tenant> },
    Pools(Pools),
    PgBouncer(PgBouncer),
}

/// In the order of the contest.
pub(super) const NAMES: [&str; 3] = ["router", "pool per tenant", "pgbouncer"];

/// The server process that has answered.
pub(super) type Backend = i32;

impl Contestant {
    pub(super) fn router(fleet: &Fleet, budget: usize) -> Self {
        let router = Router::fixed(fleet.routes.clone(), budget);
        let tenants = fleet.routes.iter().filter_map(|it| router.tenant(it.tenant)).collect();
        Self::Router { router, tenants }
    }

    /// Asks for a note of a tenant, and makes sure that it was this tenant's database that answered.
    pub(super) async fn ask(&self, fleet: &Fleet, tenant: usize, note: i32) -> Result<Backend> {
        let row = match self {
            Self::Router { tenants, .. } => ask(&tenants[tenant], note).await?,
            Self::Pools(pools) => pools.ask(tenant, note).await?,
            Self::PgBouncer(pgbouncer) => pgbouncer.ask(tenant, note).await?,
        };
        let (database, expected) = (row.get::<_, &str>(1), fleet.routes[tenant].database.as_str());
        if database != expected {
            bail!("{database} has answered instead of {expected}");
        }
        Ok(row.get(2))
    }

    /// Closes every connection to the server.
    pub(super) async fn close(self) {
        match self {
            Self::Router { router, .. } => router.close().await,
            Self::Pools(it) => drop(it),
            Self::PgBouncer(it) => drop(it),
        }
    }
}

/// The one place that takes a connection from the router.
pub(super) async fn acquire(tenant: &Tenant) -> Result<Connection> {
    Ok(tenant.acquire(Intent::ReadWrite).await?)
}

async fn ask(tenant: &Tenant, note: i32) -> Result<Row> {
    let connection = acquire(tenant).await?;
    let statement = connection.prepare_cached(QUESTION).await?;
    Ok(connection.query_one(&statement, &[&note]).await?)
}
