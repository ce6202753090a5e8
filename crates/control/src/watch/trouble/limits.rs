//! From where on something is wrong. The alerts in `monitoring` have the same numbers; a test compares them.

/// Bytes of one tenant's database.
pub const DATABASE_BYTES_MAX: f64 = 10e9;
/// The share of a disk that is free.
pub const DISK_FREE_MIN: f64 = 0.1;
pub const REPLICA_LAG_SECONDS_MAX: f64 = 30.0;
/// PostgreSQL refuses to write at 2.1 billion.
pub const TRANSACTION_ID_AGE_MAX: f64 = 1.5e9;
/// Since a segment was archived, while that fails or some wait.
pub const ARCHIVE_SECONDS_MAX: f64 = 15.0 * 60.0;
/// Of the requests that were answered lately, and how many these are at least: one error of a quiet night is none.
pub const HTTP_ERRORS_SHARE_MAX: f64 = 0.01;
pub const HTTP_ERRORS_MAX: f64 = 3.0;
/// In a phase in which a customer waits.
pub const PROVISIONING_SECONDS_MAX: f64 = 5.0 * 60.0;
/// Since the grace has ended.
pub const ERASING_SECONDS_MAX: f64 = 60.0 * 60.0;
/// In a phase in which visitors wait.
pub const RESTORING_SECONDS_MAX: f64 = 5.0 * 60.0;
pub const MOVING_SECONDS_MAX: f64 = 60.0 * 60.0;
/// An operation that waits after a failure.
pub const OPERATION_SECONDS_MAX: f64 = 30.0 * 60.0;
pub const BACKUP_SECONDS_MAX: f64 = 30.0 * 60.0;
pub const CONTROL_BACKUP_SECONDS_MAX: f64 = 3.0 * 60.0 * 60.0;
/// A rollout that has failed stays the newest until there is another; half a day is enough to be told of it.
pub const ROLLOUT_FAILED_SECONDS_MAX: f64 = 12.0 * 60.0 * 60.0;
/// Since a check of a customer's domain was due.
pub const DOMAIN_CHECK_SECONDS_MAX: f64 = 60.0 * 60.0;
