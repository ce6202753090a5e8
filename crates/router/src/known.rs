//! What is known, shared: the cache under its lock, and the pool that has to follow each change.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use cloison_model::TenantId;
use tokio::time::Instant;

use crate::cache::{Applied, Asked, Cache};
use crate::directory::{Change, Changed, Key, Snapshot};
use crate::gates::Gates;
use crate::pool::Pool;
use crate::route::Route;

pub(crate) struct Known {
    cache: RwLock<Cache>,
    pub(crate) pool: Pool,
    gates: Arc<Gates>,
}

/// What came of asking the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// The cache is as the directory says.
    Known,
    /// There is no such tenant.
    Absent,
    /// What was heard of meanwhile may be newer than the answer, so it was thrown away: ask again.
    Overtaken,
    /// The directory cannot be asked.
    Down,
}

impl Known {
    pub(crate) fn new(pool: Pool, gates: Arc<Gates>) -> Self {
        Self { cache: RwLock::default(), pool, gates }
    }

    pub(crate) fn cache(&self) -> RwLockReadGuard<'_, Cache> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How things stand, before the directory is asked for everything or for changes.
    pub(crate) fn asking(&self) -> Asked {
        self.cache().asking(Instant::now().into_std())
    }

    /// How things stand, before the directory is asked for one route.
    pub(crate) fn asking_for(&self, key: &Key) -> Asked {
        self.cache().asking_for(key, Instant::now().into_std())
    }

    pub(crate) fn apply_fetched(&self, key: Key, route: Option<Route>, asked: Asked) -> Fetched {
        let now = Instant::now().into_std();
        self.apply(|cache| cache.apply_fetched(key, route, asked, now))
    }

    pub(crate) fn apply_snapshot(&self, snapshot: &Snapshot, asked: Asked) -> Fetched {
        // Budgets first: a route of a new server must not meet the default.
        self.pool.set_budgets(&snapshot.budgets);
        self.apply(|cache| cache.apply_snapshot(snapshot, asked))
    }

    pub(crate) fn apply_changes(&self, changes: &[Change], asked: Asked) -> Fetched {
        self.apply(|cache| cache.apply_changes(changes, asked))
    }

    pub(crate) fn apply_hints(&self, hints: &[Changed]) {
        let mut cache = self.write();
        for hint in hints {
            cache.apply_hint(*hint);
        }
    }

    pub(crate) fn put_off(&self, tenant: TenantId) {
        self.write().put_off(tenant);
    }

    fn apply(&self, change: impl FnOnce(&mut Cache) -> Applied) -> Fetched {
        // The lock is released before the pool and the gates are told.
        let applied = change(&mut self.write());
        self.gates.look_again();
        match applied {
            Applied::Taken(outdated) => {
                self.pool.retire(outdated);
                Fetched::Known
            }
            Applied::Absent(outdated) => {
                self.pool.retire(outdated);
                Fetched::Absent
            }
            Applied::Overtaken => Fetched::Overtaken,
        }
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
