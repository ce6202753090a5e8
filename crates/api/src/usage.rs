//! `/v1/usage` and `/v1/tenants/{subdomain}/usage`: what tenants use, and where that stands with their plans.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who uses the most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageReport {
    /// In UTC, as all days here.
    pub today: String,
    /// How many days the figures are of; today is the last of them.
    pub days: i32,
    /// What they are in order of: `requests`, `query-time`, `rows`, `bytes` or `connections`.
    pub by: String,
    /// How many there are, of whom these are the first.
    pub tenants_total: i64,
    pub tenants: Vec<TenantUsage>,
    pub sources: Vec<UsageSource>,
}

/// One tenant's usage, summed and by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageHistory {
    pub today: String,
    pub days: i32,
    pub usage: TenantUsage,
    /// The newest first; a day of which nothing is known has none.
    pub history: Vec<UsageDay>,
    pub sources: Vec<UsageSource>,
}

/// What a tenant has used in some days, and has now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TenantUsage {
    pub subdomain: String,
    pub server: String,
    pub plan: String,
    /// To the application, on the tenant's hosts.
    pub requests: i64,
    pub requests_today: i64,
    /// What they took, up to the first byte of each answer.
    pub busy_us: i64,
    /// Of answers, without their heads.
    pub sent_bytes: i64,
    pub transactions: i64,
    /// Inserted, updated or deleted.
    pub rows_changed: i64,
    /// What its database spent in statements, waiting included.
    pub query_us: i64,
    /// Connections that were opened.
    pub sessions: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    /// Absent where the server does not count statements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement_us: Option<i64>,
    /// The most that were seen at once.
    pub connections_max: i64,
    /// What its role is held to.
    pub connection_limit: i64,
    /// As last sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_bytes: Option<i64>,
    /// Of its plan, those that it has.
    pub limits: Vec<UsageLimit>,
}

/// Where a tenant stands with a limit of its plan. It informs: nothing is refused because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageLimit {
    /// `requests_per_day`, of UTC, or `database_bytes`.
    pub limit: String,
    pub used: i64,
    pub max: i64,
    /// WITHIN, NEAR (four fifths) or OVER (all of it).
    pub standing: String,
}

/// What a tenant has used on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageDay {
    pub day: String,
    pub requests: i64,
    pub busy_us: i64,
    pub sent_bytes: i64,
    pub transactions: i64,
    pub rows_changed: i64,
    pub query_us: i64,
    pub sessions: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement_us: Option<i64>,
    pub connections_max: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_bytes: Option<i64>,
}

/// Where a server's part of the figures is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageSource {
    pub server: String,
    /// Absent if its counters were never read. What was done since is not in the figures yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// `pg_stat_database`.
    pub query_time_from: String,
    /// `pg_stat_statements`, or absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements_from: Option<String>,
}
