//! What every clone of a router shares: the cache, the pool, and how the directory is asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLockReadGuard};
use std::time::Duration;

use cloison_model::TenantId;
use tokio::time::{Instant, sleep, timeout};

use crate::bring_ups::BringUps;
use crate::cache::Cache;
use crate::config::Config;
use crate::directory::{AnyDirectory, DirectoryError, Healed, Key};
use crate::flights::Flights;
use crate::gates::Gates;
use crate::health::Health;
use crate::known::{Fetched, Known};
use crate::pool::Pool;
use crate::remedy::Remedy;
use crate::route::Route;
use crate::spawner::Spawner;

pub(crate) struct Inner {
    pub(crate) directory: Arc<dyn AnyDirectory>,
    pub(crate) config: Config,
    pub(crate) health: Arc<Health>,
    pub(crate) known: Arc<Known>,
    pub(crate) spawner: Spawner,
    pub(crate) gates: Arc<Gates>,
    pub(crate) bring_ups: Arc<BringUps>,
    fetches: Arc<Flights<Key, Fetched>>,
    heals: Arc<Flights<TenantId, ()>>,
    /// When each tenant was last healed, or not, within [`HEAL_PAUSE`].
    healed: Mutex<HashMap<TenantId, Instant>>,
}

/// Before a second attempt to connect: a server that has just refused needs a moment.
const RETRY_PAUSE: Duration = Duration::from_millis(100);

/// Healing that has not helped is not tried again for each request: it connects as an
/// administrator, and raises an alarm.
const HEAL_PAUSE: Duration = Duration::from_secs(10);

/// How often a question is asked again since what was heard of meanwhile may be newer than its
/// answer. That is rare, so twice in a row is hardly ever.
pub(crate) const OVERTAKEN_MAX: usize = 3;

/// How long the directory may take to answer. Whoever waits for the answer is a visitor, and a
/// directory that answers no more must not hold up what keeps the cache fresh.
pub(crate) const ANSWER_MAX: Duration = Duration::from_secs(10);

/// How long it may take to answer with everything.
pub(crate) const SNAPSHOT_MAX: Duration = Duration::from_mins(1);

/// The directory's answer, if it comes in time.
pub(crate) async fn in_time<T>(
    limit: Duration,
    answer: impl Future<Output = Result<T, DirectoryError>>,
) -> Result<T, DirectoryError> {
    let late = |_| DirectoryError::new(format!("no answer within {limit:?}"));
    timeout(limit, answer).await.map_err(late)?
}

async fn ask(
    directory: Arc<dyn AnyDirectory>,
    known: Arc<Known>,
    health: Arc<Health>,
    key: Key,
) -> Fetched {
    let asked = known.asking_for(&key);
    match in_time(ANSWER_MAX, directory.fetch(&key)).await {
        Ok(route) => known.apply_fetched(key, route, asked),
        Err(error) => {
            health.failed(&error);
            Fetched::Down
        }
    }
}

impl Inner {
    pub(crate) fn new(directory: Arc<dyn AnyDirectory>, config: Config, spawner: Spawner) -> Self {
        let pool = Pool::new(&config, spawner.clone());
        let gates = Gates::new(config.gate_waiters_max);
        let bring_ups = BringUps::new(config.bring_up_timeout, config.bring_up_pause);
        Self {
            directory,
            config,
            known: Arc::new(Known::new(pool, Arc::clone(&gates))),
            gates,
            bring_ups,
            health: Arc::default(),
            spawner,
            fetches: Flights::new(),
            heals: Flights::new(),
            healed: Mutex::default(),
        }
    }

    pub(crate) fn cache(&self) -> RwLockReadGuard<'_, Cache> {
        self.known.cache()
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.known.pool
    }

    /// Asks the directory for one route and takes the answer over. Whoever asks for the same at
    /// the same time shares the answer.
    pub(crate) async fn fetch(&self, key: Key) -> Fetched {
        let question = || {
            let (directory, health) = (Arc::clone(&self.directory), Arc::clone(&self.health));
            ask(directory, Arc::clone(&self.known), health, key.clone())
        };
        self.fetches.join(key.clone(), &self.spawner, question).await.unwrap_or(Fetched::Down)
    }

    /// The same, but shares no answer: one that is on its way may be older than what the caller
    /// has just heard of.
    pub(crate) async fn fetch_anew(&self, tenant: TenantId) -> Fetched {
        for _ in 0..OVERTAKEN_MAX {
            let (directory, health) = (Arc::clone(&self.directory), Arc::clone(&self.health));
            let key = Key::Tenant(tenant);
            let fetched = ask(directory, Arc::clone(&self.known), health, key).await;
            if fetched != Fetched::Overtaken {
                return fetched;
            }
        }
        Fetched::Overtaken
    }

    /// Does what may help a second attempt to connect.
    pub(crate) async fn apply_remedy(&self, route: &Route, remedy: Remedy) {
        let tenant = route.tenant;
        match remedy {
            Remedy::Heal => {
                if self.may_heal(tenant) {
                    self.heal(tenant).await;
                }
            }
            Remedy::Resolve => sleep(RETRY_PAUSE).await,
            Remedy::Nothing => return,
        }
        // If the directory is down, the known route is tried again.
        self.fetch(Key::Tenant(tenant)).await;
    }

    /// At most once in a while, but whoever comes while a healing is under way joins it.
    fn may_heal(&self, tenant: TenantId) -> bool {
        let now = Instant::now();
        let mut healed = self.healed.lock().unwrap_or_else(PoisonError::into_inner);
        healed.retain(|_, at| now.duration_since(*at) < HEAL_PAUSE);
        self.heals.is_flying(&tenant) || healed.insert(tenant, now).is_none()
    }

    async fn heal(&self, tenant: TenantId) {
        let directory = Arc::clone(&self.directory);
        let healing = || async move {
            match directory.heal(tenant).await {
                Ok(Healed::Reset) => tracing::warn!(
                    %tenant,
                    "the tenant's role had another password than ours; it is set anew"
                ),
                Ok(Healed::Intact) => tracing::info!(
                    %tenant,
                    "the tenant's role refused an out-of-date password"
                ),
                Err(error) => tracing::error!(
                    %tenant,
                    error = &error as &dyn std::error::Error,
                    "the tenant's role refuses our password and it cannot be set anew; the tenant \
                     is not served until it is"
                ),
            }
        };
        self.heals.join(tenant, &self.spawner, healing).await;
    }
}
