//! A directory that is given its routes and never changes: for tests and small embedders.
//!
//! It heals nothing, since it has no credentials but the tenants' own.

use std::collections::HashMap;
use std::sync::Arc;

use cloison_model::TenantId;
use futures_util::stream;

use crate::directory::{Change, Changes, Directory, DirectoryError, Healed, Key, Snapshot};
use crate::route::Route;

/// See [`crate::Router::fixed`], which is the short way to a router with such a directory.
#[derive(Clone, Debug)]
pub struct FixedDirectory {
    routes: Vec<Arc<Route>>,
    budget: usize,
}

impl FixedDirectory {
    /// A directory of these routes; `budget` is the number of connections for each server they name.
    pub fn new(routes: impl IntoIterator<Item = Route>, budget: usize) -> Self {
        Self { routes: routes.into_iter().map(Arc::new).collect(), budget }
    }

    pub(crate) fn all(&self) -> Snapshot {
        let budgets: HashMap<_, _> =
            self.routes.iter().map(|it| (it.server, self.budget)).collect();
        let epoch = self.routes.iter().map(|it| it.epoch).max().unwrap_or(0);
        Snapshot { routes: self.routes.clone(), budgets, epoch }
    }
}

impl Directory for FixedDirectory {
    async fn snapshot(&self) -> Result<Snapshot, DirectoryError> {
        Ok(self.all())
    }

    async fn changed_since(&self, _epoch: i64) -> Result<Vec<Change>, DirectoryError> {
        Ok(Vec::new())
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Route>, DirectoryError> {
        let found = self.routes.iter().find(|route| match key {
            Key::Tenant(tenant) => route.tenant == *tenant,
            Key::Subdomain(subdomain) => route.subdomain == *subdomain,
            Key::Hostname(hostname) => route.hostnames.contains(hostname),
        });
        Ok(found.map(|it| Route::clone(it)))
    }

    async fn changes(&self) -> Result<Changes, DirectoryError> {
        Ok(Box::pin(stream::pending()))
    }

    async fn heal(&self, _tenant: TenantId) -> Result<Healed, DirectoryError> {
        Err(DirectoryError::new("a fixed directory cannot set a password"))
    }
}
