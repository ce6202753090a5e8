//! `/v1/backups`, `/v1/drills`, and what belongs to one tenant of them: its backups, its copies, a restore.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::operations::Operation;

/// One backup of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Backup {
    pub id: Uuid,
    /// What was committed before is in it, what was committed later is not.
    pub taken_at: Timestamp,
    /// That it takes in the store, encrypted.
    pub bytes: i64,
    pub tables: i32,
    /// Of all tables.
    pub rows: i64,
    pub schema_version: i64,
    /// When it was last read whole and found to be what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
    /// Why it cannot be restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_why: Option<String>,
    /// Who keeps it whatever the policy says, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_why: Option<String>,
    /// Nothing while a copy is being made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
}

/// Whether a backup stays when others are pruned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Retention {
    pub stays: bool,
    /// HELD, `LAST_GOOD`, NEWEST, DAILY, WEEKLY, MONTHLY or AHEAD; if it goes, BROKEN or OUTLIVED.
    pub reason: String,
    /// The reason in words.
    pub words: String,
}

/// The body of `POST /v1/tenants/{subdomain}/backups`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBackup {
    /// Even if nothing was written since the newest.
    #[serde(default)]
    pub force: bool,
}

/// The answer: an operation, or the reason why none is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupAsked {
    /// Begun now, or under way already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged: Option<Unchanged>,
}

/// Nothing was written since this backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unchanged {
    pub backup: Uuid,
    pub taken_at: Timestamp,
}

/// The body of `POST /v1/backups`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBackups {
    /// Their subdomains, a thousand at most; without any, all tenants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<String>,
}

/// The answer of `POST /v1/backups`. Those who have changed are backed up as there is room; see `GET /v1/backups/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupsWanted {
    pub tenants: usize,
    /// By the server's clock: what fails from then on is an answer to this.
    pub since: Timestamp,
}

/// One backup of the control database, which the object store alone tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ControlBackup {
    pub id: Uuid,
    pub begun_at: Timestamp,
    /// That it takes in the store, encrypted.
    pub bytes: u64,
}

/// How the backups of the whole fleet stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupsStatus {
    /// Where backups go; nothing if none are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// Who keeps the keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keystore: Option<String>,
    pub tenants: i64,
    /// Tenants whose backup somebody has asked for and has not got yet.
    pub wanted: i64,
    pub running: i64,
    /// Tenants that have no backup that could be restored.
    pub without_good: i64,
    /// Backups that cannot be restored.
    pub broken: i64,
    /// For how long all tenants that have a good backup have been known to be as it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_seen_at: Option<Timestamp>,
    /// Tenants of whose last 26 hours there is no backup, the first hundred.
    pub behind: Vec<TenantBehind>,
    pub behind_count: i64,
    /// Tenants whose last backup failed, the first hundred.
    pub failing: Vec<TenantFailing>,
    pub failing_count: i64,
    /// Tenants whose backup could not be restored when that was last tried, the first hundred.
    pub drills_failing: Vec<DrillFailing>,
    pub drills_failing_count: i64,
    /// What the servers' own archives have, by the servers' names.
    pub servers: Vec<ServerArchive>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrillFailing {
    pub subdomain: String,
    pub began_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// How far back the tenants of a server can be taken, by its own archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServerArchive {
    pub server: String,
    /// The first moment that can be had; nothing if none can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restorable_from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_backup_at: Option<Timestamp>,
    /// Of the whole server, in its archive.
    pub backups: usize,
    /// Why nothing can be had from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// When a tenant was last taken back to a random second, for a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drilled_at: Option<Timestamp>,
    /// Why that failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill_failed_why: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TenantBehind {
    pub subdomain: String,
    /// Of its newest good backup, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Timestamp>,
    /// When it was last seen to be as that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TenantFailing {
    pub subdomain: String,
    /// In a row.
    pub failures: i32,
    pub failed_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// The body of `POST /v1/backups/prune`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PruneBackups {
    /// Say what would go, and delete nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// Only this one's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// What newer backups have made superfluous.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PruneReport {
    pub dry_run: bool,
    /// Backups that stay.
    pub kept: usize,
    pub pruned_count: usize,
    /// The first thousand.
    pub pruned: Vec<PrunedBackup>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PrunedBackup {
    pub subdomain: String,
    pub id: Uuid,
    pub taken_at: Timestamp,
    pub bytes: i64,
    pub reason: String,
    pub words: String,
}

/// The body of `POST /v1/tenants/{subdomain}/backups/{id}/hold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldBackup {
    /// For whoever finds it held, 1 to 500 characters.
    pub reason: String,
}

/// The body of `POST /v1/tenants/{subdomain}/restore`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreTenant {
    /// The newest good one, unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Uuid>,
    /// A moment, as in `2026-11-22 14:32 Europe/Paris` or `10 minutes ago`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// A database beside a tenant's own that holds what it held at some moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Copy {
    /// That of the operation that has made it.
    pub id: Uuid,
    pub database: String,
    /// MAKING, READY, OPENING, OPEN, CLOSING, SWAPPING or DROPPING.
    pub state: String,
    /// What it was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Uuid>,
    /// Which moment of the tenant's it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<i64>,
    /// Whether it was the tenant's own database until a swap, and undoing that swap would bring it back.
    pub was_live: bool,
    /// When visitors last worked in it. What they wrote may be nowhere else; absent of a copy that was never live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lived_until: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Then it goes by itself.
    pub drop_after: Timestamp,
    /// While it can be looked at: then that ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_until: Option<Timestamp>,
}

/// The body of `POST /v1/tenants/{subdomain}/copies/{id}/swap` and `.../drop`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmTenant {
    /// The subdomain once more.
    pub confirm: String,
}

/// A restore that was made to see whether it can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Drill {
    /// That of its operation.
    pub id: Uuid,
    pub subdomain: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Uuid>,
    /// RUNNING, PASSED or FAILED.
    pub state: String,
    pub began_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// Which moment of the tenant's was restored: what was written since would have been lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_at: Option<Timestamp>,
    /// How long the restore took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_seconds: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_why: Option<String>,
}
