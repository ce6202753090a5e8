//! `/v1/events`: what became of tenants and of the fleet, in order.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// One thing that has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Its place in the log. Later ones have higher numbers; some numbers are of none.
    pub sequence: i64,
    /// The same wherever it is told, and however often.
    pub id: Uuid,
    /// As in `tenant.created`.
    #[serde(rename = "type")]
    pub kind: String,
    pub timestamp: Timestamp,
    /// Whom it is about and what else there is to say, as webhooks have it.
    pub data: Value,
}

/// Some of the log, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventPage {
    pub items: Vec<Event>,
    /// Ask for what comes after this one next.
    pub next: i64,
    /// The newest one of all, whatever was asked for.
    pub newest: i64,
}
