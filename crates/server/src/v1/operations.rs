//! `/v1/operations`.

use axum::extract::{Path, State};
use cloison_api::{Operation, OperationEvent, Page};
use cloison_catalog::queries::operations as queries;
use cloison_control::provision;
use cloison_model::{Action, OperationId, OperationKind, Subdomain};
use uuid::Uuid;

use super::pages::{Cursor, PAGE, page};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// More steps than any operation has.
const EVENTS_MAX: i64 = 500;

pub(super) async fn list(
    State(platform): State<Platform>,
    actor: Actor,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<Operation>>, ApiError> {
    let before = cursor.cursor.as_deref().map(parse_id).transpose()?.map(|it| it.0);
    let client = platform.control.catalog.client().await?;
    let rows = queries::operation_page()
        .bind(&**client, &before, &None::<&str>, &None::<&str>, &PAGE)
        .all()
        .await?;
    page(rows, |it| it.id.to_string(), |it| Ok(shown(&platform, &actor, it, Vec::new()))).map(Json)
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
    let row = queries::operation_fetch().bind(&**client, &id.0).opt().await?;
    let row = row.ok_or_else(|| ApiError::not_found(format!("There is no operation {id}.")))?;
    let events = queries::operation_events().bind(&**client, &id.0, &0, &EVENTS_MAX).all().await?;
    let events =
        events.into_iter().map(|it| OperationEvent { at: it.at, message: it.message }).collect();
    Ok(shown(platform, actor, row, events))
}

/// The sign-in link lets in as the studio's owner, so only those who may send one see it.
fn shown(
    platform: &Platform,
    actor: &Actor,
    row: queries::Operation,
    events: Vec<OperationEvent>,
) -> Operation {
    let provisioned = row.kind == OperationKind::Provision.as_str() && row.state == "DONE";
    let subdomain: Option<Subdomain> =
        row.subdomain.as_ref().filter(|_| provisioned).and_then(|it| it.parse().ok());
    let url = subdomain.as_ref().map(|it| platform.public_url.tenant(it));
    let token = provision::sign_in_token(&platform.control, &row)
        .filter(|_| actor.may(Action::SignInLinkCreate));
    let sign_in_url =
        subdomain.zip(token).map(|(it, token)| platform.public_url.sign_in(&it, &token));
    Operation {
        id: row.id,
        kind: row.kind,
        subdomain: row.subdomain.unwrap_or_default(),
        state: row.state,
        actor: row.actor,
        created_at: row.created_at,
        finished_at: row.finished_at,
        error: row.error,
        url,
        sign_in_url,
        events,
    }
}

fn parse_id(text: &str) -> Result<OperationId, ApiError> {
    let unknown = |_| {
        ApiError::not_found(format!("'{}' is not the id of an operation.", text.escape_debug()))
    };
    text.parse::<Uuid>().map(OperationId).map_err(unknown)
}
