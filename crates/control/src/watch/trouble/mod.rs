//! What is wrong at one moment, in order: what the alerts in `monitoring` fire for, found by a pure function for whoever runs no
//! Prometheus.
//!
//! Deliberately absent: words for people, which are the pages', and how long something has to last before it is told: who looks sees it
//! at once.

mod find;
pub mod limits;
#[cfg(test)]
mod tests;

pub use self::find::troubles;
pub use crate::doctor::Severity;

/// What one process knows of itself beside the fleet.
#[derive(Clone, Debug, Default)]
pub struct Here {
    pub seats: Vec<Seats>,
    /// Spares that it keeps on each server.
    pub spares_wanted: u16,
    /// Requests of the last minutes, and those that failed, of all processes.
    pub answered: (f64, f64),
}

/// Its connections to one server.
#[derive(Clone, Debug)]
pub struct Seats {
    pub server: String,
    pub budget: usize,
    /// But for idle ones, which are free for another tenant.
    pub in_use: usize,
    /// Requests that wait for one.
    pub waiting: usize,
}

/// One thing that is wrong. What is worse stands before.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Trouble {
    ControlDatabaseDown,
    MasterKeyMissing,
    ServerDown {
        server: String,
    },
    HttpErrors {
        share: f64,
    },
    ErasedTenantSeen {
        tenants: i64,
    },
    AiCreditsOutOfStep {
        tenants: i64,
    },
    TenantHeldBack {
        phase: String,
        seconds: f64,
    },
    DiskNearlyFull {
        server: String,
        free: f64,
    },
    TransactionIdAge {
        server: String,
        age: i64,
    },
    ArchiveStalled {
        server: String,
        seconds: f64,
    },
    RolloutHalted {
        number: i64,
    },
    MigrationFailed {
        tenants: i64,
    },
    RolloutFailed {
        number: i64,
    },
    BackupOverdue {
        tenants: i64,
    },
    ControlBackupOverdue {
        seconds: f64,
    },
    DrillFailing {
        tenants: i64,
    },
    PastDrillFailing {
        server: String,
    },
    CertificateFailing {
        domains: i64,
    },
    SeatsExhausted {
        server: String,
        waiting: usize,
    },
    /// The largest is named; there may be many.
    TenantDatabaseLarge {
        tenants: usize,
        database: String,
        bytes: u64,
    },
    TenantStuck {
        phase: String,
        seconds: f64,
    },
    OperationStuck {
        kind: String,
        operations: i64,
    },
    ReplicaLag {
        server: String,
        replica: String,
        seconds: f64,
    },
    ArchiveFailing {
        server: String,
    },
    BackupSlow {
        seconds: f64,
    },
    TenantWithoutBackup {
        tenants: i64,
    },
    BackupFailing {
        tenants: i64,
    },
    BackupBroken {
        backups: i64,
    },
    DrillOverdue {
        tenants: i64,
    },
    ArchiveOff {
        server: String,
    },
    SparesMissing {
        server: String,
        ready: i64,
        wanted: u16,
    },
    DomainFailing {
        domains: i64,
    },
    /// Of the one that ends first.
    CertificateEnding {
        domains: i64,
        seconds: f64,
    },
    DomainChecksOverdue {
        seconds: f64,
    },
    /// Tenants that use all that their plan allows, by the limit.
    TenantOverLimit {
        database_bytes: i64,
        requests_per_day: i64,
    },
    WebhookDisabled {
        endpoints: i64,
    },
}

impl Trouble {
    /// Its name in the alerts and in `docs/runbook`, after `Cloison`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ControlDatabaseDown => "ControlDatabaseDown",
            Self::MasterKeyMissing => "MasterKeyMissing",
            Self::ServerDown { .. } => "ServerDown",
            Self::HttpErrors { .. } => "HttpErrors",
            Self::ErasedTenantSeen { .. } => "ErasedTenantSeen",
            Self::AiCreditsOutOfStep { .. } => "AiCreditsOutOfStep",
            Self::TenantHeldBack { .. } => "TenantHeldBack",
            Self::DiskNearlyFull { .. } => "DiskNearlyFull",
            Self::TransactionIdAge { .. } => "TransactionIdAge",
            Self::ArchiveStalled { .. } => "ArchiveStalled",
            Self::RolloutHalted { .. } => "RolloutHalted",
            Self::MigrationFailed { .. } => "MigrationFailed",
            Self::RolloutFailed { .. } => "RolloutFailed",
            Self::BackupOverdue { .. } => "BackupOverdue",
            Self::ControlBackupOverdue { .. } => "ControlBackupOverdue",
            Self::DrillFailing { .. } => "DrillFailing",
            Self::PastDrillFailing { .. } => "PastDrillFailing",
            Self::CertificateFailing { .. } => "CertificateFailing",
            Self::SeatsExhausted { .. } => "SeatsExhausted",
            Self::TenantDatabaseLarge { .. } => "TenantDatabaseLarge",
            Self::TenantStuck { .. } => "TenantStuck",
            Self::OperationStuck { .. } => "OperationStuck",
            Self::ReplicaLag { .. } => "ReplicaLag",
            Self::ArchiveFailing { .. } => "ArchiveFailing",
            Self::BackupSlow { .. } => "BackupSlow",
            Self::TenantWithoutBackup { .. } => "TenantWithoutBackup",
            Self::BackupFailing { .. } => "BackupFailing",
            Self::BackupBroken { .. } => "BackupBroken",
            Self::DrillOverdue { .. } => "DrillOverdue",
            Self::ArchiveOff { .. } => "ArchiveOff",
            Self::SparesMissing { .. } => "SparesMissing",
            Self::DomainFailing { .. } => "DomainFailing",
            Self::CertificateEnding { .. } => "CertificateEnding",
            Self::DomainChecksOverdue { .. } => "DomainChecksOverdue",
            Self::TenantOverLimit { .. } => "TenantOverLimit",
            Self::WebhookDisabled { .. } => "WebhookDisabled",
        }
    }

    pub fn severity(&self) -> Severity {
        match self {
            Self::ControlDatabaseDown
            | Self::MasterKeyMissing
            | Self::ServerDown { .. }
            | Self::HttpErrors { .. }
            | Self::ErasedTenantSeen { .. }
            | Self::AiCreditsOutOfStep { .. }
            | Self::TenantHeldBack { .. }
            | Self::DiskNearlyFull { .. }
            | Self::TransactionIdAge { .. }
            | Self::ArchiveStalled { .. }
            | Self::RolloutHalted { .. }
            | Self::MigrationFailed { .. }
            | Self::RolloutFailed { .. }
            | Self::BackupOverdue { .. }
            | Self::ControlBackupOverdue { .. }
            | Self::DrillFailing { .. }
            | Self::PastDrillFailing { .. }
            | Self::CertificateFailing { .. } => Severity::Critical,
            Self::SeatsExhausted { .. }
            | Self::TenantDatabaseLarge { .. }
            | Self::TenantStuck { .. }
            | Self::OperationStuck { .. }
            | Self::ReplicaLag { .. }
            | Self::ArchiveFailing { .. }
            | Self::BackupSlow { .. }
            | Self::TenantWithoutBackup { .. }
            | Self::BackupFailing { .. }
            | Self::BackupBroken { .. }
            | Self::DrillOverdue { .. }
            | Self::ArchiveOff { .. }
            | Self::SparesMissing { .. }
            | Self::DomainFailing { .. }
            | Self::CertificateEnding { .. }
            | Self::DomainChecksOverdue { .. }
            | Self::TenantOverLimit { .. }
            | Self::WebhookDisabled { .. } => Severity::Warning,
        }
    }

    /// What to type first. `tenant` is the one whose database is the largest, if there is one.
    pub fn command(&self, tenant: Option<&str>) -> String {
        match self {
            Self::ControlDatabaseDown | Self::MasterKeyMissing => "cloison config check".to_owned(),
            Self::ServerDown { .. }
            | Self::ErasedTenantSeen { .. }
            | Self::AiCreditsOutOfStep { .. }
            | Self::ArchiveStalled { .. }
            | Self::ArchiveFailing { .. }
            | Self::ArchiveOff { .. }
            | Self::BackupBroken { .. }
            | Self::CertificateFailing { .. }
            | Self::CertificateEnding { .. }
            | Self::DomainChecksOverdue { .. } => "cloison doctor".to_owned(),
            Self::DomainFailing { .. } => "cloison domains list --state failing".to_owned(),
            Self::HttpErrors { .. } => "cloison router top --once".to_owned(),
            Self::SeatsExhausted { .. } => "cloison router top".to_owned(),
            Self::TenantHeldBack { .. }
            | Self::TenantStuck { .. }
            | Self::OperationStuck { .. }
            | Self::BackupSlow { .. } => "cloison operations list --state RUNNING".to_owned(),
            Self::SparesMissing { .. } => {
                "cloison operations list --spares --state RUNNING".to_owned()
            }
            Self::DiskNearlyFull { .. }
            | Self::BackupOverdue { .. }
            | Self::TenantWithoutBackup { .. }
            | Self::BackupFailing { .. }
            | Self::PastDrillFailing { .. } => "cloison backups status".to_owned(),
            Self::DrillFailing { .. } | Self::DrillOverdue { .. } => {
                "cloison backups drill --status".to_owned()
            }
            Self::ControlBackupOverdue { .. } => "cloison backups control --create".to_owned(),
            Self::MigrationFailed { .. } => "cloison migrations status".to_owned(),
            Self::RolloutHalted { number } | Self::RolloutFailed { number } => {
                format!("cloison migrations show {number}")
            }
            Self::TenantDatabaseLarge { .. } => match tenant {
                Some(tenant) => format!("cloison tenants show {tenant}"),
                None => "cloison tenants list".to_owned(),
            },
            Self::ReplicaLag { .. } => {
                "psql -c 'select application_name, state, replay_lag from pg_stat_replication'"
                    .to_owned()
            }
            Self::TransactionIdAge { .. } => {
                "psql -c 'select datname, age(datfrozenxid) from pg_database order by 2 desc limit 5'".to_owned()
            }
            Self::TenantOverLimit { .. } => {
                "cloison events list --type tenant.limit_reached".to_owned()
            }
            Self::WebhookDisabled { .. } => "cloison webhooks list".to_owned(),
        }
    }

    /// Whether that is typed on the server itself.
    pub fn is_on_server(&self) -> bool {
        matches!(self, Self::ReplicaLag { .. } | Self::TransactionIdAge { .. })
    }
}
