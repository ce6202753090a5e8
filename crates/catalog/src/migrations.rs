//! The control database's migrations, embedded: a binary can always bootstrap its own catalog.

/// `(file name, text)`, as `cloison_model::Release::from_files` reads them.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_control.sql", include_str!("../migrations/0001_control.sql")),
    ("0002_operations.sql", include_str!("../migrations/0002_operations.sql")),
    ("0003_access.sql", include_str!("../migrations/0003_access.sql")),
    ("0004_seals.sql", include_str!("../migrations/0004_seals.sql")),
    ("0005_seats.sql", include_str!("../migrations/0005_seats.sql")),
    ("0006_rollouts.sql", include_str!("../migrations/0006_rollouts.sql")),
    ("0007_drift.sql", include_str!("../migrations/0007_drift.sql")),
    ("0008_node_schemas.sql", include_str!("../migrations/0008_node_schemas.sql")),
    ("0009_rollout_candidates.sql", include_str!("../migrations/0009_rollout_candidates.sql")),
    ("0010_backups.sql", include_str!("../migrations/0010_backups.sql")),
    ("0011_erasures.sql", include_str!("../migrations/0011_erasures.sql")),
    ("0012_exports.sql", include_str!("../migrations/0012_exports.sql")),
    ("0013_control_backup.sql", include_str!("../migrations/0013_control_backup.sql")),
    ("0014_backup_marks.sql", include_str!("../migrations/0014_backup_marks.sql")),
    ("0015_copies_swapping.sql", include_str!("../migrations/0015_copies_swapping.sql")),
    ("0016_recovery.sql", include_str!("../migrations/0016_recovery.sql")),
    ("0017_backups_going.sql", include_str!("../migrations/0017_backups_going.sql")),
    ("0018_copies_lived.sql", include_str!("../migrations/0018_copies_lived.sql")),
    ("0019_inspections.sql", include_str!("../migrations/0019_inspections.sql")),
    ("0020_webhooks.sql", include_str!("../migrations/0020_webhooks.sql")),
    ("0021_usage.sql", include_str!("../migrations/0021_usage.sql")),
    ("0022_history.sql", include_str!("../migrations/0022_history.sql")),
    ("0023_traces.sql", include_str!("../migrations/0023_traces.sql")),
    ("0025_ai_credits.sql", include_str!("../migrations/0025_ai_credits.sql")),
];
