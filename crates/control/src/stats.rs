//! What this process' workers have done, counted since its start. Kept by whoever runs operations, told by whoever is asked.

use cloison_model::{OperationKind, OperationState};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// From an order that finds a spare to a restore that takes the night.
const OPERATION_SECONDS: [f64; 14] =
    [0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1_800.0, 7_200.0, 36_000.0];
/// From one statement to an index on a large table.
const MIGRATION_SECONDS: [f64; 12] =
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 300.0, 1_800.0];
/// The alert's half hour is among them.
const BACKUP_SECONDS: [f64; 11] =
    [0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 1_800.0, 7_200.0];

type Label = [(&'static str, String); 1];
type Labels = [(&'static str, String); 2];

/// Cheap to clone: all clones count together.
#[derive(Clone, Debug)]
pub struct WorkStats {
    ended: Family<Labels, Counter>,
    retries: Family<Label, Counter>,
    durations: Family<Label, Histogram, fn() -> Histogram>,
    migrations: Family<Label, Histogram, fn() -> Histogram>,
    migrations_failed: Family<Label, Counter>,
    backups: Histogram,
    backup_bytes: Counter,
}

impl Default for WorkStats {
    fn default() -> Self {
        Self {
            ended: Family::default(),
            retries: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(OPERATION_SECONDS)),
            migrations: Family::new_with_constructor(|| Histogram::new(MIGRATION_SECONDS)),
            migrations_failed: Family::default(),
            backups: Histogram::new(BACKUP_SECONDS),
            backup_bytes: Counter::default(),
        }
    }
}

impl WorkStats {
    /// Makes them known, under names that begin with `cloison_`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "cloison_operations_ended",
            "Operations that this process has taken to their end",
            self.ended.clone(),
        );
        registry.register(
            "cloison_operation_retries",
            "Steps that failed here and are tried again",
            self.retries.clone(),
        );
        registry.register(
            "cloison_operation_duration_seconds",
            "From the order to the end, of operations that ended here",
            self.durations.clone(),
        );
        registry.register(
            "cloison_migration_duration_seconds",
            "What migrating one tenant took, by the version it came to",
            self.migrations.clone(),
        );
        registry.register(
            "cloison_migrations_failed",
            "Tenants whose migration failed for good, by the version they were to come to",
            self.migrations_failed.clone(),
        );
        registry.register(
            "cloison_backup_duration_seconds",
            "What backing up one tenant took",
            self.backups.clone(),
        );
        registry.register(
            "cloison_backup_stored_bytes",
            "What backups have put into the store",
            self.backup_bytes.clone(),
        );
    }

    pub(crate) fn ended(&self, kind: OperationKind, state: OperationState, seconds: f64) {
        let labels = [("kind", kind.to_string()), ("state", state.as_str().to_lowercase())];
        self.ended.get_or_create(&labels).inc();
        self.durations.get_or_create(&[("kind", kind.to_string())]).observe(seconds);
    }

    pub(crate) fn retries(&self, kind: OperationKind) {
        self.retries.get_or_create(&[("kind", kind.to_string())]).inc();
    }

    pub(crate) fn migrated(&self, version: i64, seconds: f64) {
        self.migrations.get_or_create(&[("version", version.to_string())]).observe(seconds);
    }

    pub(crate) fn migration_failed(&self, version: i64) {
        self.migrations_failed.get_or_create(&[("version", version.to_string())]).inc();
    }

    pub(crate) fn backed_up(&self, stored_bytes: u64, seconds: f64) {
        self.backups.observe(seconds);
        self.backup_bytes.inc_by(stored_bytes);
    }
}
