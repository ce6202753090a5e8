//! The calls about backups, restores, copies and drills.

use super::tenants::WAIT;
use super::{Endpoint, of};
use crate::backups::{
    Backup, BackupAsked, BackupsStatus, BackupsWanted, ConfirmTenant, ControlBackup, Copy,
    CreateBackup, CreateBackups, Drill, HoldBackup, PruneBackups, PruneReport, RestoreTenant,
};
use crate::operations::Accepted;
use crate::problem::Code;
use crate::tenants::Page;

/// What any work on a tenant's backups and copies may be refused for.
const NOT_NOW: &[Code] = &[
    Code::NotFound,
    Code::InvalidField,
    Code::NotConfigured,
    Code::NotInThisState,
    Code::TenantBusy,
];

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get(
        "backup_list",
        "/v1/tenants/{subdomain}/backups",
        "A tenant's backups, the newest first",
    )
    .answers(&[200], of::<Page<Backup>>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "backup_create",
        "/v1/tenants/{subdomain}/backups",
        "Back a tenant up now, unless nothing was written since its newest backup",
    )
    .query(&[WAIT])
    .takes(of::<CreateBackup>)
    .answers(&[200, 202], of::<BackupAsked>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "backups_create",
        "/v1/backups",
        "Back many tenants up, or all, as there is room",
    )
    .takes(of::<CreateBackups>)
    .answers(&[200], of::<BackupsWanted>)
    .refuses(&[Code::NotFound, Code::InvalidField, Code::NotConfigured]),
    Endpoint::get(
        "control_backup_list",
        "/v1/backups/control",
        "The backups of the control database, the newest first",
    )
    .answers(&[200], of::<Page<ControlBackup>>)
    .refuses(&[Code::NotConfigured]),
    Endpoint::post(
        "control_backup_create",
        "/v1/backups/control",
        "Back the control database up now, and answer when it is done",
    )
    .answers(&[200], of::<ControlBackup>)
    .refuses(&[Code::NotConfigured]),
    Endpoint::get(
        "backups_status",
        "/v1/backups/status",
        "How the backups of the whole fleet stand",
    )
    .query(&[(
        "brief",
        "boolean",
        "without what the servers' archives hold, for whoever asks again and again",
    )])
    .answers(&[200], of::<BackupsStatus>),
    Endpoint::post(
        "backups_prune",
        "/v1/backups/prune",
        "Delete backups whose place newer ones have taken",
    )
    .takes(of::<PruneBackups>)
    .answers(&[200], of::<PruneReport>)
    .refuses(&[Code::NotFound, Code::NotConfigured]),
    Endpoint::post(
        "backup_verify",
        "/v1/tenants/{subdomain}/backups/{id}/verify",
        "Read a backup whole and compare it with what it says of itself",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "backup_hold",
        "/v1/tenants/{subdomain}/backups/{id}/hold",
        "Keep a backup whatever the policy says, until it is released",
    )
    .takes(of::<HoldBackup>)
    .answers(&[200], of::<Backup>)
    .refuses(&[Code::NotFound, Code::InvalidField]),
    Endpoint::post(
        "backup_release",
        "/v1/tenants/{subdomain}/backups/{id}/release",
        "Keep a backup no longer than the policy says",
    )
    .answers(&[200], of::<Backup>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "tenant_restore",
        "/v1/tenants/{subdomain}/restore",
        "Make a copy of a tenant as it was, beside its database, which stays as it is",
    )
    .query(&[WAIT])
    .takes(of::<RestoreTenant>)
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::get(
        "copy_list",
        "/v1/tenants/{subdomain}/copies",
        "A tenant's copies, the newest first",
    )
    .answers(&[200], of::<Page<Copy>>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "copy_swap",
        "/v1/tenants/{subdomain}/copies/{id}/swap",
        "Make a copy the tenant's database, and that a copy, which stays for seven days",
    )
    .query(&[WAIT])
    .takes(of::<ConfirmTenant>)
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post("copy_drop", "/v1/tenants/{subdomain}/copies/{id}/drop", "Drop a copy now")
        .query(&[WAIT])
        .takes(of::<ConfirmTenant>)
        .answers(&[200, 202], of::<Accepted>)
        .refuses(NOT_NOW),
    Endpoint::post(
        "copy_open",
        "/v1/tenants/{subdomain}/copies/{id}/open",
        "Let a copy be looked at, read-only, under a host of its own that the operation tells, for 24 hours",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "copy_close",
        "/v1/tenants/{subdomain}/copies/{id}/close",
        "Let a copy be looked at no longer",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "drill_start",
        "/v1/tenants/{subdomain}/drill",
        "Restore the newest backup for a trial, compare it, and throw it away",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::get("drill_list", "/v1/drills", "What came of the last drills, the newest first")
        .query(&[("tenant", "string", "only those of this subdomain")])
        .answers(&[200], of::<Page<Drill>>)
        .refuses(&[Code::NotFound]),
];
