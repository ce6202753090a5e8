//! The tenant whose request it is: what an application is handed, and all that it sees of routing.

use std::fmt;
use std::sync::Arc;

use cloison_model::{AccessMode, Subdomain, TenantId};

use crate::connection::Connection;
use crate::error::AcquireError;
use crate::intent::Intent;
use crate::route::Route;
use crate::router::Router;

/// One tenant, as of when its request came in. Cheap to clone.
///
/// With the feature `axum` it is an extractor, which takes it from the request's extensions.
#[derive(Clone)]
pub struct Tenant {
    route: Arc<Route>,
    router: Router,
}

impl Tenant {
    pub(crate) fn new(route: Arc<Route>, router: Router) -> Self {
        Self { route, router }
    }

    /// The organization's id.
    pub fn id(&self) -> TenantId {
        self.route.tenant
    }

    /// The label under the base domain.
    pub fn subdomain(&self) -> &Subdomain {
        &self.route.subdomain
    }

    /// What the tenant may do now.
    pub fn access(&self) -> AccessMode {
        self.route.access
    }

    /// Whether what is there can be looked at and not changed.
    pub fn is_read_only(&self) -> bool {
        self.access() == AccessMode::ReadOnly
    }

    /// The newest tenant migration that the database has.
    pub fn schema_version(&self) -> i64 {
        self.route.schema_version
    }

    /// The schema version that it is still to be brought to. [`Router::resolve`] sees to that before it gives the tenant
    /// out, if it can be done.
    pub fn awaits(&self) -> Option<i64> {
        self.route.wanted()
    }

    /// A connection to the tenant's database as the tenant's own role, out of the server's budget.
    ///
    /// Goes where the tenant is now, even if it has moved since the request came in. Waits at
    /// most [`crate::Config::acquire_timeout`].
    pub async fn acquire(&self, intent: Intent) -> Result<Connection, AcquireError> {
        self.router.acquire(&self.route, intent).await
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenant")
            .field("id", &self.id())
            .field("subdomain", self.subdomain())
            .finish_non_exhaustive()
    }
}
