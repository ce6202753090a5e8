//! Platform users: made by an owner, invited by a one-time token, changed, disabled.
//!
//! Nobody is deleted: the audit log goes on naming them.

use cloison_catalog::Transaction;
use cloison_catalog::queries::api_tokens::api_token_revoke_kind;
use cloison_catalog::queries::platform_users::{
    self as queries, PlatformUser, platform_owner_lock,
};
use cloison_catalog::{GenericClient, OnConstraint};
use cloison_model::{Email, Role, Secret, TokenId, TokenKind, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::AccessError;
use super::tokens::{Issue, text};
use crate::call::{self, Call};
use crate::control::Control;

/// Long enough to be opened the next working morning.
const INVITATION: SignedDuration = SignedDuration::from_hours(24);
/// More owners than any platform has.
const OWNERS_MAX: i64 = 1_000;

#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: Email,
    pub name: String,
    pub role: Role,
}

/// What an owner changes about a user; what is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    pub role: Option<Role>,
    pub disabled: Option<bool>,
}

/// Makes a user and answers the invitation with which they choose their password. The same call again
/// answers the same.
pub async fn user_create(
    control: &Control,
    call: &Call,
    new: &NewUser,
    now: Timestamp,
) -> Result<Secret, AccessError> {
    match create(control, call, new, now).await {
        Err(error) if error.is_repeated() => create(control, call, new, now).await,
        done => done,
    }
}

async fn create(
    control: &Control,
    call: &Call,
    new: &NewUser,
    now: Timestamp,
) -> Result<Secret, AccessError> {
    let mut client = control.catalog.client().await?;
    if let Some(made) = call::repeated(&client, call).await? {
        return Ok(text(control, TokenId(made)));
    }
    let (user, token) = (UserId(Uuid::now_v7()), TokenId(Uuid::now_v7()));
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, token.0).await?;
    queries::platform_user_insert()
        .bind(&txn, &user.0, &new.email.as_str(), &new.name, &new.role.as_str())
        .await
        .on_constraint("platform_users_email_key", || AccessError::EmailTaken(new.email.clone()))?;
    let invitation = invitation(user, new.role, token, now).write(control, &txn).await?;
    let detail = json!({ "role": new.role.as_str() });
    kept.record(&txn, "user.create", new.email.as_str(), &detail).await?;
    txn.commit().await?;
    Ok(invitation)
}

/// Another invitation, for who has lost the first, the password, or the telephone: with it a new
/// password is chosen and the second factor is off. The ones before it end.
pub async fn invite(
    control: &Control,
    call: &Call,
    email: &str,
    now: Timestamp,
) -> Result<Secret, AccessError> {
    match invite_once(control, call, email, now).await {
        Err(error) if error.is_repeated() => invite_once(control, call, email, now).await,
        done => done,
    }
}

async fn invite_once(
    control: &Control,
    call: &Call,
    email: &str,
    now: Timestamp,
) -> Result<Secret, AccessError> {
    let mut client = control.catalog.client().await?;
    if let Some(made) = call::repeated(&client, call).await? {
        return Ok(text(control, TokenId(made)));
    }
    let token = TokenId(Uuid::now_v7());
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, token.0).await?;
    let user = fetch(&txn, email).await?;
    let issue = invitation(UserId(user.id), user.role.parse()?, token, now);
    let secret = issue.write(control, &txn).await?;
    end_tokens(&txn, UserId(user.id), TokenKind::Invitation, token).await?;
    kept.record(&txn, "user.invite", &user.email, &json!({})).await?;
    txn.commit().await?;
    Ok(secret)
}

fn invitation(user: UserId, role: Role, token: TokenId, now: Timestamp) -> Issue<'static> {
    let (kind, expires) = (TokenKind::Invitation, Some(now + INVITATION));
    Issue { id: token, user, name: "invitation", role, kind, expires }
}

/// Changes role or access. A disabled user's tokens stop at once, and work again when they are enabled.
pub async fn user_change(
    control: &Control,
    call: &Call,
    email: &str,
    change: Change,
) -> Result<PlatformUser, AccessError> {
    match change_once(control, call, email, change).await {
        Err(error) if error.is_repeated() => change_once(control, call, email, change).await,
        done => done,
    }
}

async fn change_once(
    control: &Control,
    call: &Call,
    email: &str,
    change: Change,
) -> Result<PlatformUser, AccessError> {
    let mut client = control.catalog.client().await?;
    if call::repeated(&client, call).await?.is_some() {
        return fetch(&client, email).await;
    }
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, Uuid::nil()).await?;
    let owners = owners(&txn).await?;
    let user = fetch(&txn, email).await?;
    let takes_away =
        change.role.is_some_and(|it| it != Role::Owner) || change.disabled == Some(true);
    if takes_away && owners == [UserId(user.id)] {
        return Err(AccessError::LastOwner);
    }
    if let Some(role) = change.role {
        queries::platform_user_set_role().bind(&txn, &role.as_str(), &user.id).await?;
    }
    if let Some(disabled) = change.disabled {
        queries::platform_user_set_disabled().bind(&txn, &disabled, &user.id).await?;
    }
    let detail = json!({ "role": change.role.map(Role::as_str), "disabled": change.disabled });
    kept.record(&txn, "user.change", &user.email, &detail).await?;
    let changed = fetch(&txn, email).await?;
    txn.commit().await?;
    Ok(changed)
}

/// The owners who can get in, locked: of two changes at once the second sees what the first has left.
async fn owners(txn: &Transaction<'_>) -> Result<Vec<UserId>, AccessError> {
    let rows = platform_owner_lock().bind(txn, &OWNERS_MAX).all().await?;
    Ok(rows.into_iter().map(UserId).collect())
}

/// Revokes a user's tokens of one kind, but for this one.
pub(super) async fn end_tokens(
    txn: &Transaction<'_>,
    user: UserId,
    kind: TokenKind,
    except: TokenId,
) -> Result<(), AccessError> {
    api_token_revoke_kind().bind(txn, &user.0, &kind.as_str(), &except.0).await?;
    Ok(())
}

async fn fetch(client: &impl GenericClient, email: &str) -> Result<PlatformUser, AccessError> {
    let found = queries::platform_user_fetch().bind(client, &email).opt().await?;
    found.ok_or_else(|| AccessError::NoUser(email.to_owned()))
}
