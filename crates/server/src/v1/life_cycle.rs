//! What is asked of a tenant that exists: suspend, resume, cancel, erase, another password.

use axum::extract::{Path, State};
use axum::response::Response;
use cloison_api::{CancelTenant, Code, EraseTenant, ResumeTenant, SuspendTenant};
use cloison_control::erasures::{Terms, erase as erase_on};
use cloison_control::life_cycle::{CommandError, command};
use cloison_model::{
    AccessMode, Command, ERASURE_GRACE_SECONDS, ERASURE_GRACE_SECONDS_MAX, Subdomain,
};

use super::operations::accepted;
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::{Json, Query};
use crate::platform::Platform;

const REASON_CHARS_MAX: usize = 500;

pub(super) async fn suspend(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<SuspendTenant>,
) -> Result<Response, ApiError> {
    let access = access(body.access.as_deref(), AccessMode::Blocked)?;
    let asked =
        Asked { command: Command::Suspend(access), reason: body.reason, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn resume(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<ResumeTenant>,
) -> Result<Response, ApiError> {
    let access = access(body.access.as_deref(), AccessMode::Full)?;
    let asked =
        Asked { command: Command::Resume(access), reason: body.reason, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn cancel(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<CancelTenant>,
) -> Result<Response, ApiError> {
    let asked = Asked { command: Command::Cancel, reason: body.reason, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn archive(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let asked = Asked { command: Command::Archive, reason: None, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn unarchive(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let asked = Asked { command: Command::Unarchive, reason: None, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn erase(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<EraseTenant>,
) -> Result<Response, ApiError> {
    if body.confirm != subdomain {
        let words = "Nothing brings an erased tenant back, so `confirm` must be its subdomain, letter by letter.";
        return Err(ApiError::new(Code::InvalidField, words).of_field("confirm", "same"));
    }
    let terms = Terms {
        grace_seconds: grace(body.grace.as_deref())?,
        without_fiscal_archive: body.without_fiscal_archive,
    };
    let asked = Asked { command: Command::Erase, reason: body.reason, terms };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

pub(super) async fn rotate_password(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let asked = Asked { command: Command::RotatePassword, reason: None, terms: Terms::AT_ONCE };
    carry_out(&platform, &actor, &subdomain, asked, waiting).await
}

struct Asked {
    command: Command,
    reason: Option<String>,
    /// Of an erasure.
    terms: Terms,
}

async fn carry_out(
    platform: &Platform,
    actor: &Actor,
    subdomain: &str,
    asked: Asked,
    waiting: Waiting,
) -> Result<Response, ApiError> {
    let wait = waiting.parse()?;
    let reason = asked.reason.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if reason.is_some_and(|it| it.chars().count() > REASON_CHARS_MAX) {
        let words = "A reason has at most 500 characters.";
        return Err(ApiError::new(Code::InvalidField, words).of_field("reason", "length"));
    }
    let missing =
        || ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()));
    let name: Subdomain = subdomain.parse().map_err(|_not_a_name| missing())?;
    let begun = match asked.command {
        Command::Erase => {
            erase_on(&platform.control, &actor.call, &name, asked.terms, reason).await
        }
        Command::Suspend(_)
        | Command::Resume(_)
        | Command::Cancel
        | Command::Archive
        | Command::Unarchive
        | Command::RotatePassword => {
            command(&platform.control, &actor.call, &name, asked.command, reason).await
        }
    };
    let operation = begun.map_err(|error| match error {
        CommandError::NoTenant(_) => missing(),
        CommandError::Refused(refusal) => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} cannot do that now: {}. {}.",
                refusal.what,
                sentence(refusal.advice)
            ),
        ),
        CommandError::NoBackup => ApiError::new(
            Code::NotInThisState,
            format!("{subdomain} has no backup that it could come back from."),
        ),
        CommandError::BrokenBackup { backup, why } => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} cannot be brought back: its archive, backup {backup}, cannot be restored: {why}\nan older backup would lack what was written since, so none is taken instead\nif the store has been set right, look again: cloison backups verify {subdomain} --backup {backup}"
            ),
        ),
        CommandError::NotConfigured(it) => ApiError::not_configured(it),
        CommandError::Busy => ApiError::new(
            Code::TenantBusy,
            format!(
                "Another operation on {subdomain} is under way. Wait for its end, or see: cloison operations list --tenant {subdomain}"
            ),
        ),
        CommandError::Held(why) => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} stays as it is: {why}. Whoever may let go of that: cloison tenants release-hold {subdomain}"
            ),
        ),
        CommandError::FiscalRecords => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} has issued documents that the law wants kept, and there is no object store to keep them in. Say where one is (backups.store in cloison.toml), or, if they are kept elsewhere, erase it with --without-fiscal-archive"
            ),
        ),
        CommandError::Call(it) => it.into(),
        CommandError::Unavailable(it) => it.into(),
        CommandError::Database(it) => it.into(),
        CommandError::Newer(it) => ApiError::internal(it),
    })?;
    accepted(platform, actor, operation, wait).await
}

/// In days: `7d`.
fn grace(text: Option<&str>) -> Result<u32, ApiError> {
    let Some(text) = text else { return Ok(ERASURE_GRACE_SECONDS) };
    let days = text.strip_suffix('d').and_then(|it| it.parse::<u32>().ok());
    let seconds = days.and_then(|it| it.checked_mul(24 * 60 * 60));
    seconds.filter(|it| *it <= ERASURE_GRACE_SECONDS_MAX).ok_or_else(|| {
        let words = "A grace period is 0d to 21d: whoever asks for an erasure has a right to it within a month.";
        ApiError::new(Code::InvalidField, words).of_field("grace", "range")
    })
}

fn access(word: Option<&str>, default: AccessMode) -> Result<AccessMode, ApiError> {
    let Some(word) = word else { return Ok(default) };
    word.parse().map_err(|_unknown| {
        let words = "An access mode is FULL, READ_ONLY, EXPORT_ONLY or BLOCKED.";
        ApiError::new(Code::InvalidField, words).of_field("access", "known")
    })
}
