//! The router's directory, answered from the control database.

use std::collections::HashMap;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::time::Duration;

use cloison_catalog::queries::routes;
use cloison_model::{
    DatabaseName, NameError, RoleName, ServerId, Subdomain, SubdomainError, TenantId, UnknownWord,
};
use cloison_router::{
    Change, Changed, Changes, Directory, DirectoryError, Healed, Key, Limits, Route, SeatLeases,
    SeatRound, Snapshot,
};
use futures_util::StreamExt;

use crate::control::{Control, SERVERS_MAX, TENANT_PASSWORD};
use crate::master_key::KeyError;
use crate::{roles, rollout, seats};

/// Routes read in one query.
const PAGE: i64 = 1_000;

/// Routes before the first change have epoch 0, and no tenant is visible before its first change.
const BEFORE_ANY_CHANGE: i64 = 0;

/// A row that this build cannot read as a route.
#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    Word(#[from] UnknownWord),
    #[error(transparent)]
    Name(#[from] NameError),
    #[error(transparent)]
    Subdomain(#[from] SubdomainError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Directory for Control {
    async fn snapshot(&self) -> Result<Snapshot, DirectoryError> {
        let client = self.catalog.client().await.map_err(DirectoryError::new)?;
        let budgets =
            routes::server_budgets().bind(&client, &SERVERS_MAX).all().await.map_err(failed)?;
        let budgets: HashMap<_, _> = budgets
            .into_iter()
            .map(|it| {
                (
                    ServerId(it.id),
                    usize::try_from(it.connection_budget).expect("the table checks the budget"),
                )
            })
            .collect();
        let mut snapshot = Snapshot { routes: Vec::new(), budgets, epoch: BEFORE_ANY_CHANGE };
        loop {
            let page = routes::route_after()
                .bind(&client, &snapshot.epoch, &PAGE)
                .all()
                .await
                .map_err(failed)?;
            let Some(last) = page.last() else { return Ok(snapshot) };
            snapshot.epoch = last.epoch;
            snapshot.routes.extend(page.into_iter().filter_map(|it| self.readable(it)));
        }
    }

    async fn changed_since(&self, epoch: i64) -> Result<Vec<Change>, DirectoryError> {
        let client = self.catalog.client().await.map_err(DirectoryError::new)?;
        let page =
            routes::route_after().bind(&client, &epoch, &PAGE).all().await.map_err(failed)?;
        let change = |row: routes::Route| {
            let gone = Change::Gone { tenant: TenantId(row.id), epoch: row.epoch };
            self.readable(row).map_or(gone, Change::Route)
        };
        Ok(page.into_iter().map(change).collect())
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Route>, DirectoryError> {
        let client = self.catalog.client().await.map_err(DirectoryError::new)?;
        let row = match key {
            Key::Tenant(tenant) => routes::route_of_tenant().bind(&client, &tenant.0).opt().await,
            Key::Subdomain(it) => {
                routes::route_of_subdomain().bind(&client, &it.as_str()).opt().await
            }
            Key::Hostname(it) => {
                routes::route_of_hostname().bind(&client, &it.as_str()).opt().await
            }
        };
        row.map_err(failed)?.map(|it| self.route(it)).transpose().map_err(DirectoryError::new)
    }

    async fn changes(&self) -> Result<Changes, DirectoryError> {
        let listener = self.catalog.route_listen().await.map_err(failed)?;
        Ok(listener.map(|it| Changed { tenant: it.tenant, epoch: it.epoch }).boxed())
    }

    /// A worker of any process does it, as many at once as workers do anything; this waits for the end.
    async fn bring_up(&self, tenant: TenantId) -> Result<(), DirectoryError> {
        rollout::bring_up(self, tenant).await.map_err(DirectoryError::new)
    }

    async fn heal(&self, tenant: TenantId) -> Result<Healed, DirectoryError> {
        roles::heal(self, tenant).await.map_err(DirectoryError::new)
    }

    async fn lease_seats(&self, round: &SeatRound) -> Result<Option<SeatLeases>, DirectoryError> {
        seats::make_round(self, round).await.map(Some).map_err(DirectoryError::new)
    }
}

impl Control {
    /// One unreadable row must not take the other tenants down with it.
    fn readable(&self, row: routes::Route) -> Option<Arc<Route>> {
        let (tenant, subdomain) = (row.id, row.subdomain.clone());
        match self.route(row) {
            Ok(route) => Some(Arc::new(route)),
            Err(error) => {
                tracing::error!(%tenant, subdomain, "the route of {subdomain} cannot be read, so it is not served: {error}");
                None
            }
        }
    }

    fn route(&self, row: routes::Route) -> Result<Route, RouteError> {
        Ok(Route {
            tenant: TenantId(row.id),
            // Of an inspection it is none that a tenant can have.
            subdomain: Subdomain::from_label(&row.subdomain)?,
            hostnames: row.hostnames.iter().filter_map(|it| it.parse().ok()).collect(),
            epoch: row.epoch,
            access: row.access_mode.parse()?,
            phase: row.phase.parse()?,
            schema_version: row.schema_version,
            schema_floor: row.schema_floor,
            awaits: row.awaits_version,
            server: ServerId(row.server_id),
            host: row.host,
            port: u16::try_from(row.port).expect("the table checks the port"),
            // Stricter than the router needs: DDL is made of these names.
            database: row.database_name.parse::<DatabaseName>()?.into(),
            role: row.role_name.parse::<RoleName>()?.into(),
            password: self.key.open(TENANT_PASSWORD, row.id, &row.database_password_sealed)?,
            limits: Limits {
                statement_timeout: milliseconds(row.statement_timeout_ms),
                lock_timeout: milliseconds(row.lock_timeout_ms),
                idle_in_transaction_timeout: milliseconds(row.idle_in_transaction_timeout_ms),
                connection_limit: usize::try_from(row.connection_limit).ok(),
                weight: u16::try_from(row.connection_weight)
                    .ok()
                    .and_then(NonZeroU16::new)
                    .expect("the table checks the weight"),
            },
        })
    }
}

fn milliseconds(count: i32) -> Duration {
    Duration::from_millis(u64::try_from(count).expect("the table checks the timeouts"))
}

fn failed(error: tokio_postgres::Error) -> DirectoryError {
    DirectoryError::new(error)
}
