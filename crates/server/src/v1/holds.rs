//! Legal holds: `/v1/tenants/{subdomain}/hold` and its release.

use axum::extract::{Path, State};
use cloison_api::{Code, HoldTenant, LegalHold};
use cloison_control::erasures::{self, HoldError};
use cloison_model::Subdomain;
use http::StatusCode;
use jiff::Timestamp;

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

const REASON_CHARS_MAX: usize = 500;

pub(super) async fn hold(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Json(body): Json<HoldTenant>,
) -> Result<Json<LegalHold>, ApiError> {
    let reason = body.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let words =
            "A hold needs a reason of 1 to 500 characters: whoever is refused an erasure reads it.";
        return Err(ApiError::new(Code::InvalidField, words).of_field("reason", "length"));
    }
    let name = named(&subdomain)?;
    let held = erasures::hold(&platform.control, &actor.call, &name, reason).await;
    held.map(|it| Json(shown(it))).map_err(|it| refuse(&subdomain, it))
}

pub(super) async fn release(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
) -> Result<StatusCode, ApiError> {
    let name = named(&subdomain)?;
    let released = erasures::release(&platform.control, &actor.call, &name).await;
    released.map(|()| StatusCode::NO_CONTENT).map_err(|it| refuse(&subdomain, it))
}

pub(super) fn shown(hold: cloison_model::LegalHold) -> LegalHold {
    LegalHold {
        by: hold.by,
        reason: hold.reason,
        since: Timestamp::from_second(hold.since.0).unwrap_or_default(),
    }
}

fn named(subdomain: &str) -> Result<Subdomain, ApiError> {
    subdomain.parse().map_err(|_not_a_name| missing(subdomain))
}

fn missing(subdomain: &str) -> ApiError {
    ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()))
}

fn refuse(subdomain: &str, error: HoldError) -> ApiError {
    let not_now = |words: String| ApiError::new(Code::NotInThisState, words);
    match error {
        HoldError::NoTenant(_) => missing(subdomain),
        HoldError::Already(why) => not_now(format!(
            "{subdomain} is on hold already: {why}. To say another reason, release it first."
        )),
        HoldError::NotHeld => not_now(format!("{subdomain} is not on hold, so nothing was done.")),
        HoldError::TooEarly => {
            not_now(format!("{subdomain} is still being made. Wait for its operation."))
        }
        HoldError::TooLate => not_now(format!(
            "{subdomain} cannot be held any more: its erasure has begun to drop its data."
        )),
        HoldError::Archiving => not_now(format!(
            "{subdomain} is being archived and its database is about to go. Wait for the end of that, and hold it then: its archive has all that it had."
        )),
        HoldError::Call(it) => it.into(),
        HoldError::Unavailable(it) => it.into(),
        HoldError::Database(it) => it.into(),
        HoldError::Newer(it) => ApiError::internal(it),
    }
}
