//! `/v1/users`: who works on the platform.

use axum::extract::{Path, State};
use cloison_api::{ChangeUser, Code, CreateUser, InvitedUser, Page, User};
use cloison_catalog::queries::platform_users::{
    PlatformUser, platform_user_fetch, platform_user_page,
};
use cloison_control::access::{self, AccessError, Change, NewUser};
use cloison_model::{Email, Role, Secret};
use jiff::Timestamp;

use super::pages::{Cursor, PAGE, page};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

const NAME_CHARS_MAX: usize = 120;

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<User>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let rows = platform_user_page().bind(&client, &cursor.cursor, &PAGE).all().await?;
    page(rows, |it| it.email.clone(), |it| Ok(shown(it))).map(Json)
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(email): Path<String>,
) -> Result<Json<User>, ApiError> {
    user_fetch(&platform, &email).await.map(Json)
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<CreateUser>,
) -> Result<Json<InvitedUser>, ApiError> {
    let email = body.email.trim().parse::<Email>().map_err(|error| {
        ApiError::new(Code::InvalidField, format!("'{}': {error}.", body.email.escape_debug()))
            .of_field("email", "email")
    })?;
    let name = body.name.unwrap_or_else(|| email.to_string());
    let new = NewUser { name: parse_name("name", &name)?, role: parse_role(&body.role)?, email };
    let now = Timestamp::now();
    let invitation = access::user_create(&platform.control, &actor.call, &new, now).await?;
    invited(&platform, new.email.as_str(), &invitation).await
}

pub(super) async fn change(
    State(platform): State<Platform>,
    actor: Actor,
    Path(email): Path<String>,
    Json(body): Json<ChangeUser>,
) -> Result<Json<User>, ApiError> {
    let role = body.role.as_deref().map(parse_role).transpose()?;
    let change = Change { role, disabled: body.disabled };
    let changed = access::user_change(&platform.control, &actor.call, &email, change).await?;
    Ok(Json(shown(changed)))
}

pub(super) async fn invite(
    State(platform): State<Platform>,
    actor: Actor,
    Path(email): Path<String>,
) -> Result<Json<InvitedUser>, ApiError> {
    let now = Timestamp::now();
    let invitation = access::invite(&platform.control, &actor.call, &email, now).await?;
    invited(&platform, &email, &invitation).await
}

async fn invited(
    platform: &Platform,
    email: &str,
    invitation: &Secret,
) -> Result<Json<InvitedUser>, ApiError> {
    let user = user_fetch(platform, email).await?;
    Ok(Json(InvitedUser { user, invitation: invitation.expose().to_owned() }))
}

pub(super) async fn user_fetch(platform: &Platform, email: &str) -> Result<User, ApiError> {
    let client = platform.control.catalog.client().await?;
    let row = platform_user_fetch().bind(&client, &email).opt().await?;
    Ok(shown(row.ok_or_else(|| AccessError::NoUser(email.to_owned()))?))
}

/// 1 to 120 characters that can be printed.
pub(super) fn parse_name(field: &str, name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    let length = name.chars().count();
    if !(1..=NAME_CHARS_MAX).contains(&length) || name.chars().any(char::is_control) {
        let words = "A name has 1 to 120 characters, none of them a control character.";
        return Err(ApiError::new(Code::InvalidField, words).of_field(field, "length"));
    }
    Ok(name.to_owned())
}

pub(super) fn parse_role(word: &str) -> Result<Role, ApiError> {
    word.parse().map_err(|_unknown| {
        let words = "A role is owner, operator, support or auditor.";
        ApiError::new(Code::InvalidField, words).of_field("role", "known")
    })
}

fn shown(row: PlatformUser) -> User {
    User {
        id: row.id,
        email: row.email,
        name: row.display_name,
        role: row.role,
        created_at: row.created_at,
        password_changed_at: row.password_changed_at,
        second_factor: row.totp_confirmed_at.is_some(),
        disabled_at: row.disabled_at,
    }
}
