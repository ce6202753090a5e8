//! `/v1/migrations`, `/v1/releases` and `/v1/rollouts`: where the fleet's schema stands, and how it comes to another
//! version.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The answer of `GET /v1/migrations`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FleetStatus {
    /// What new tenants are made at; 0 before the first server was set up.
    pub version: i64,
    /// The migrations of the process that answers; absent if they cannot be rolled out, and then `release_problem` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<CarriedRelease>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_problem: Option<String>,
    /// How many tenants are at which version, the oldest first.
    pub versions: Vec<FleetVersion>,
    /// Tenants that a failed migration has left behind, a hundred at most.
    pub quarantines: Vec<Quarantine>,
    /// The rollout that is under way, paused ones too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<Rollout>,
}

/// What a process could bring the fleet to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CarriedRelease {
    /// The newest version.
    pub version: i64,
    /// SHA-256 over all of it.
    pub checksum: String,
    /// Files that the oldest tenant has not had, in order.
    pub pending: Vec<String>,
}

/// How many tenants are at one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FleetVersion {
    pub version: i64,
    pub tenants: i64,
    pub quarantined: i64,
    /// Being migrated at this moment, or waiting to be tried again.
    pub under_way: i64,
}

/// A tenant that stays where it is until somebody has it tried again, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quarantine {
    pub subdomain: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<i64>,
    /// The migration that failed, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqlstate: Option<String>,
    /// The beginning of the statement that failed, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    pub message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The version that the tenant is at.
    pub at_version: i64,
    pub quarantined_at: Timestamp,
}

/// One migration that was released, or was proposed by a rollout that has not touched a tenant yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Migration {
    pub version: i64,
    pub name: String,
    /// expand, backfill or contract.
    pub phase: String,
    /// SHA-256 of the file.
    pub checksum: String,
    /// Whether a down file takes it back.
    pub has_way_back: bool,
    /// When a first tenant could get it: from then on the file is not edited any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_at: Option<Timestamp>,
}

/// The body of `POST /v1/rollouts`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartRollout {
    /// Subdomains of those that go first, and alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub canaries: Vec<String>,
    /// Per cent of the fleet that have been started once a wave is through; they grow to 100. `[1, 10, 100]` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waves: Option<Vec<u8>>,
    /// More tenants than these may not fail, or it halts; 3 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_failures: Option<u32>,
    /// Tenants at once on one server, 2 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_server: Option<u16>,
    /// Tenants at once on all servers, 16 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_total: Option<u16>,
    /// The version to come to; the newest by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// After the canaries, tenants are left to their first request for so many hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lazy_hours: Option<f64>,
    /// Do not run the migrations on copies first.
    #[serde(default)]
    pub skip_shadow: bool,
}

/// The body of `POST /v1/rollouts/{number}/rollback`, as in [`StartRollout`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBack {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waves: Option<Vec<u8>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_failures: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_server: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_total: Option<u16>,
    #[serde(default)]
    pub skip_shadow: bool,
}

/// The body of `POST /v1/rollouts/{number}/resume`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeRollout {
    /// In place of the limit that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_failures: Option<u32>,
}

/// The answer to whatever begins a rollout: 202 with it, or 200 where everybody is there already, but for those that are
/// quarantined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutBegun {
    /// There is nothing to do.
    pub up_to_date: bool,
    /// Where the fleet is to be.
    pub version: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<Rollout>,
}

/// One rollout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rollout {
    pub number: i64,
    /// Whose events tell what happened: `/v1/operations/{id}/events`.
    pub operation: Uuid,
    /// UP, or DOWN for one that takes another back.
    pub direction: String,
    /// CHECKING, RUNNING, PAUSED (by somebody), HALTED (too many have failed), DONE, FAILED or CANCELLED.
    pub stage: String,
    /// The fleet's version before it, and after.
    pub from: i64,
    pub to: i64,
    /// Which one it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolls_back: Option<i64>,
    pub policy: RolloutPolicy,
    /// Until then tenants are left to their first request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lazy_until: Option<Timestamp>,
    /// While it is paused or halted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<RolloutPause>,
    /// What it waits for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    pub actor: String,
    pub created_at: Timestamp,
    /// When the first tenant could be started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// The canaries, then each wave of the policy; empty until the first tenant could be started.
    pub waves: Vec<RolloutWave>,
    /// Tenants a second, in the last minute; of one that has ended, from its start to its end. Absent while it is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_per_second: Option<f64>,
    /// While it runs, and if it goes on at this rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta_seconds: Option<u64>,
    /// What the run on copies has found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Value>,
    /// Tenants that it has left behind, a hundred at most. Not in lists.
    #[serde(default)]
    pub failures: Vec<Quarantine>,
}

/// How carefully a rollout goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutPolicy {
    pub canaries: Vec<String>,
    pub waves: Vec<u8>,
    pub max_failures: u32,
    pub per_server: u16,
    pub in_total: u16,
}

/// Who has stopped a rollout for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutPause {
    /// A platform user, or `cloison`.
    pub by: String,
    pub why: String,
}

/// How many tenants of one wave are where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutWave {
    /// Per cent of the fleet that are in it or in an earlier one; absent for the canaries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    pub pending: u32,
    pub running: u32,
    pub done: u32,
    pub failed: u32,
    /// Busy or not there when their turn came; they follow after the rollout.
    pub skipped: u32,
}

impl Rollout {
    /// Whether nothing more will happen to it.
    pub fn is_ended(&self) -> bool {
        // A server may have more words for what goes on than this client knows.
        matches!(self.stage.as_str(), "DONE" | "FAILED" | "CANCELLED")
    }

    /// Whether somebody has to say that it may go on.
    pub fn is_held(&self) -> bool {
        matches!(self.stage.as_str(), "PAUSED" | "HALTED")
    }
}

impl RolloutWave {
    pub fn tenants(&self) -> u32 {
        self.pending + self.running + self.through()
    }

    /// Those that it does nothing more to.
    pub fn through(&self) -> u32 {
        self.done + self.failed + self.skipped
    }
}
