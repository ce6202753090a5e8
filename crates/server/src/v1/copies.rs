//! Restores, the copies that they make, and drills.

use axum::extract::{Path, State};
use axum::response::Response;
use cloison_api::{Code, ConfirmTenant, Copy, Drill, Page, RestoreTenant};
use cloison_archive::{MomentError, parse_moment};
use cloison_catalog::queries::backups::DrillList;
use cloison_catalog::queries::copies::Copy as CopyRow;
use cloison_control::backups;
use cloison_control::copies::{self, CopyError, Restored};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::backups::{backup_id, no_tenant, tenant_name};
use super::operations::accepted;
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::{Json, Query};
use crate::platform::Platform;

pub(super) async fn restore(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<RestoreTenant>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let what = match (body.backup, body.at) {
        (Some(_), Some(_)) => {
            let words = "Name a backup or a moment, not both.";
            return Err(ApiError::new(Code::InvalidField, words).of_field("at", "alone"));
        }
        (Some(id), None) => Restored::Backup(id),
        (None, Some(at)) => Restored::At(moment(&at, Timestamp::now())?),
        (None, None) => Restored::Newest,
    };
    let begun = copies::restore(&platform.control, &actor.call, &name, what).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

fn moment(at: &str, now: Timestamp) -> Result<Timestamp, ApiError> {
    let refused = |error: MomentError| {
        ApiError::new(Code::InvalidField, error.lines().join("\n")).of_field("at", "moment")
    };
    Ok(parse_moment(at, now).map_err(refused)?.timestamp())
}

pub(super) async fn verify(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let what = Restored::Backup(backup_id(&id)?);
    let begun = copies::verify(&platform.control, &actor.call, &name, what).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

pub(super) async fn drill(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let begun = copies::drill(&platform.control, &actor.call, &name, Restored::Newest).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Page<Copy>>, ApiError> {
    let name = tenant_name(&subdomain)?;
    let copies = copies::list(&platform.control, &name).await;
    let copies = copies.map_err(|it| refused(&subdomain, it))?;
    Ok(Json(Page { items: copies.into_iter().map(shown).collect(), next: None }))
}

pub(super) async fn swap(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<ConfirmTenant>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    confirmed(&body, &subdomain, "A swap takes away what visitors see now")?;
    let begun = copies::swap(&platform.control, &actor.call, &name, copy_id(&id)?).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

pub(super) async fn drop_one(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<ConfirmTenant>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    confirmed(&body, &subdomain, "What is in the copy and nowhere else is gone with it")?;
    let begun = copies::drop_one(&platform.control, &actor.call, &name, copy_id(&id)?).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

pub(super) async fn open(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let begun = copies::open_one(&platform.control, &actor.call, &name, copy_id(&id)?).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

pub(super) async fn close(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (name, wait) = (tenant_name(&subdomain)?, waiting.parse()?);
    let begun = copies::close_one(&platform.control, &actor.call, &name, copy_id(&id)?).await;
    accepted(&platform, &actor, begun.map_err(|it| refused(&subdomain, it))?, wait).await
}

#[derive(Deserialize)]
pub(super) struct Filter {
    tenant: Option<String>,
}

pub(super) async fn drills(
    State(platform): State<Platform>,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<Drill>>, ApiError> {
    let name = filter.tenant.as_deref().map(tenant_name).transpose()?;
    let rows = backups::drills(&platform.control, name.as_ref()).await?;
    Ok(Json(Page { items: rows.into_iter().map(drilled).collect(), next: None }))
}

fn confirmed(body: &ConfirmTenant, subdomain: &str, why: &str) -> Result<(), ApiError> {
    if body.confirm == subdomain {
        return Ok(());
    }
    let words = format!("{why}, so `confirm` must be the tenant's subdomain, letter by letter.");
    Err(ApiError::new(Code::InvalidField, words).of_field("confirm", "same"))
}

fn copy_id(text: &str) -> Result<Uuid, ApiError> {
    text.parse().map_err(|_not_an_id| {
        ApiError::not_found(format!("'{}' is not the id of a copy.", text.escape_debug()))
    })
}

fn shown(row: CopyRow) -> Copy {
    Copy {
        id: row.id,
        database: row.database_name,
        state: row.state,
        backup: row.backup_id,
        holds_at: row.holds_at,
        schema_version: row.schema_version,
        was_live: row.was_live,
        lived_until: row.lived_until,
        created_at: row.created_at,
        drop_after: row.drop_after,
        open_until: row.open_until,
    }
}

fn drilled(row: DrillList) -> Drill {
    let state = match (row.finished_at, &row.failed_why) {
        (None, _) => "RUNNING",
        (Some(_), None) => "PASSED",
        (Some(_), Some(_)) => "FAILED",
    };
    Drill {
        id: row.id,
        subdomain: row.subdomain,
        backup: row.backup_id,
        state: state.to_owned(),
        began_at: row.began_at,
        finished_at: row.finished_at,
        holds_at: row.holds_at,
        restore_seconds: row.restore_seconds,
        failed_why: row.failed_why,
    }
}

fn refused(subdomain: &str, error: CopyError) -> ApiError {
    match error {
        CopyError::NoTenant(_) => no_tenant(subdomain),
        CopyError::Erased(why) => ApiError::new(
            Code::NotInThisState,
            format!("{subdomain} cannot be restored: {why}. What was erased never comes back."),
        ),
        CopyError::Past(_) => ApiError::new(
            Code::NotConfigured,
            format!(
                "{subdomain} cannot be taken back to a moment: no history of its server is kept\nthat takes pgBackRest, which archives every change, and none is configured here\nrestore the last backup from before that moment: cloison backups list {subdomain}, then cloison backups restore {subdomain} --backup ID"
            ),
        ),
        CopyError::NoBackup => ApiError::not_found(format!(
            "{subdomain} has no backup that could be restored\nwhat is not in one is gone with the database\nmake one: cloison backups create {subdomain}"
        )),
        CopyError::NotItsBackup => ApiError::not_found(format!(
            "There is no such backup of {subdomain}. See: cloison backups list {subdomain}"
        )),
        CopyError::Broken(why) => ApiError::new(
            Code::NotInThisState,
            format!(
                "that backup of {subdomain} cannot be restored: {why}\nwhat is in it cannot be trusted\nchoose another: cloison backups list {subdomain}"
            ),
        ),
        CopyError::NoCopy => ApiError::not_found(format!(
            "There is no such copy of {subdomain}. See: cloison backups copies {subdomain}"
        )),
        CopyError::NotReady => ApiError::new(
            Code::NotInThisState,
            format!(
                "That copy of {subdomain} is still being made, or is being opened, closed, swapped or dropped. See: cloison backups copies {subdomain}"
            ),
        ),
        CopyError::NotOpen => ApiError::new(
            Code::NotInThisState,
            format!(
                "That copy of {subdomain} is not open, so there is nothing to close. See: cloison backups copies {subdomain}"
            ),
        ),
        CopyError::Held(why) => ApiError::new(
            Code::NotInThisState,
            format!(
                "No copy of {subdomain} is dropped: {why}. Whoever may let go of that: cloison tenants release-hold {subdomain}"
            ),
        ),
        CopyError::Refused(refusal) => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} cannot do that now: {}. {}.",
                refusal.what,
                sentence(refusal.advice)
            ),
        ),
        CopyError::Busy => ApiError::new(
            Code::TenantBusy,
            format!(
                "Another operation on {subdomain} is under way. Wait for its end, or see: cloison operations list --tenant {subdomain}"
            ),
        ),
        CopyError::NotConfigured(it) => ApiError::not_configured(it),
        CopyError::Call(it) => it.into(),
        CopyError::Unavailable(it) => it.into(),
        CopyError::Database(it) => it.into(),
        CopyError::Newer(it) => ApiError::internal(it),
    }
}
