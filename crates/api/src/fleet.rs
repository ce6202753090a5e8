//! `/v1/servers`, `/v1/plans` and `/v1/master-key`: where tenants can be, what they can be held to, and what seals
//! their passwords.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

/// The answer of `POST /v1/master-key/rotate` and `.../forget-old`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeyRotation {
    /// Values that were sealed anew with the newest key.
    pub resealed: usize,
    /// Keys that this process still opens values with; 1 once the old one is forgotten.
    pub keys: usize,
    /// Of the control database, made before the old key was forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Uuid>,
    /// Backups of the control database that hold what only the old key opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Uuid>,
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
    /// Absent where there is no limit. These two inform, and nothing is refused because of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_bytes_max: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_day_max: Option<i64>,
    /// AI credits that it grants in a month; absent if it grants none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ai_credits_per_month: Option<i64>,
}
