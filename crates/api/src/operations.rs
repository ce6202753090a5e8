//! `/v1/operations` and `/v1/doctor`: what was done, and what is wrong.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The answer to whatever begins an operation: 202 while it runs, 200 when `?wait=` saw it end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Accepted {
    pub operation: Operation,
}

/// One piece of work on one tenant, or on one spare.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operation {
    pub id: Uuid,
    pub kind: String,
    /// The tenant's; a spare has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subdomain: Option<String>,
    /// RUNNING, DONE, FAILED or CANCELLED.
    pub state: String,
    /// The step that is still to be done, or was the last.
    pub step: String,
    pub progress: Progress,
    /// Whether it takes back what it has made, because it failed or was cancelled.
    pub going_back: bool,
    /// Why it waits, while it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<String>,
    /// Failed tries of this step.
    pub attempts: i32,
    /// When it is tried again, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<Timestamp>,
    /// The process that has it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
    pub actor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where the tenant answers, once it is provisioned; where a copy does, once it is opened, for those who may open one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The owner's one-time sign-in link, once the tenant is provisioned, good for seven days; or into a copy, once it is opened, as long as
    /// it is open. Not in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in_url: Option<String>,
    /// What the log calls `trace_id`: there is all that the call which has asked for it has led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    #[serde(default)]
    pub events: Vec<OperationEvent>,
}

/// Without the sign-in link.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("subdomain", &self.subdomain)
            .field("state", &self.state)
            .field("step", &self.step)
            .field("waiting", &self.waiting)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Steps done, and steps in all; of the way back while it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// Something that happened to an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OperationEvent {
    /// Counts from 1 within the operation; the `id` of a server-sent event.
    pub sequence: i32,
    pub at: Timestamp,
    pub message: String,
}

impl Operation {
    /// Whether nothing more will happen to it.
    pub fn is_ended(&self) -> bool {
        // A server may have more words for work that goes on than this client knows.
        matches!(self.state.as_str(), "DONE" | "FAILED" | "CANCELLED")
    }
}

/// The answer of `POST /v1/doctor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoctorReport {
    /// Tenants that were looked at.
    pub tenants: usize,
    /// The most urgent first; a hundred of each check at most.
    pub findings: Vec<Finding>,
    /// How many there are beside these that are not fixed.
    pub more: Vec<MoreFindings>,
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What was looked for, `connect-open`; stable words, of which there may be more one day.
    pub check: String,
    /// `critical` if somebody must get up, `warning` if somebody must look on the next working day.
    pub severity: String,
    /// A tenant's subdomain, a server's name, or what else it is about.
    pub subject: String,
    /// What is wrong, in words.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// What to type or to do; nothing if this call has put it right.
    pub mend: Option<String>,
    /// Whether this call has put it right.
    pub fixed: bool,
}

/// Findings that are counted and not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MoreFindings {
    pub check: String,
    pub count: usize,
}
