//! Whose request it is, or why it cannot be served: the answer that HTTP turns into a page.

use std::time::Duration;

use cloison_model::{AccessMode, Subdomain, TenantId};
use http::StatusCode;

use crate::route::Route;
use crate::schema::{SchemaMismatch, SchemaSupport};
use crate::tenant::Tenant;

/// What [`crate::Router::resolve`] answers.
///
/// Match all four where each has a page of its own, so that a fifth would not go unnoticed;
/// [`Self::status`] does for those that have none.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// Serve it. Access is `FULL` or `READ_ONLY`; the latter is enforced by the tenant's privileges.
    Found(Tenant),
    /// Nobody's host: 404, with a page that names no other tenant.
    Unknown,
    /// The tenant may not be used now (`EXPORT_ONLY` or `BLOCKED`): 403.
    Suspended {
        /// Which tenant.
        tenant: TenantId,
        /// Its label, for the log.
        subdomain: Subdomain,
        /// What it may do.
        access: AccessMode,
    },
    /// It cannot be served now: 503 with `Retry-After`.
    Unavailable(Unavailable),
}

/// Why a request cannot be served now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The host is not known here, and the directory cannot be asked whose it is.
    Directory,
    /// The tenant's schema is not one that this build can serve; a rollout is under way.
    Schema {
        /// The tenant's label, for the log.
        subdomain: Subdomain,
        /// Whether it is behind or ahead, for the log.
        why: SchemaMismatch,
    },
}

impl Resolution {
    /// The HTTP status that says the same; 200 for a tenant that was found.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Found(_) => StatusCode::OK,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Suspended { .. } => StatusCode::FORBIDDEN,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The value for `Retry-After`, where trying again makes sense.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Found(_) | Self::Unknown | Self::Suspended { .. } => None,
            Self::Unavailable(why) => Some(why.retry_after()),
        }
    }
}

impl Unavailable {
    /// The value for `Retry-After`.
    pub fn retry_after(&self) -> Duration {
        match self {
            Self::Directory => Duration::from_secs(2),
            Self::Schema { .. } => Duration::from_secs(10),
        }
    }
}

/// Why a visible tenant is not served, if it is not.
pub(crate) fn refuse(route: &Route, served: Option<SchemaSupport>) -> Option<Resolution> {
    refuse_access(route).or_else(|| refuse_schema(route, served?))
}

/// Why a visible tenant is not served, whatever its schema, if it is not.
pub(crate) fn refuse_access(route: &Route) -> Option<Resolution> {
    match route.access {
        AccessMode::Full | AccessMode::ReadOnly => None,
        AccessMode::ExportOnly | AccessMode::Blocked => Some(Resolution::Suspended {
            tenant: route.tenant,
            subdomain: route.subdomain.clone(),
            access: route.access,
        }),
    }
}

fn refuse_schema(route: &Route, served: SchemaSupport) -> Option<Resolution> {
    let why = served.check(route).err()?;
    let subdomain = route.subdomain.clone();
    Some(Resolution::Unavailable(Unavailable::Schema { subdomain, why }))
}
