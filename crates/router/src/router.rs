//! From a site to its tenant, and from a tenant to a connection: where the parts come together.
//!
//! Decisions are elsewhere: names in `cache`, seats in `pool`, refusals in `remedy`. Keeping the
//! cache fresh is `sync`'s.

use std::fmt;
use std::sync::Arc;

use cloison_model::{Site, TenantId};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::cache::Lookup;
use crate::config::Config;
use crate::connection::Connection;
use crate::directory::{AnyDirectory, Directory, DirectoryError, FixedDirectory, Snapshot};
use crate::error::AcquireError;
use crate::inner::Inner;
use crate::janitor;
use crate::known::Fetched;
use crate::pool::Refusal;
use crate::remedy::{Remedy, remedy};
use crate::resolution::{Resolution, Unavailable, refuse};
use crate::route::Route;
use crate::spawner::Spawner;
use crate::stats::ServerStats;
use crate::sync;
use crate::tenant::Tenant;

/// Finds tenants and lends connections to their databases. Cheap to clone.
#[derive(Clone)]
pub struct Router {
    inner: Arc<Inner>,
}

impl Router {
    /// Loads all routes, and keeps them fresh until `shutdown`.
    ///
    /// Fails if the directory cannot be asked: a router that knows nobody serves nobody. Later
    /// failures of the directory do no harm but that changes are seen late.
    ///
    /// All tasks run on `tracker`. After `shutdown` connections are closed as soon as their
    /// requests are done; requests under way may still acquire. When the tracker has nothing
    /// left, every connection is closed.
    pub async fn start(
        directory: impl Directory,
        config: Config,
        tracker: TaskTracker,
        shutdown: CancellationToken,
    ) -> Result<Self, DirectoryError> {
        let snapshot = Directory::snapshot(&directory).await?;
        let spawner = Spawner::new(tracker);
        let router = Self::new(Arc::new(directory), config, spawner, &snapshot);
        let inner = Arc::clone(&router.inner);
        inner.spawner.spawn(sync::keep_fresh(Arc::clone(&inner), shutdown.clone()));
        router.clean_until(shutdown);
        Ok(router)
    }

    /// A router of routes that never change, with `budget` connections for each server they name.
    ///
    /// For tests, and for programs with a handful of databases. Must be called within a tokio
    /// runtime; [`Self::close`] waits until all connections are closed.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use cloison_model::{AccessMode, DatabaseName, Phase, Secret, ServerId, TenantId};
    /// use cloison_router::{Limits, Route, Router};
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let database = DatabaseName::of_number(1);
    /// let route = Route {
    ///     tenant: TenantId(uuid::Uuid::from_u128(1)),
    ///     subdomain: "demo".parse()?,
    ///     hostnames: vec![],
    ///     epoch: 1,
    ///     access: AccessMode::Full,
    ///     phase: Phase::Ready,
    ///     schema_version: 1,
    ///     server: ServerId(uuid::Uuid::from_u128(1)),
    ///     host: "127.0.0.1".to_owned(),
    ///     port: 5432,
    ///     role: database.role(),
    ///     database,
    ///     password: Secret::new("secret"),
    ///     limits: Limits::default(),
    /// };
    /// let router = Router::fixed([route], 10);
    /// let tenant = router.tenant(TenantId(uuid::Uuid::from_u128(1))).ok_or("not there")?;
    ///
    /// // What `tower`'s tests need: the tenant in the request's extensions.
    /// let mut request = http::Request::new(String::new());
    /// request.extensions_mut().insert(tenant.clone());
    ///
    /// let connection = tenant.acquire().await?;
    /// let one: i32 = connection.query_one("select 1", &[]).await?.get(0);
    /// assert_eq!(one, 1);
    /// drop(connection);
    /// router.close().await;
    /// # Ok(())
    /// # }
    /// ```
    pub fn fixed(routes: impl IntoIterator<Item = Route>, budget: usize) -> Self {
        Self::fixed_with(routes, budget, Config::default())
    }

    /// [`Self::fixed`] with other limits.
    pub fn fixed_with(
        routes: impl IntoIterator<Item = Route>,
        budget: usize,
        config: Config,
    ) -> Self {
        let directory = FixedDirectory::new(routes, budget);
        let snapshot = directory.all();
        let router = Self::new(Arc::new(directory), config, Spawner::current(), &snapshot);
        router.clean_until(CancellationToken::new());
        router
    }

    /// Whose site it is. Answers from memory; asks the directory for a host not known here.
    pub async fn resolve(&self, site: &Site) -> Resolution {
        // Twice, since what was fetched may have changed again in between.
        for _ in 0..2 {
            let looked_up = self.inner.cache().lookup(site, Instant::now().into_std());
            let key = match looked_up {
                Lookup::Found(route) => return self.judge(route),
                Lookup::Unknown => return Resolution::Unknown,
                Lookup::Miss(key) => key,
            };
            match self.inner.fetch(key).await {
                Fetched::Known | Fetched::Overtaken => {}
                Fetched::Absent => return Resolution::Unknown,
                Fetched::Down => return Resolution::Unavailable(Unavailable::Directory),
            }
        }
        Resolution::Unavailable(Unavailable::Directory)
    }

    /// A tenant by id, if it is visible; whatever it may do.
    pub fn tenant(&self, tenant: TenantId) -> Option<Tenant> {
        let route = self.inner.cache().visible(tenant).cloned()?;
        Some(Tenant::new(route, self.clone()))
    }

    /// Each server's numbers, in the order of their ids.
    pub fn stats(&self) -> Vec<ServerStats> {
        self.inner.pool().stats()
    }

    /// Closes all connections, those in use when they are given back, and waits for that.
    pub async fn close(&self) {
        self.inner.pool().drain();
        self.inner.pool().emptied().await;
    }

    pub(crate) async fn acquire(&self, wanted: &Route) -> Result<Connection, AcquireError> {
        let gone = || AcquireError::Gone { tenant: wanted.subdomain.clone() };
        let begun = Instant::now();
        let deadline = begun + self.inner.config.acquire_timeout;
        let mut is_retry = false;
        loop {
            let route = self.inner.cache().visible(wanted.tenant).cloned().ok_or_else(gone)?;
            let tenant = route.subdomain.clone();
            match self.inner.pool().acquire(&route, deadline).await {
                Ok(loan) => return Ok(Connection::new(loan)),
                Err(Refusal::Timeout(load)) => {
                    return Err(AcquireError::Timeout { tenant, waited: begun.elapsed(), load });
                }
                Err(Refusal::QueueFull(load)) => {
                    return Err(AcquireError::QueueFull { tenant, load });
                }
                Err(Refusal::Connect(source)) => {
                    let remedy = remedy(&source);
                    if is_retry || remedy == Remedy::Nothing {
                        return Err(AcquireError::Connect { tenant, source });
                    }
                    is_retry = true;
                    self.inner.apply_remedy(&route, remedy).await;
                }
            }
        }
    }

    fn new(
        directory: Arc<dyn AnyDirectory>,
        config: Config,
        spawner: Spawner,
        snapshot: &Snapshot,
    ) -> Self {
        let inner = Inner::new(directory, config, spawner);
        inner.known.apply_snapshot(snapshot, 0);
        Self { inner: Arc::new(inner) }
    }

    fn clean_until(&self, shutdown: CancellationToken) {
        let router = Arc::downgrade(&self.inner);
        self.inner.spawner.spawn(janitor::clean(router, self.inner.config.idle_timeout, shutdown));
    }

    fn judge(&self, route: Arc<Route>) -> Resolution {
        refuse(&route, self.inner.config.schema_versions.as_ref())
            .unwrap_or_else(|| Resolution::Found(Tenant::new(route, self.clone())))
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router").finish_non_exhaustive()
    }
}
