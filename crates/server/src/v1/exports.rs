//! `/v1/tenants/{subdomain}/export`, its exports, and `/v1/exports`.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use cloison_api::{Code, Export, ExportLink, Page};
use cloison_control::exports::{self, ExportsError, export_fetch, exports_of, link, tenant_of};
use cloison_model::{Subdomain, TenantId};
use http::{HeaderMap, Method, StatusCode};
use uuid::Uuid;

use super::operations::accepted;
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::ApiError;
use crate::exports::{Asked, answer, refuse, shown};
use crate::extract::{Json, Query};
use crate::platform::Platform;

pub(super) async fn begin(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let wait = waiting.parse()?;
    let tenant = tenant(&platform, &subdomain).await?;
    let begun = exports::export(&platform.control, &actor.call, tenant).await;
    accepted(&platform, &actor, begun.map_err(refuse)?, wait).await
}

/// There are never so many that they need pages.
pub(super) async fn list(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Page<Export>>, ApiError> {
    let tenant = tenant(&platform, &subdomain).await?;
    let exports = exports_of(&platform.control, tenant).await.map_err(refuse)?;
    Ok(Json(Page { items: exports.into_iter().map(shown).collect(), next: None }))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Result<Json<Export>, ApiError> {
    let export = export_fetch(&platform.control, parse_id(&id)?).await.map_err(refuse)?;
    Ok(Json(shown(export)))
}

pub(super) async fn content(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let export = export_fetch(&platform.control, parse_id(&id)?).await.map_err(refuse)?;
    let asked = Asked { method: &method, headers: &headers };
    let answer = answer(&platform, &actor.call.actor, &export, asked).await.map_err(refuse)?;
    let (parts, content) = answer.into_parts();
    if parts.status != StatusCode::RANGE_NOT_SATISFIABLE {
        return Ok(Response::from_parts(parts, Body::from_stream(content)));
    }
    let words =
        "The export ends before the bytes that `Range` asks for. Its length is in Content-Range.";
    let mut problem = ApiError::new(Code::RangeNotSatisfiable, words).into_response();
    for name in [http::header::CONTENT_RANGE, http::header::ACCEPT_RANGES, http::header::ETAG] {
        problem.headers_mut().extend(parts.headers.get(&name).map(|it| (name, it.clone())));
    }
    Ok(problem)
}

pub(super) async fn delete(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let deleted = exports::delete(&platform.control, &actor.call, parse_id(&id)?).await;
    deleted.map(|()| StatusCode::NO_CONTENT).map_err(refuse)
}

pub(super) async fn link_create(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Json<ExportLink>, ApiError> {
    let id = parse_id(&id)?;
    let token = link(&platform.control, &actor.call, id).await.map_err(refuse)?;
    let export = export_fetch(&platform.control, id).await.map_err(refuse)?;
    Ok(Json(ExportLink { url: platform.public_url.export(&token), expires_at: export.expires_at }))
}

async fn tenant(platform: &Platform, subdomain: &str) -> Result<TenantId, ApiError> {
    let missing =
        || ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()));
    let name: Subdomain = subdomain.parse().map_err(|_not_a_name| missing())?;
    let client = platform.control.catalog.client().await?;
    tenant_of(&client, &name).await.map_err(refuse)
}

fn parse_id(text: &str) -> Result<Uuid, ApiError> {
    text.parse().map_err(|_not_an_id| refuse(ExportsError::NoExport))
}
