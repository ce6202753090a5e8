//! From a site to its tenant, and from a tenant to a connection: where the parts come together.
//!
//! Decisions are elsewhere: names in `cache`, seats in `pool`, refusals in `remedy`. Keeping the
//! cache fresh is `sync`'s.

use std::cmp::Reverse;
use std::fmt;
use std::mem;
use std::sync::Arc;

use cloison_model::{NodeId, ServerId, Site, TenantId};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::bring_ups::bring_up;
use crate::cache::Lookup;
use crate::config::Config;
use crate::connection::Connection;
use crate::directory::{AnyDirectory, Directory, DirectoryError, FixedDirectory, Snapshot};
use crate::error::AcquireError;
use crate::gates::Gates;
use crate::inner::{Inner, SNAPSHOT_MAX, in_time};
use crate::intent::Intent;
use crate::janitor;
use crate::known::Fetched;
use crate::pool::Refusal;
use crate::remedy::{Remedy, is_outage, remedy};
use crate::resolution::{Resolution, Unavailable, refuse, refuse_access};
use crate::route::Route;
use crate::seat_leases::Tenure;
use crate::spawner::Spawner;
use crate::stats::{BringUpStats, ServerStats, TenantStats};
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
    /// Where the directory leases seats, the router shares each server's budget with the others that use it, and
    /// gives its seats back at the end.
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
        let snapshot = in_time(SNAPSHOT_MAX, directory.snapshot()).await?;
        let spawner = Spawner::new(tracker);
        let router = Self::new(Arc::new(directory), config, spawner, &snapshot);
        let inner = Arc::clone(&router.inner);
        if let Some(tenure) = Tenure::begin(&inner, NodeId(Uuid::now_v7())).await? {
            inner.spawner.spawn(tenure.hold(shutdown.clone()));
        }
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
    /// use cloison_router::{Intent, Location, Login, Route, Router, Secret, ServerId, TenantId};
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let location = Location {
    ///     server: ServerId::of_key("eu-1"),
    ///     host: "127.0.0.1".to_owned(),
    ///     port: 5432,
    ///     database: "Kunde 7".parse()?,
    /// };
    /// let login = Login { role: "customer-7".parse()?, password: Secret::new("secret") };
    /// let route = Route::new(TenantId::of_key("demo"), "demo".parse()?, location, login);
    /// let router = Router::fixed([route], 10);
    /// let tenant = router.tenant(TenantId::of_key("demo")).ok_or("not there")?;
    ///
    /// // What `tower`'s tests need: the tenant in the request's extensions.
    /// let mut request = http::Request::new(String::new());
    /// request.extensions_mut().insert(tenant.clone());
    ///
    /// let connection = tenant.acquire(Intent::ReadWrite).await?;
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
    ///
    /// A tenant that [awaits](crate::Route::awaits) a newer schema is brought up to it first. If that fails, or takes
    /// longer than [`Config::bring_up_timeout`], it is served as it is, where [`Config::schema`] allows that.
    pub async fn resolve(&self, site: &Site) -> Resolution {
        let mut found = self.find(site).await;
        if let Ok(route) = &found
            && route.wanted().is_some()
            && refuse_access(route).is_none()
        {
            bring_up(&self.inner, route).await;
            // By the site's name: it may be another's by now.
            found = self.find(site).await;
        }
        found.map_or_else(|refusal| refusal, |route| self.judge(route))
    }

    /// Who has this site's name, if anybody is to be found there; whatever that tenant may do, and whatever its schema is or awaits.
    /// From memory, and asked of the directory where the name is not known here.
    pub async fn holder(&self, site: &Site) -> Result<Option<TenantId>, Unavailable> {
        match self.find(site).await {
            Ok(route) => Ok(Some(route.tenant)),
            Err(Resolution::Unavailable(why)) => Err(why),
            Err(Resolution::Unknown | Resolution::Found(_) | Resolution::Suspended { .. }) => {
                Ok(None)
            }
        }
    }

    /// A tenant by id, if it is visible; whatever it may do, and whatever its schema is or awaits.
    pub fn tenant(&self, tenant: TenantId) -> Option<Tenant> {
        let route = self.inner.cache().visible(tenant).cloned()?;
        Some(Tenant::new(route, self.clone()))
    }

    /// All tenants that are visible, in the order of their ids; whatever they may do.
    pub fn tenants(&self) -> Vec<Tenant> {
        let mut routes: Vec<_> = self.inner.cache().all_visible().cloned().collect();
        routes.sort_unstable_by_key(|it| it.tenant);
        routes.into_iter().map(|it| Tenant::new(it, self.clone())).collect()
    }

    /// Each server's numbers, in the order of their ids.
    pub fn stats(&self) -> Vec<ServerStats> {
        self.inner.pool().stats()
    }

    /// Whether the directory answers and tells of changes. While it does not, tenants are served as they were.
    pub fn is_in_touch(&self) -> bool {
        self.inner.health.is_well()
    }

    /// How often tenants were brought up on their requests.
    pub fn bring_up_stats(&self) -> BringUpStats {
        self.inner.bring_ups.stats()
    }

    /// The tenants that have a connection or wait for one, by server; the busiest first, by the seats
    /// that they hold and the requests that wait. At most `limit`.
    pub fn tenant_stats(&self, limit: usize) -> Vec<(ServerId, TenantStats)> {
        let mut stats = self.inner.pool().tenant_stats();
        stats.sort_by_cached_key(|(_, it)| {
            let busy = it.seats - it.idle + it.waiting;
            (Reverse(busy), Reverse(it.acquired), it.subdomain.clone())
        });
        stats.truncate(limit);
        stats
    }

    /// Closes all connections, those in use when they are given back, and waits for that.
    pub async fn close(&self) {
        self.inner.pool().drain();
        self.inner.pool().emptied().await;
    }

    pub(crate) async fn acquire(
        &self,
        wanted: &Route,
        intent: Intent,
    ) -> Result<Connection, AcquireError> {
        let begun = Instant::now();
        let deadline = begun + self.inner.config.acquire_timeout;
        let mut is_retry = false;
        let mut down = None;
        loop {
            let is_held_back = || {
                let cache = self.inner.cache();
                cache.visible(wanted.tenant).is_some_and(|it| it.is_between_databases())
            };
            let entered = self.gates().enter(wanted.tenant, deadline, is_held_back).await;
            // Only now: while the gate was closed, the tenant may have moved.
            let route = self.inner.cache().connectable(wanted.tenant);
            let Some((route, since)) = route else {
                return Err(AcquireError::Gone { tenant: wanted.subdomain.clone() });
            };
            let tenant = route.subdomain.clone();
            let Ok(pass) = entered else {
                return Err(AcquireError::Paused { tenant, waited: begun.elapsed() });
            };
            let acquired = tokio::select! {
                biased;
                acquired = self.inner.pool().acquire(&route, since, deadline) => acquired,
                () = pass.recalled() => continue,
            };
            let refusal = match acquired {
                Ok(loan) => return Ok(Connection::new(loan, pass, intent)),
                Err(refusal) => refusal,
            };
            match (refusal, down.take()) {
                (Refusal::Outdated, _) => {}
                (Refusal::Timeout(_) | Refusal::ServerDown { .. }, Some(source)) => {
                    return Err(AcquireError::Connect { tenant, source });
                }
                (Refusal::Timeout(load), None) => {
                    return Err(AcquireError::Timeout { tenant, waited: begun.elapsed(), load });
                }
                (Refusal::ServerDown { since, next_try }, None) => {
                    return Err(AcquireError::ServerDown { tenant, since, next_try });
                }
                (Refusal::QueueFull(load), _) => {
                    return Err(AcquireError::QueueFull { tenant, load });
                }
                (Refusal::Connect(source), _) => {
                    let remedy = remedy(&source);
                    let is_outage = is_outage(&source);
                    let may_retry = is_outage || !mem::replace(&mut is_retry, true);
                    // Whoever pauses the tenant need not wait for a directory.
                    drop(pass);
                    if remedy == Remedy::Nothing
                        || !may_retry
                        || timeout_at(deadline, self.inner.apply_remedy(&route, remedy))
                            .await
                            .is_err()
                    {
                        return Err(AcquireError::Connect { tenant, source });
                    }
                    // A short outage is waited out.
                    down = is_outage.then_some(source);
                }
            }
        }
    }

    /// Closes the tenant's connections; see [`crate::Pause::drained`].
    pub(crate) async fn clear(&self, tenant: TenantId) {
        self.inner.pool().clear(tenant).await;
    }

    pub(crate) fn gates(&self) -> &Arc<Gates> {
        &self.inner.gates
    }

    fn new(
        directory: Arc<dyn AnyDirectory>,
        config: Config,
        spawner: Spawner,
        snapshot: &Snapshot,
    ) -> Self {
        let inner = Inner::new(directory, config, spawner);
        inner.known.apply_snapshot(snapshot, inner.known.asking());
        Self { inner: Arc::new(inner) }
    }

    fn clean_until(&self, shutdown: CancellationToken) {
        let router = Arc::downgrade(&self.inner);
        self.inner.spawner.spawn(janitor::clean(router, self.inner.config.idle_timeout, shutdown));
    }

    /// The route of whoever has this name, or why there is none.
    async fn find(&self, site: &Site) -> Result<Arc<Route>, Resolution> {
        // Twice, since what was fetched may have changed again in between.
        for _ in 0..2 {
            let looked_up = self.inner.cache().lookup(site, || Instant::now().into_std());
            let key = match looked_up {
                Lookup::Found(route) => return Ok(route),
                Lookup::Unknown => return Err(Resolution::Unknown),
                Lookup::Miss(key) => key,
            };
            match self.inner.fetch(key).await {
                Fetched::Known | Fetched::Overtaken => {}
                Fetched::Absent => return Err(Resolution::Unknown),
                Fetched::Down => return Err(Resolution::Unavailable(Unavailable::Directory)),
            }
        }
        Err(Resolution::Unavailable(Unavailable::Directory))
    }

    fn judge(&self, route: Arc<Route>) -> Resolution {
        refuse(&route, self.inner.config.schema)
            .unwrap_or_else(|| Resolution::Found(Tenant::new(route, self.clone())))
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router").finish_non_exhaustive()
    }
}
