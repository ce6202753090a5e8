//! `/v1/backups`, and a tenant's own.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_api::{
    Backup, BackupAsked, BackupsStatus, BackupsWanted, Code, CreateBackup, CreateBackups,
    DrillFailing, HoldBackup, Page, PruneBackups, PruneReport, PrunedBackup, Retention,
    ServerArchive, TenantBehind, TenantFailing, Unchanged,
};
use cloison_catalog::queries::backups::{
    Backup as BackupRow, BackupsBehind, BackupsFailing, DrillsFailing,
};
use cloison_control::backups::{self, AskError, Asked, Holds, Judged};
use cloison_control::operations::wait_for_end;
use cloison_model::{RetentionVerdict, Subdomain};
use http::{StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::operations::operation_fetch;
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// Tenants that one request names.
const TENANTS_MAX: usize = 1_000;
/// Backups that one answer lists as deleted; the rest are counted.
const PRUNED_MAX: usize = 1_000;
const REASON_CHARS_MAX: usize = 500;

pub(super) async fn list(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Page<Backup>>, ApiError> {
    let name = tenant_name(&subdomain)?;
    let listed = backups::list(&platform.control, &name, Timestamp::now()).await?;
    let items = listed.into_iter().map(|it| shown(it.backup, it.verdict)).collect();
    Ok(Json(Page { items, next: None }))
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<CreateBackup>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let asked = backups::ask(&platform.control, &actor.call, &name, body.force).await?;
    let id = match asked {
        Asked::Unchanged { backup, taken_at } => {
            let unchanged = Some(Unchanged { backup, taken_at });
            return Ok(Json(BackupAsked { operation: None, unchanged }).into_response());
        }
        Asked::Begun(id) | Asked::UnderWay(id) => id,
    };
    if let Some(wait) = wait {
        wait_for_end(&platform.control, id, wait).await.map_err(ApiError::unavailable)?;
    }
    let operation = operation_fetch(&platform, &actor, id).await?;
    let status = if operation.is_ended() { StatusCode::OK } else { StatusCode::ACCEPTED };
    let location = format!("/v1/operations/{id}");
    let asked = BackupAsked { operation: Some(operation), unchanged: None };
    Ok((status, [(header::LOCATION, location)], Json(asked)).into_response())
}

pub(super) async fn create_many(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<CreateBackups>,
) -> Result<Json<BackupsWanted>, ApiError> {
    if body.tenants.len() > TENANTS_MAX {
        let words = format!("Name {TENANTS_MAX} tenants at most, or none for all of them.");
        return Err(ApiError::new(Code::InvalidField, words).of_field("tenants", "range"));
    }
    let names: Result<Vec<Subdomain>, ApiError> =
        body.tenants.iter().map(|it| tenant_name(it)).collect();
    let wanted = backups::ask_many(&platform.control, &actor.call, &names?).await?;
    Ok(Json(BackupsWanted { tenants: wanted.tenants, since: wanted.since }))
}

#[derive(Deserialize)]
pub(super) struct StatusOptions {
    #[serde(default)]
    brief: bool,
}

pub(super) async fn status(
    State(platform): State<Platform>,
    Query(options): Query<StatusOptions>,
) -> Result<Json<BackupsStatus>, ApiError> {
    let standing = backups::standing(&platform.control).await?;
    let servers = if options.brief {
        Vec::new()
    } else {
        backups::server_archives(&platform.control).await?
    };
    let configured = platform.control.backups.as_ref();
    let totals = standing.totals;
    Ok(Json(BackupsStatus {
        store: configured.map(|it| it.store.to_string()),
        keystore: configured.map(|it| it.keystore.describe()),
        tenants: totals.tenants,
        wanted: standing.wanted,
        running: standing.running,
        without_good: totals.without_good,
        broken: totals.broken,
        oldest_seen_at: totals.oldest_seen_at,
        behind_count: standing.behind.first().map_or(0, |it| it.how_many),
        behind: standing.behind.into_iter().map(behind).collect(),
        failing_count: totals.failing,
        failing: standing.failing.into_iter().map(failing).collect(),
        drills_failing_count: standing.drills_failing.first().map_or(0, |it| it.how_many),
        drills_failing: standing.drills_failing.into_iter().map(drill_failing).collect(),
        servers: servers.into_iter().map(archive).collect(),
    }))
}

pub(super) async fn prune(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<PruneBackups>,
) -> Result<Json<PruneReport>, ApiError> {
    let (control, now) = (&platform.control, Timestamp::now());
    let configured = control.backups().map_err(AskError::from)?;
    let tenant = match body.tenant.as_deref() {
        Some(it) => {
            let name = tenant_name(it)?;
            backups::list(control, &name, now).await?;
            Some(name)
        }
        None => None,
    };
    let judged = backups::judge(control, configured, tenant.as_ref(), now).await;
    let judged = judged.map_err(AskError::from)?;
    let goes = |it: &Judged| matches!(it.verdict, RetentionVerdict::Prune { .. });
    let kept = judged.iter().filter(|it| !goes(it)).count();
    let going = if body.dry_run {
        judged.into_iter().filter(goes).collect()
    } else {
        backups::prune_for(control, &actor.call, tenant.as_ref(), now).await?
    };
    let pruned_count = going.len();
    let pruned = going.into_iter().take(PRUNED_MAX).map(pruned).collect();
    Ok(Json(PruneReport { dry_run: body.dry_run, kept, pruned_count, pruned }))
}

pub(super) async fn hold(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Json(body): Json<HoldBackup>,
) -> Result<Json<Backup>, ApiError> {
    let (name, id) = (tenant_name(&subdomain)?, backup_id(&id)?);
    let reason = body.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let words = "Say why it is held, in 1 to 500 characters: whoever finds it later asks.";
        return Err(ApiError::new(Code::InvalidField, words).of_field("reason", "length"));
    }
    let held = backups::hold(&platform.control, &actor.call, &name, id, Some(reason)).await?;
    one(&platform, &name, held).await
}

pub(super) async fn release(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
) -> Result<Json<Backup>, ApiError> {
    let (name, id) = (tenant_name(&subdomain)?, backup_id(&id)?);
    let released = backups::hold(&platform.control, &actor.call, &name, id, None).await?;
    one(&platform, &name, released).await
}

/// With what becomes of it now.
async fn one(
    platform: &Platform,
    name: &Subdomain,
    row: BackupRow,
) -> Result<Json<Backup>, ApiError> {
    let listed = backups::list(&platform.control, name, Timestamp::now()).await?;
    let verdict = listed.into_iter().find(|it| it.backup.id == row.id).and_then(|it| it.verdict);
    Ok(Json(shown(row, verdict)))
}

/// A tenant's name, or that there is none of that name.
pub(super) fn tenant_name(subdomain: &str) -> Result<Subdomain, ApiError> {
    subdomain.parse().map_err(|_not_a_name| no_tenant(subdomain))
}

pub(super) fn no_tenant(subdomain: &str) -> ApiError {
    ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()))
}

pub(super) fn backup_id(text: &str) -> Result<Uuid, ApiError> {
    text.parse().map_err(|_not_an_id| {
        ApiError::not_found(format!("'{}' is not the id of a backup.", text.escape_debug()))
    })
}

fn shown(row: BackupRow, verdict: Option<RetentionVerdict>) -> Backup {
    Backup {
        id: row.id,
        taken_at: row.taken_at,
        bytes: row.stored_bytes,
        tables: row.tables,
        rows: row.total_rows,
        schema_version: row.schema_version,
        verified_at: row.verified_at,
        broken_why: row.broken_why,
        held_by: row.held_by,
        held_why: row.held_why,
        retention: verdict.map(retention),
    }
}

fn retention(verdict: RetentionVerdict) -> Retention {
    let (stays, reason, words) = match verdict {
        RetentionVerdict::Keep { why } => (true, why.as_str(), why.sentence()),
        RetentionVerdict::Prune { why } => (false, why.as_str(), why.sentence()),
    };
    Retention { stays, reason: reason.to_owned(), words: words.to_owned() }
}

fn pruned(judged: Judged) -> PrunedBackup {
    let Retention { reason, words, .. } = retention(judged.verdict);
    let row = judged.backup;
    PrunedBackup {
        subdomain: row.subdomain,
        id: row.id,
        taken_at: row.taken_at,
        bytes: row.stored_bytes,
        reason,
        words,
    }
}

fn behind(row: BackupsBehind) -> TenantBehind {
    let BackupsBehind { subdomain, taken_at, unchanged_at, .. } = row;
    TenantBehind { subdomain, taken_at, unchanged_at }
}

fn failing(row: BackupsFailing) -> TenantFailing {
    let BackupsFailing { subdomain, failures, failed_at, why } = row;
    TenantFailing { subdomain, failures, failed_at, why }
}

fn drill_failing(row: DrillsFailing) -> DrillFailing {
    let DrillsFailing { subdomain, began_at, failed_why, .. } = row;
    DrillFailing { subdomain, began_at, why: failed_why }
}

fn archive(it: backups::ServerArchive) -> ServerArchive {
    let (restorable_from, newest_backup_at, backups, why) = match it.holds {
        Holds::From { earliest, newest_backup, backups } => {
            (Some(earliest), Some(newest_backup), backups, None)
        }
        Holds::NoBackup => (None, None, 0, Some("there is no backup in it yet".to_owned())),
        Holds::Unknown(why) => (None, None, 0, Some(why)),
    };
    let (drilled_at, drill_failed_why) =
        it.drilled.map_or((None, None), |it| (Some(it.at), it.failed_why));
    ServerArchive {
        server: it.server,
        restorable_from,
        newest_backup_at,
        backups,
        why,
        drilled_at,
        drill_failed_why,
    }
}

impl From<AskError> for ApiError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NoTenant(names) => no_tenant(&names),
            AskError::NoBackup => Self::not_found(
                "There is no such backup of this tenant. See: cloison backups list SUBDOMAIN",
            ),
            AskError::Refused(refusal) => Self::new(
                Code::NotInThisState,
                format!(
                    "The tenant cannot be backed up now: {}. {}.",
                    refusal.what,
                    sentence(refusal.advice)
                ),
            ),
            AskError::Busy => Self::new(
                Code::TenantBusy,
                "Another backup of the tenant has just ended. Ask again for one that is newer.",
            ),
            AskError::NotConfigured(it) => Self::not_configured(it),
            AskError::Call(it) => it.into(),
            AskError::Unavailable(it) => it.into(),
            AskError::Database(it) => it.into(),
            AskError::Step(it) => Self::internal(it),
            AskError::Newer(it) => Self::internal(it),
        }
    }
}
