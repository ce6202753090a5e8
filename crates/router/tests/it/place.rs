//! A directory whose answers a test can change, lose or withhold.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use cloison_router::{
    Change, Changed, Changes, Config, Directory, DirectoryError, Healed, Key, Route, Router,
    Snapshot, TenantId,
};
use futures_util::future::BoxFuture;
use futures_util::stream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::world::SERVER;

/// A directory under the test's control.
#[derive(Clone, Default)]
pub(crate) struct Place {
    state: Arc<Mutex<State>>,
    pub(crate) fetches: Arc<AtomicUsize>,
    pub(crate) snapshots: Arc<AtomicUsize>,
    pub(crate) heals: Arc<AtomicUsize>,
    pub(crate) bring_ups: Arc<AtomicUsize>,
}

type Heal = Box<dyn Fn(TenantId) -> BoxFuture<'static, Healed> + Send>;

type BringUp = Box<dyn Fn(TenantId) -> BoxFuture<'static, Result<(), DirectoryError>> + Send>;

#[derive(Default)]
struct State {
    routes: HashMap<TenantId, Route>,
    epoch: i64,
    is_down: bool,
    listener: Option<mpsc::UnboundedSender<Changed>>,
    heal: Option<Heal>,
    bring_up: Option<BringUp>,
}

/// A running router and how to stop it.
pub(crate) struct Running {
    pub(crate) router: Router,
    pub(crate) shutdown: CancellationToken,
    pub(crate) tracker: TaskTracker,
}

/// A busy machine is not what is tested.
pub(crate) fn patient() -> Config {
    Config { acquire_timeout: Duration::from_mins(1), ..Config::default() }
}

impl Place {
    pub(crate) fn of(routes: &[Route]) -> Self {
        let place = Self::default();
        for route in routes {
            place.change(route.clone());
        }
        place
    }

    pub(crate) async fn start(&self) -> Running {
        self.start_with(patient()).await
    }

    pub(crate) async fn start_with(&self, config: Config) -> Running {
        let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
        let router =
            Router::start(self.clone(), config, tracker.clone(), shutdown.clone()).await.unwrap();
        Running { router, shutdown, tracker }
    }

    /// Gives the route the next epoch and tells whoever listens.
    pub(crate) fn change(&self, route: Route) {
        let changed = self.change_silently(route);
        self.tell(changed);
    }

    /// The notification is lost.
    pub(crate) fn change_silently(&self, mut route: Route) -> Changed {
        let mut state = self.state();
        state.epoch += 1;
        route.epoch = state.epoch;
        let changed = Changed { tenant: route.tenant, epoch: route.epoch };
        state.routes.insert(route.tenant, route);
        changed
    }

    /// Gone without a trace but the notification.
    pub(crate) fn remove(&self, tenant: TenantId) {
        if let Some(changed) = self.remove_silently(tenant) {
            self.tell(changed);
        }
    }

    /// Gone without any trace, unless what is answered is told.
    pub(crate) fn remove_silently(&self, tenant: TenantId) -> Option<Changed> {
        let mut state = self.state();
        state.routes.remove(&tenant)?;
        state.epoch += 1;
        Some(Changed { tenant, epoch: state.epoch })
    }

    pub(crate) fn routes(&self) -> Vec<Route> {
        self.state().routes.values().cloned().collect()
    }

    pub(crate) fn tell(&self, changed: Changed) {
        if let Some(listener) = &self.state().listener {
            // If nobody is listening any more, it is lost, as a notification would be.
            listener.send(changed).unwrap_or_default();
        }
    }

    pub(crate) fn go_down(&self) {
        self.state().is_down = true;
        self.hang_up();
    }

    pub(crate) fn come_back(&self) {
        self.state().is_down = false;
    }

    pub(crate) fn hang_up(&self) {
        self.state().listener = None;
    }

    pub(crate) fn heal_by(&self, heal: Heal) {
        self.state().heal = Some(heal);
    }

    pub(crate) fn bring_up_by(&self, bring_up: BringUp) {
        self.state().bring_up = Some(bring_up);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn up(&self) -> Result<MutexGuard<'_, State>, DirectoryError> {
        let state = self.state();
        if state.is_down { Err(DirectoryError::new("down on purpose")) } else { Ok(state) }
    }
}

impl Directory for Place {
    async fn snapshot(&self) -> Result<Snapshot, DirectoryError> {
        self.snapshots.fetch_add(1, Ordering::Relaxed);
        let state = self.up()?;
        Ok(Snapshot {
            routes: state.routes.values().cloned().map(Arc::new).collect(),
            budgets: HashMap::from([(SERVER, 8)]),
            epoch: state.epoch,
        })
    }

    async fn changed_since(&self, epoch: i64) -> Result<Vec<Change>, DirectoryError> {
        let state = self.up()?;
        let mut routes: Vec<_> =
            state.routes.values().filter(|it| it.epoch > epoch).cloned().collect();
        routes.sort_by_key(|it| it.epoch);
        Ok(routes.into_iter().map(|it| Change::Route(Arc::new(it))).collect())
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Route>, DirectoryError> {
        self.fetches.fetch_add(1, Ordering::Relaxed);
        let state = self.up()?;
        let found = state.routes.values().find(|it| match key {
            Key::Tenant(tenant) => it.tenant == *tenant,
            Key::Subdomain(subdomain) => it.subdomain == *subdomain,
            Key::Hostname(hostname) => it.hostnames.contains(hostname),
        });
        Ok(found.cloned())
    }

    async fn changes(&self) -> Result<Changes, DirectoryError> {
        let (listener, mut changes) = mpsc::unbounded_channel();
        self.up()?.listener = Some(listener);
        Ok(Box::pin(stream::poll_fn(move |context| changes.poll_recv(context))))
    }

    async fn heal(&self, tenant: TenantId) -> Result<Healed, DirectoryError> {
        self.heals.fetch_add(1, Ordering::Relaxed);
        let healing = self.up()?.heal.as_ref().map(|heal| heal(tenant));
        match healing {
            Some(healing) => Ok(healing.await),
            None => Err(DirectoryError::new("cannot heal")),
        }
    }

    async fn bring_up(&self, tenant: TenantId) -> Result<(), DirectoryError> {
        self.bring_ups.fetch_add(1, Ordering::Relaxed);
        let bringing_up = self.up()?.bring_up.as_ref().map(|it| it(tenant));
        match bringing_up {
            Some(bringing_up) => bringing_up.await,
            None => Ok(()),
        }
    }
}
