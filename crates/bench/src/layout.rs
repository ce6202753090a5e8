//! The three layouts, each asked in the way in which a program of that layout would ask.
//!
//! Each call takes a connection and gives it back, as a request does. All have the same budget of connections, come
//! in by TCP with a password, and prepare a statement once per connection.

mod alone;
mod scoped;
mod secured;

use std::sync::Arc;

use anyhow::Result;
use cloison_model::{AccessMode, Phase, Secret, ServerId, TenantId};
use cloison_router::{Config, Limits, Route, Router, Tenant};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::Options;
use crate::answers::Answer;
use crate::calls::Call;
use crate::cluster::{PASSWORD, SHARED_ROLE, Server};
use crate::statements::Statements;
use crate::studios::Studio;

#[derive(Clone)]
pub(crate) enum Layout {
    /// A database for each, through the product's router.
    Dedicated { router: Router, tenants: Arc<[Tenant]> },
    /// One for all; each statement says whose rows it means.
    Shared { pool: Pool, statements: Arc<Statements> },
    /// One for all; the server adds whose rows are meant, to the product's own statements.
    SharedRls { pool: Pool },
}

impl Layout {
    pub(crate) fn all(server: &Server, studios: &[Studio], options: &Options) -> Result<[Self; 3]> {
        let budget = options.budget.into();
        let tenant_seats_max = options.studio_connections.map(usize::from);
        let config = Config { tenant_seats_max, ..Config::default() };
        let router = Router::fixed_with(routes(server, studios)?, budget, config);
        let tenants = studios.iter().filter_map(|it| router.tenant(tenant(it.number))).collect();
        Ok([
            Self::Dedicated { router, tenants },
            Self::Shared {
                pool: pool(server, "shared", budget)?,
                statements: Arc::new(Statements::shared()),
            },
            Self::SharedRls { pool: pool(server, "shared_rls", budget)? },
        ])
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Dedicated { .. } => "dedicated",
            Self::Shared { .. } => "shared",
            Self::SharedRls { .. } => "shared_rls",
        }
    }

    /// `studio` is its place in the list.
    pub(crate) async fn call(&self, studio: usize, call: &Call) -> Result<Answer> {
        let number = i64::try_from(studio)? + 1;
        match self {
            Self::Dedicated { tenants, .. } => alone::call(&tenants[studio], call).await,
            Self::Shared { pool, statements } => {
                scoped::call(pool.get().await?, statements, number, call).await
            }
            Self::SharedRls { pool } => secured::call(pool.get().await?, number, call).await,
        }
    }

    /// Connections opened since the start, and those that had to make room for another studio's.
    pub(crate) fn connects(&self) -> (u64, u64) {
        match self {
            Self::Dedicated { router, .. } => {
                let stats = router.stats();
                let sum = |of: fn(&cloison_router::ServerStats) -> u64| stats.iter().map(of).sum();
                (sum(|it| it.connects), sum(|it| it.evictions))
            }
            Self::Shared { pool, .. } | Self::SharedRls { pool } => {
                (u64::try_from(pool.status().size).unwrap_or(u64::MAX), 0)
            }
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Dedicated { router, .. } => router.close().await,
            Self::Shared { pool, .. } | Self::SharedRls { pool } => pool.close(),
        }
    }
}

fn tenant(number: i64) -> TenantId {
    TenantId(Uuid::from_u128(u128::from(number.unsigned_abs())))
}

fn routes(server: &Server, studios: &[Studio]) -> Result<Vec<Route>> {
    let routes = studios.iter().map(|studio| {
        Ok(Route {
            tenant: tenant(studio.number),
            subdomain: format!("studio-{}", studio.number).parse()?,
            hostnames: Vec::new(),
            epoch: 1,
            access: AccessMode::Full,
            phase: Phase::Ready,
            schema_version: 1,
            schema_floor: 0,
            awaits: None,
            server: ServerId(Uuid::from_u128(1)),
            host: "127.0.0.1".to_owned(),
            port: server.port(),
            role: studio.database.role().into(),
            database: studio.database.clone().into(),
            password: Secret::new(PASSWORD),
            limits: Limits::default(),
        })
    });
    routes.collect()
}

/// With deadpool's defaults, but for what is checked before a connection is lent: whether it is open, and no more.
fn pool(server: &Server, database: &str, budget: usize) -> Result<Pool> {
    let mut config = tokio_postgres::Config::new();
    config
        .host("127.0.0.1")
        .port(server.port())
        .user(SHARED_ROLE)
        .password(PASSWORD)
        .dbname(database)
        .options(limits());
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(config, NoTls, recycling);
    Ok(Pool::builder(manager).max_size(budget).build()?)
}

/// What the router sends for each of its connections.
fn limits() -> String {
    let Limits { statement_timeout, lock_timeout, idle_in_transaction_timeout, .. } =
        Limits::default();
    format!(
        "-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout={}",
        statement_timeout.as_millis(),
        lock_timeout.as_millis(),
        idle_in_transaction_timeout.as_millis()
    )
}
