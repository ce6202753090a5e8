//! Where a tenant is and how to get in: all that the router has to know about one tenant.
//!
//! Not here: billing, plans, operations. They are the control plane's, and reach a route only as
//! access mode, phase and limits.

use std::num::NonZeroU16;
use std::time::Duration;

use cloison_model::{
    AccessMode, DatabaseName, Hostname, Phase, RoleName, Secret, ServerId, Subdomain, TenantId,
};

/// One tenant's route, as of its epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose route it is.
    pub tenant: TenantId,
    /// The label under the base domain.
    pub subdomain: Subdomain,
    /// The custom domains that the tenant has verified. An unverified one must never be here.
    pub hostnames: Vec<Hostname>,
    /// Raised by every change of any field. Of two routes of a tenant the higher epoch is the truth.
    pub epoch: i64,
    /// What the tenant may do now.
    pub access: AccessMode,
    /// Where the database is in its life.
    pub phase: Phase,
    /// The newest tenant migration that the database has.
    pub schema_version: i64,
    /// The server whose budget a connection is taken from.
    pub server: ServerId,
    /// The server's host name, IP address, or (beginning with `/`) socket directory.
    pub host: String,
    /// The server's port; also part of a socket's name.
    pub port: u16,
    /// The tenant's database.
    pub database: DatabaseName,
    /// The tenant's own login role. No other role ever serves a tenant's request.
    pub role: RoleName,
    /// That role's password.
    pub password: Secret,
    /// What a connection is started with.
    pub limits: Limits,
}

/// What the router sends when a connection starts, so that what the tenant's role has set for
/// itself (which PostgreSQL cannot forbid) does not count.
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
    /// Whether requests may be served. A tenant becomes visible last and stops being so first.
    pub fn is_visible(&self) -> bool {
        match self.phase {
            Phase::Ready | Phase::Moving | Phase::Restoring => true,
            Phase::Provisioning | Phase::Archived | Phase::Erasing | Phase::Erased => false,
        }
    }
}
