//! `/v1/servers` and `/v1/plans`: where tenants can be, and what they can be held to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One PostgreSQL cluster that holds tenants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Server {
    pub name: String,
    pub region: String,
    /// ACCEPTING, DRAINING or OFFLINE.
    pub state: String,
    pub tenants: i64,
    /// Tenants it has room for.
    pub capacity: i64,
    /// Databases made ahead that a new tenant can take.
    pub spares: i64,
    /// Connections that Cloison opens there for tenants, at most.
    pub connection_budget: i64,
}

/// A plan at its newest version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    pub code: String,
    pub version: i32,
    pub name: String,
    pub price_cents: i64,
    pub currency: String,
    /// What PostgreSQL holds the tenant's role to.
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
}
