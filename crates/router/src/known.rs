//! What is known, shared: the cache under its lock, and the pool that has to follow each change.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::time::Instant;

use crate::cache::{Cache, Outdated};
use crate::directory::{Change, Key, Snapshot};
use crate::pool::Pool;
use crate::route::Route;

pub(crate) struct Known {
    cache: RwLock<Cache>,
    pub(crate) pool: Pool,
}

/// What came of asking the directory for one route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// The cache is as the directory says.
    Known,
    /// There is no such tenant.
    Absent,
    /// A tenant was removed while the question was under way. The answer may be that very tenant,
    /// so it was thrown away.
    Overtaken,
    /// The directory cannot be asked.
    Down,
}

impl Known {
    pub(crate) fn new(pool: Pool) -> Self {
        Self { cache: RwLock::default(), pool }
    }

    pub(crate) fn cache(&self) -> RwLockReadGuard<'_, Cache> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what the directory has answered to a question asked when there had been so many
    /// removals.
    pub(crate) fn apply_fetched(&self, key: Key, route: Option<Route>, removals: u64) -> Fetched {
        let mut cache = self.write();
        if cache.removals() != removals {
            return Fetched::Overtaken;
        }
        let (fetched, outdated) = match (route, key) {
            (Some(route), _) => (Fetched::Known, cache.apply_route(&Arc::new(route))),
            (None, Key::Tenant(tenant)) => {
                let epoch = cache.epoch_of(tenant).unwrap_or(0);
                (Fetched::Absent, cache.remove(tenant, epoch))
            }
            (None, key @ (Key::Subdomain(_) | Key::Hostname(_))) => {
                cache.note_absent(key, Instant::now().into_std());
                (Fetched::Absent, None)
            }
        };
        drop(cache);
        self.pool.retire(outdated);
        fetched
    }

    /// Takes over a snapshot taken when there had been so many removals; answers whether it could.
    pub(crate) fn apply_snapshot(&self, snapshot: &Snapshot, removals: u64) -> bool {
        // Budgets first: a route of a new server must not meet the default.
        self.pool.set_budgets(&snapshot.budgets);
        let mut cache = self.write();
        if cache.removals() != removals {
            return false;
        }
        let outdated = cache.apply_snapshot(snapshot);
        drop(cache);
        self.pool.retire(outdated);
        true
    }

    /// Takes over the next changes in the order of epochs.
    pub(crate) fn apply_next(&self, changes: &[Change]) {
        let outdated: Vec<Outdated> = {
            let mut cache = self.write();
            changes.iter().filter_map(|it| cache.apply_next(it)).collect()
        };
        self.pool.retire(outdated);
    }

    fn write(&self) -> RwLockWriteGuard<'_, Cache> {
        self.cache.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        // Idle connections would otherwise outlive the router.
        self.pool.drain();
    }
}
