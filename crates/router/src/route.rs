//! Where a tenant is and how to get in: all that the router has to know about one tenant.
//!
//! Not here: billing, plans, operations. They are the control plane's, and reach a route only as
//! access mode, phase and limits.

use std::num::NonZeroU16;
use std::time::Duration;

use cloison_model::{AccessMode, Hostname, Phase, Secret, ServerId, Subdomain, TenantId};

use crate::identifier::Identifier;

/// One tenant's route, as of its epoch.
///
/// [`Route::new`] takes what must be said; the rest has a default, which can be changed in the
/// same breath. Written so, a route goes on compiling when there is more to say one day:
///
/// ```
/// use cloison_router::{Location, Login, Route, Secret, ServerId, Subdomain, TenantId};
///
/// # fn example() -> Result<Route, Box<dyn std::error::Error>> {
/// let location = Location {
///     server: ServerId::of_key("eu-1"),
///     host: "127.0.0.1".to_owned(),
///     port: 5432,
///     database: "Kunde 7".parse()?,
/// };
/// let login = Login { role: "customer-7".parse()?, password: Secret::new("secret") };
/// let (tenant, subdomain) = (TenantId::of_key("acme"), Subdomain::from_label("acme")?);
/// let route = Route {
///     hostnames: vec!["crm.acme.example".parse()?],
///     epoch: 12,
///     ..Route::new(tenant, subdomain, location, login)
/// };
/// # Ok(route)
/// # }
/// # example().unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose route it is.
    pub tenant: TenantId,
    /// The label under the base domain. Of two tenants that say they have it, the one with the higher
    /// epoch does; the same goes for a custom domain.
    pub subdomain: Subdomain,
    /// The custom domains that the tenant has verified. An unverified one must never be here.
    pub hostnames: Vec<Hostname>,
    /// Raised by every change of any field, and never set back, not even if the tenant is deleted
    /// and made again. Of two routes of a tenant the higher epoch is the truth, and connections
    /// of a lower one are not used again, unless nothing but the schema has changed.
    pub epoch: i64,
    /// What the tenant may do now.
    pub access: AccessMode,
    /// Where the database is in its life.
    pub phase: Phase,
    /// The newest tenant migration that the database has. Means nothing to the router unless
    /// [`crate::Config::schema`] does.
    pub schema_version: i64,
    /// The newest migration of the database that took something away; 0 if there was none. Programs
    /// that are older than it cannot use the database. See [`crate::SchemaSupport`].
    pub schema_floor: i64,
    /// The schema version that the tenant is to be brought to on its next request, by
    /// [`crate::Directory::bring_up`]; `None`, or one that it has, leaves it as it is.
    pub awaits: Option<i64>,
    /// The server whose budget a connection is taken from.
    pub server: ServerId,
    /// The server's host name, IP address, or (beginning with `/`) socket directory.
    pub host: String,
    /// The server's port; also part of a socket's name.
    pub port: u16,
    /// The tenant's database.
    pub database: Identifier,
    /// The tenant's own login role. No other role ever serves a tenant's request.
    pub role: Identifier,
    /// That role's password.
    pub password: Secret,
    /// What a connection is started with.
    pub limits: Limits,
}

/// Where a tenant's database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The server whose budget a connection is taken from. Two routes with the same host and port
    /// have the same server.
    pub server: ServerId,
    /// The server's host name, IP address, or (beginning with `/`) socket directory.
    pub host: String,
    /// The server's port; also part of a socket's name.
    pub port: u16,
    /// The tenant's database.
    pub database: Identifier,
}

/// How to get in there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The tenant's own login role, which can enter no other tenant's database.
    pub role: Identifier,
    /// That role's password.
    pub password: Secret,
}

/// What the router sends when a connection starts, so that what the tenant's role has set for
/// itself (which PostgreSQL cannot forbid) does not count.
///
/// There may be more of them one day: end with `..Limits::default()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `statement_timeout`; zero is none.
    pub statement_timeout: Duration,
    /// `lock_timeout`; zero is none.
    pub lock_timeout: Duration,
    /// `idle_in_transaction_session_timeout`; zero is none.
    pub idle_in_transaction_timeout: Duration,
    /// The role's CONNECTION LIMIT, if it has one. The pool stays within it, and within its own
    /// share for one tenant, whichever is less.
    pub connection_limit: Option<usize>,
    /// How many turns the tenant's waiting requests get for one of a tenant with weight 1, when
    /// both wait for the same server.
    pub weight: NonZeroU16,
}

impl Default for Limits {
    /// 30 s a statement, 5 s for a lock, 30 s idle in a transaction, no limit of connections,
    /// weight 1.
    fn default() -> Self {
        Self {
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_secs(30),
            connection_limit: None,
            weight: NonZeroU16::MIN,
        }
    }
}

impl Route {
    /// A route that is served: access is `FULL`, the phase `READY`, there is no custom domain, and
    /// limits are the default. Epoch, schema version and schema floor are 0, and it awaits nothing.
    pub fn new(tenant: TenantId, subdomain: Subdomain, location: Location, login: Login) -> Self {
        let Location { server, host, port, database } = location;
        let Login { role, password } = login;
        Self {
            tenant,
            subdomain,
            hostnames: Vec::new(),
            epoch: 0,
            access: AccessMode::Full,
            phase: Phase::Ready,
            schema_version: 0,
            schema_floor: 0,
            awaits: None,
            server,
            host,
            port,
            database,
            role,
            password,
            limits: Limits::default(),
        }
    }

    /// Whether requests may be served. A tenant becomes visible last and stops being so first.
    pub fn is_visible(&self) -> bool {
        match self.phase {
            Phase::Ready | Phase::Moving | Phase::Restoring => true,
            Phase::Provisioning | Phase::Archived | Phase::Erasing | Phase::Erased => false,
        }
    }

    /// Whether its requests wait for a moment: its database is about to be another one under the same name, and lets nobody in until then.
    pub(crate) fn is_between_databases(&self) -> bool {
        match self.phase {
            Phase::Restoring => true,
            Phase::Ready
            | Phase::Moving
            | Phase::Provisioning
            | Phase::Archived
            | Phase::Erasing
            | Phase::Erased => false,
        }
    }

    /// Whether connections that were made by an older route are as good by this one: the schema has changed, and nothing else.
    /// PostgreSQL tells them of that itself.
    pub(crate) fn keeps_connections_of(&self, older: &Self) -> bool {
        let schema = |it: &Self| (it.schema_version, it.schema_floor, it.awaits);
        let (schema_version, schema_floor, awaits) = schema(older);
        let epoch = older.epoch;
        schema(self) != schema(older)
            && *older == Self { epoch, schema_version, schema_floor, awaits, ..self.clone() }
    }

    /// The schema version that the tenant is still to be brought to.
    pub(crate) fn wanted(&self) -> Option<i64> {
        self.awaits.filter(|it| self.schema_version < *it)
    }
}
