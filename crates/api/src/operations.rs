//! `/v1/operations` and `/v1/doctor`: what was done, and what is wrong.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One piece of work on one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operation {
    pub id: Uuid,
    pub kind: String,
    pub subdomain: String,
    /// RUNNING, DONE or FAILED.
    pub state: String,
    pub actor: String,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where the tenant answers, once it is provisioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The owner's one-time sign-in link, once the tenant is provisioned; good for seven days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in_url: Option<String>,
    #[serde(default)]
    pub events: Vec<OperationEvent>,
}

/// A step of an operation that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OperationEvent {
    pub at: Timestamp,
    pub message: String,
}

/// The answer of `POST /v1/doctor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoctorReport {
    /// Tenants that were looked at.
    pub tenants: usize,
    pub findings: Vec<Finding>,
}

/// One thing that is not as it was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// A tenant's subdomain, or a server's name.
    pub subject: String,
    /// What is wrong, in words.
    pub problem: String,
    /// Whether this call has put it right.
    pub fixed: bool,
}
