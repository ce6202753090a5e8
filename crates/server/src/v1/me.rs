//! `/v1/me`: who is asking, their password, their second factor, their way into the console.

use axum::extract::State;
use cloison_api::{ChangePassword, ConfirmTotp, ConsoleLink, Me, ProvePassword, TotpBegun};
use cloison_control::access::{self, CurrentPassword, NewPassword};
use cloison_model::{Action, Secret, TokenKind};
use http::StatusCode;
use jiff::Timestamp;

use super::users::user_fetch;
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn fetch(
    State(platform): State<Platform>,
    actor: Actor,
) -> Result<Json<Me>, ApiError> {
    let user = user_fetch(&platform, &actor.caller.email).await?;
    let acts = match actor.caller.kind {
        TokenKind::Api | TokenKind::SignIn => true,
        TokenKind::Invitation | TokenKind::Link => false,
    };
    let may = Action::ALL.into_iter().filter(|it| acts && actor.may(*it));
    Ok(Json(Me {
        user,
        token_role: actor.caller.authority.token.to_string(),
        token_kind: actor.caller.kind.to_string(),
        may: may.map(|it| it.as_str().to_owned()).collect(),
    }))
}

pub(super) async fn password_change(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    let new = NewPassword::new(Secret::new(body.new))?;
    let current = CurrentPassword(body.current.map(Secret::new));
    let (control, now) = (&platform.control, Timestamp::now());
    access::password_change(control, &actor.caller, current, new, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn console_link_create(
    State(platform): State<Platform>,
    actor: Actor,
) -> Result<Json<ConsoleLink>, ApiError> {
    let now = Timestamp::now();
    let (token, expires_at) = access::link_create(&platform.control, &actor.caller, now).await?;
    Ok(Json(ConsoleLink { url: platform.public_url.console_link(&token), expires_at }))
}

pub(super) async fn totp_begin(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<ProvePassword>,
) -> Result<Json<TotpBegun>, ApiError> {
    let now = Timestamp::now();
    let url = access::totp_begin(&platform.control, &actor.caller, proof(body), now).await?;
    Ok(Json(TotpBegun { url: url.expose().to_owned() }))
}

pub(super) async fn totp_confirm(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<ConfirmTotp>,
) -> Result<StatusCode, ApiError> {
    access::totp_confirm(&platform.control, &actor.caller, &body.code, Timestamp::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn totp_end(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<ProvePassword>,
) -> Result<StatusCode, ApiError> {
    access::totp_end(&platform.control, &actor.caller, proof(body), Timestamp::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn proof(body: ProvePassword) -> CurrentPassword {
    CurrentPassword(Some(Secret::new(body.password)))
}
