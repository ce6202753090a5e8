//! The HTTP contract: request and response types, error codes, the typed client.
//!
//! Deliberately absent: every other crate of ours. A type here is a promise to programs outside, so
//! it holds plain strings and numbers, and nothing inside is serialised by accident. What an application asks of the platform without
//! HTTP between them (`services`) is said in the same types.

mod access;
mod ai_credits;
mod backups;
mod client;
mod contract;
mod domains;
mod drift;
mod erasures;
mod events;
mod exports;
mod fleet;
mod life_cycle;
mod operations;
mod pgbouncer;
mod problem;
mod rollouts;
mod router;
mod services;
mod tenants;
mod usage;
mod webhooks;

pub use access::{
    AuditEntry, AuditReport, ChangePassword, ChangeUser, ConfirmTotp, ConsoleLink, CreateToken,
    CreateUser, CreatedToken, InvitedUser, Me, ProvePassword, SignIn, SignedIn, Token, TotpBegun,
    User, VerifyAudit,
};
pub use ai_credits::{
    AiCredits, AiCreditsEntry, AiCreditsFeature, AiCreditsGrant, AiCreditsReport,
    AiCreditsReservation, AiCreditsSpender, GrantAiCredits, ReserveAiCredits, SettleAiCredits,
};
pub use backups::{
    Backup, BackupAsked, BackupsStatus, BackupsWanted, ConfirmTenant, ControlBackup, Copy,
    CreateBackup, CreateBackups, Drill, DrillFailing, HoldBackup, PruneBackups, PruneReport,
    PrunedBackup, RestoreTenant, Retention, ServerArchive, TenantBehind, TenantFailing, Unchanged,
};
pub use client::{
    AuditFilter, BrokenOff, Client, ClientError, EventFilter, ExportDownload, Heard,
    OperationFilter, UsageFilter,
};
pub use contract::{Endpoint, Verb, endpoints, openapi};
pub use domains::{ClaimDomain, DnsRecord, Domain, DomainCertificate};
pub use drift::{DriftReport, DriftSchema, RefreshDrift};
pub use erasures::{Erasure, FiscalArchive, HoldTenant, LegalHold, SigningKey};
pub use events::{Event, EventPage};
pub use exports::{Export, ExportContent, ExportLink};
pub use fleet::{KeyRotation, Plan, Server};
pub use life_cycle::{CancelTenant, EraseTenant, ResumeTenant, SuspendTenant};
pub use operations::{
    Accepted, DoctorReport, Finding, MoreFindings, Operation, OperationEvent, Progress,
};
pub use pgbouncer::{
    AdmitPgBouncer, PgBouncerPlace, PgBouncerTenant, PgBouncerUser, PgBouncerUsers, SharedRole,
};
pub use problem::{CONTENT_TYPE as PROBLEM_CONTENT_TYPE, Code, LintFinding, Problem};
pub use rollouts::{
    CarriedRelease, FleetStatus, FleetVersion, Migration, Quarantine, ResumeRollout, RollBack,
    Rollout, RolloutBegun, RolloutPause, RolloutPolicy, RolloutWave, StartRollout,
};
pub use router::{
    Histogram, RouterBringUps, RouterNode, RouterNodeSeats, RouterProcess, RouterReport,
    RouterServer, RouterTenant, RouterWaits,
};
pub use services::{ContentStream, Services, TenantServices, TraceId};
pub use tenants::{CreateTenant, Credentials, Page, SignInLink, Tenant};
pub use usage::{TenantUsage, UsageDay, UsageHistory, UsageLimit, UsageReport, UsageSource};
pub use webhooks::{
    ChangeWebhook, CreateWebhook, ReplayWebhook, Webhook, WebhookDelivery, WebhookSecret,
};
