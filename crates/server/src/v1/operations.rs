//! `/v1/operations`.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_api::{Accepted, Code, Operation, OperationEvent, Page, Progress};
use cloison_catalog::queries::operations as queries;
use cloison_control::operations::{self, CancelError, wait_for_end};
use cloison_control::{copies, provision};
use cloison_model::{
    Action, Direction, OperationId, OperationKind, OperationState, Subdomain, TraceParent,
    UnknownWord,
};
use http::{StatusCode, header};
use serde::Deserialize;
use uuid::Uuid;

use super::pages::{PAGE, page};
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// More steps than any operation has.
pub(super) const EVENTS_MAX: i64 = 500;

#[derive(Deserialize)]
pub(super) struct Filter {
    tenant: Option<String>,
    state: Option<String>,
    #[serde(default)]
    spares: bool,
    cursor: Option<String>,
}

pub(super) async fn list(
    State(platform): State<Platform>,
    actor: Actor,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<Operation>>, ApiError> {
    let before = filter.cursor.as_deref().map(parse_id).transpose()?.map(|it| it.0);
    let client = platform.control.catalog.client().await?;
    let rows = queries::operation_page()
        .bind(&client, &before, &filter.tenant, &filter.spares, &filter.state, &PAGE)
        .all()
        .await?;
    // A list goes into files and screenshots: who wants a link asks for the one operation.
    let without_link = |row: queries::Operation| {
        let shown = shown(&platform, &actor, row, Vec::new());
        let url = shown.url.filter(|_| shown.kind == OperationKind::Provision.as_str());
        Ok(Operation { url, sign_in_url: None, ..shown })
    };
    page(rows, |it| it.id.to_string(), without_link).map(Json)
}

/// Whether it comes in time is what the operation says in the end.
pub(super) async fn cancel(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let (id, wait) = (parse_id(&id)?, waiting.parse()?);
    let wished = operations::cancel(&platform.control, &actor.call, id).await;
    wished.map_err(|error| match error {
        CancelError::NoOperation => ApiError::not_found(format!("There is no operation {id}.")),
        CancelError::Ended(state) => ApiError::new(
            Code::TooLateToCancel,
            format!("The operation has ended already: it is {state}. There is nothing to cancel."),
        ),
        CancelError::TooLate(step) => ApiError::new(
            Code::TooLateToCancel,
            format!("The operation is at {step}, from where it is taken to its end. Let it end, and then do the opposite."),
        ),
        CancelError::Unavailable(it) => it.into(),
        CancelError::Call(it) => it.into(),
        CancelError::Database(it) => it.into(),
        CancelError::Newer(it) => ApiError::internal(it),
    })?;
    accepted(&platform, &actor, id, wait).await
}

/// The operation as it is once the caller has waited long enough: 200 if it has ended, else 202.
pub(super) async fn accepted(
    platform: &Platform,
    actor: &Actor,
    id: OperationId,
    wait: Option<Duration>,
) -> Result<Response, ApiError> {
    if let Some(wait) = wait {
        // The work goes on whether or not somebody waits for it.
        wait_for_end(&platform.control, id, wait).await.map_err(ApiError::unavailable)?;
    }
    let operation = operation_fetch(platform, actor, id).await?;
    let status = if operation.is_ended() { StatusCode::OK } else { StatusCode::ACCEPTED };
    let location = format!("/v1/operations/{}", operation.id);
    Ok((status, [(header::LOCATION, location)], Json(Accepted { operation })).into_response())
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Json<Operation>, ApiError> {
    Ok(Json(operation_fetch(&platform, &actor, parse_id(&id)?).await?))
}

pub(super) async fn operation_fetch(
    platform: &Platform,
    actor: &Actor,
    id: OperationId,
) -> Result<Operation, ApiError> {
    let client = platform.control.catalog.client().await?;
    let row = queries::operation_fetch().bind(&client, &id.0).opt().await?;
    let row = row.ok_or_else(|| ApiError::not_found(format!("There is no operation {id}.")))?;
    let events = queries::operation_events().bind(&client, &id.0, &0, &EVENTS_MAX).all().await?;
    Ok(shown(platform, actor, row, events.into_iter().map(shown_event).collect()))
}

pub(super) fn shown_event(row: queries::Event) -> OperationEvent {
    OperationEvent { sequence: row.sequence, at: row.at, message: row.message }
}

/// The sign-in link lets in as the studio's owner, so only those who may send one see it; where an opened copy is, only those who
/// may open one.
fn shown(
    platform: &Platform,
    actor: &Actor,
    row: queries::Operation,
    events: Vec<OperationEvent>,
) -> Operation {
    let provisioned = row.kind == OperationKind::Provision.as_str() && row.state == "DONE";
    let opened =
        copies::inspection(&platform.control, &row).filter(|_| actor.may(Action::TenantRestore));
    let (subdomain, token): (Option<Subdomain>, _) = match opened {
        Some(it) => (Some(it.subdomain), Some(it.token)),
        None => (
            row.subdomain.as_ref().filter(|_| provisioned).and_then(|it| it.parse().ok()),
            provision::sign_in_token(&platform.control, &row),
        ),
    };
    let url = subdomain.as_ref().map(|it| platform.public_url.tenant(it));
    let token = token.filter(|_| actor.may(Action::SignInLinkCreate));
    let sign_in_url =
        subdomain.zip(token).map(|(it, token)| platform.public_url.sign_in(&it, None, &token));
    let progress = progress(&row.kind, &row.direction, &row.step, &row.state);
    let trace_parent = row.trace_parent.and_then(|it| it.parse::<TraceParent>().ok());
    let trace_id = trace_parent.map(|it| it.trace.to_string());
    Operation {
        id: row.id,
        progress,
        kind: row.kind,
        subdomain: row.subdomain,
        going_back: row.direction == Direction::Undo.as_str(),
        next_try_at: row.waiting.as_ref().map(|_| row.due_at),
        waiting: row.waiting,
        attempts: row.attempts,
        worker: row.worker,
        step: row.step,
        state: row.state,
        actor: row.actor,
        cancelled_by: row.cancelled_by,
        created_at: row.created_at,
        finished_at: row.finished_at,
        error: row.error,
        url,
        sign_in_url,
        trace_id,
        events,
    }
}

/// Of what a newer build has written, nothing is known.
fn progress(kind: &str, direction: &str, step: &str, state: &str) -> Progress {
    let read = || -> Result<(usize, usize), UnknownWord> {
        let course = kind.parse::<OperationKind>()?.course();
        let (done, total) = course.progress(direction.parse()?, step.parse()?);
        let is_end = state.parse::<OperationState>()?.is_end();
        let is_done = state == OperationState::Done.as_str();
        Ok(if is_end && is_done { (total, total) } else { (done, total) })
    };
    let (done, total) = read().unwrap_or_default();
    Progress { done, total }
}

pub(super) fn parse_id(text: &str) -> Result<OperationId, ApiError> {
    let unknown = |_| {
        ApiError::not_found(format!("'{}' is not the id of an operation.", text.escape_debug()))
    };
    text.parse::<Uuid>().map(OperationId).map_err(unknown)
}
