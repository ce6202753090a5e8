//! `/v1/rollouts`.

mod refusals;
mod request;
mod shown;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_api::{Code, Page, ResumeRollout, RollBack, Rollout, RolloutBegun, StartRollout};
use cloison_control::operations::wait_for_end;
use cloison_control::rollout::{self, Begun, RolloutError};
use http::{StatusCode, header};

use super::migrations::quarantine;
use super::pages::{Cursor, PAGE, page};
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

pub(super) use self::refusals::release_words;
pub(super) use self::shown::shown;

pub(super) async fn start(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<StartRollout>,
) -> Result<Response, ApiError> {
    let request = request::parse(body)?;
    let begun = rollout::start(&platform.control, &actor.call, &request).await;
    let begun = begun.map_err(|error| match error {
        RolloutError::NoTenant(canary) => refusals::no_canary(canary.as_str()),
        error => error.into(),
    })?;
    answer(&platform, begun).await
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<Rollout>>, ApiError> {
    let before = cursor.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_not_a_number| {
        ApiError::new(Code::BadRequest, "The cursor is not one of this list.")
    })?;
    let rows = rollout::list(&platform.control, before, PAGE).await?;
    page(rows, |it| it.number.to_string(), |it| Ok(shown(it, Vec::new()))).map(Json)
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(number): Path<String>,
) -> Result<Json<Rollout>, ApiError> {
    Ok(Json(rollout_fetch(&platform, parse_number(&number)?).await?))
}

pub(super) async fn pause(
    State(platform): State<Platform>,
    actor: Actor,
    Path(number): Path<String>,
) -> Result<Json<Rollout>, ApiError> {
    let number = parse_number(&number)?;
    rollout::pause(&platform.control, &actor.call, number).await?;
    Ok(Json(rollout_fetch(&platform, number).await?))
}

pub(super) async fn resume(
    State(platform): State<Platform>,
    actor: Actor,
    Path(number): Path<String>,
    Json(body): Json<ResumeRollout>,
) -> Result<Json<Rollout>, ApiError> {
    let number = parse_number(&number)?;
    rollout::resume(&platform.control, &actor.call, number, body.max_failures).await?;
    Ok(Json(rollout_fetch(&platform, number).await?))
}

/// 200 if it has ended, else 202: tenants that are under way go on to their end.
pub(super) async fn cancel(
    State(platform): State<Platform>,
    actor: Actor,
    Path(number): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (number, wait) = (parse_number(&number)?, waiting.parse()?);
    let operation = rollout::cancel(&platform.control, &actor.call, number).await?;
    if let Some(wait) = wait {
        wait_for_end(&platform.control, operation, wait).await.map_err(ApiError::unavailable)?;
    }
    let rollout = rollout_fetch(&platform, number).await?;
    let status = if rollout.is_ended() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(rollout)).into_response())
}

pub(super) async fn roll_back(
    State(platform): State<Platform>,
    actor: Actor,
    Path(number): Path<String>,
    Json(body): Json<RollBack>,
) -> Result<Response, ApiError> {
    let (number, request) = (parse_number(&number)?, request::back(body)?);
    let begun = rollout::roll_back(&platform.control, &actor.call, number, &request).await?;
    answer(&platform, begun).await
}

async fn answer(platform: &Platform, begun: Begun) -> Result<Response, ApiError> {
    match begun {
        Begun::UpToDate { version } => {
            Ok(Json(RolloutBegun { up_to_date: true, version, rollout: None }).into_response())
        }
        Begun::Rollout { number, operation: _ } => {
            let rollout = rollout_fetch(platform, number).await?;
            let location = format!("/v1/rollouts/{number}");
            let version = rollout.to;
            let begun = RolloutBegun { up_to_date: false, version, rollout: Some(rollout) };
            Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(begun)).into_response())
        }
    }
}

async fn rollout_fetch(platform: &Platform, number: i64) -> Result<Rollout, ApiError> {
    let view = rollout::show(&platform.control, number).await?;
    let view = view.ok_or(RolloutError::NoRollout(number))?;
    let failures = rollout::failures(&platform.control, number).await?;
    Ok(shown(view, failures.into_iter().map(quarantine).collect()))
}

fn parse_number(text: &str) -> Result<i64, ApiError> {
    let unknown = |_| {
        ApiError::not_found(format!("'{}' is not the number of a rollout.", text.escape_debug()))
    };
    text.parse::<i64>().map_err(unknown)
}
