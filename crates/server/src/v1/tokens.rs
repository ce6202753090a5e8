//! `/v1/tokens`: what programs come with.

use axum::extract::{Path, State};
use cloison_api::{CreateToken, CreatedToken, Page, Token};
use cloison_catalog::queries::api_tokens::{ApiToken, api_token_fetch, api_token_page};
use cloison_control::access::{self, AccessError, Expiry, NewToken};
use cloison_model::{Action, TokenId};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::pages::{PAGE, page};
use super::users::{parse_name, parse_role};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

#[derive(Deserialize)]
pub(super) struct Listing {
    #[serde(default)]
    all: bool,
    cursor: Option<String>,
}

pub(super) async fn list(
    State(platform): State<Platform>,
    actor: Actor,
    Query(listing): Query<Listing>,
) -> Result<Json<Page<Token>>, ApiError> {
    if listing.all {
        actor.require(Action::TokenManageAll)?;
    }
    let user = (!listing.all).then_some(actor.caller.user.0);
    let before = listing.cursor.as_deref().map(parse_id).transpose()?;
    let before = before.map(|it| it.0);
    let client = platform.control.catalog.client().await?;
    let rows = api_token_page().bind(&client, &user, &before, &PAGE).all().await?;
    page(rows, |it| it.id.to_string(), |it| Ok(shown(it))).map(Json)
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<CreateToken>,
) -> Result<Json<CreatedToken>, ApiError> {
    let role = body.role.as_deref().map(parse_role).transpose()?;
    let new = NewToken {
        name: parse_name("name", &body.name)?,
        role: role.unwrap_or(actor.caller.authority.token),
        expiry: match (body.never_expires, body.expires_in_days) {
            (true, _) => Expiry::Never,
            (false, Some(days)) => Expiry::Days(days),
            (false, None) => Expiry::Default,
        },
    };
    let (control, now) = (&platform.control, Timestamp::now());
    let (id, secret) = access::token_create(control, &actor.caller, &actor.call, &new, now).await?;
    let client = control.catalog.client().await?;
    let row = api_token_fetch().bind(&client, &id.0).opt().await?;
    let token = shown(row.ok_or(AccessError::NoToken)?);
    Ok(Json(CreatedToken { token, secret: secret.expose().to_owned() }))
}

pub(super) async fn revoke(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = parse_id(&id)?;
    access::token_revoke(&platform.control, &actor.caller, &actor.call, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(row: ApiToken) -> Token {
    Token {
        id: row.id,
        user: row.email,
        name: row.name,
        kind: row.kind,
        role: row.role,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
    }
}

fn parse_id(text: &str) -> Result<TokenId, ApiError> {
    text.parse::<Uuid>().map(TokenId).map_err(|_not_an_id| AccessError::NoToken.into())
}
