//! What people change about their own account: the password and the second factor.
//!
//! All of it asks for the current password, so that a token somebody left lying about does not become
//! an account; and counts wrong ones as a sign-in does.

use cloison_catalog::Client;
use cloison_catalog::queries::platform_users::{self as queries, Secrets};
use cloison_model::{Secret, TokenId, TokenKind, UserId};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::attempts::Attempt;
use super::password::NewPassword;
use super::sign_in::{TOTP_SECRET, spend_code};
use super::users::end_tokens;
use super::{AccessError, Caller, totp};
use crate::call::{self, Call};
use crate::control::Control;

/// The password of today; absent for who never had one.
#[derive(Clone, Debug)]
pub struct CurrentPassword(pub Option<Secret>);

/// Chooses a password. An invitation needs no current one: with it the second factor is off too, and
/// the invitation has done its work. Other sign-ins end.
pub async fn password_change(
    control: &Control,
    caller: &Caller,
    current: CurrentPassword,
    new: NewPassword,
    now: Timestamp,
) -> Result<(), AccessError> {
    let user = own(control, caller).await?;
    let is_invited = caller.kind == TokenKind::Invitation;
    if !is_invited && user.password_hash.is_some() {
        prove(control, &user, current, now).await?;
    }
    let hash = control.desk.passwords.hash(new).await?;

    let mut client = control.catalog.client().await?;
    let call = Call { actor: caller.actor(), key: None };
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, &call, user.id).await?;
    queries::platform_user_set_password().bind(&txn, &hash, &user.id).await?;
    if is_invited {
        queries::platform_user_clear_totp().bind(&txn, &user.id).await?;
    }
    // No token has the nil id, so none of the invitations and links is spared.
    end_tokens(&txn, UserId(user.id), TokenKind::Invitation, TokenId(Uuid::nil())).await?;
    end_tokens(&txn, UserId(user.id), TokenKind::Link, TokenId(Uuid::nil())).await?;
    end_tokens(&txn, UserId(user.id), TokenKind::SignIn, caller.token).await?;
    kept.record(&txn, "user.password", &user.email, &json!({ "invited": is_invited })).await?;
    txn.commit().await?;
    Ok(())
}

/// Makes the shared secret and answers it as a link for an authenticator application. Until
/// [`totp_confirm`] nothing is asked for.
pub async fn totp_begin(
    control: &Control,
    caller: &Caller,
    current: CurrentPassword,
    now: Timestamp,
) -> Result<Secret, AccessError> {
    let user = own(control, caller).await?;
    if user.password_hash.is_none() {
        return Err(AccessError::NoPassword);
    }
    prove(control, &user, current, now).await?;
    let secret = totp::new_secret();
    let url = totp::url(&user.email, &secret)?;
    let sealed = control.key.seal(TOTP_SECRET, user.id, &secret);
    let mut client = control.catalog.client().await?;
    let call = Call { actor: caller.actor(), key: None };
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, &call, user.id).await?;
    if queries::platform_user_begin_totp().bind(&txn, &sealed, &user.id).await? == 0 {
        return Err(AccessError::TotpOn);
    }
    kept.record(&txn, "user.totp_begin", &user.email, &json!({})).await?;
    txn.commit().await?;
    Ok(url)
}

/// The first code shows that the application has the secret: from here on sign-ins ask for one.
pub async fn totp_confirm(
    control: &Control,
    caller: &Caller,
    code: &str,
    now: Timestamp,
) -> Result<(), AccessError> {
    let user = own(control, caller).await?;
    if user.totp_confirmed_at.is_some() {
        return Err(AccessError::TotpOn);
    }
    let mut client = control.catalog.client().await?;
    spend_code(control, &client, &user, code, now).await?;
    let call = Call { actor: caller.actor(), key: None };
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, &call, user.id).await?;
    // Only the secret that the code was for: another one may have been begun meanwhile.
    let confirmed = queries::platform_user_confirm_totp()
        .bind(&txn, &user.id, &user.totp_secret_sealed.as_deref().unwrap_or_default())
        .await?;
    if confirmed == 0 {
        return Err(AccessError::TotpNotBegun);
    }
    kept.record(&txn, "user.totp_on", &user.email, &json!({})).await?;
    txn.commit().await?;
    Ok(())
}

/// Puts the second factor off.
pub async fn totp_end(
    control: &Control,
    caller: &Caller,
    current: CurrentPassword,
    now: Timestamp,
) -> Result<(), AccessError> {
    let user = own(control, caller).await?;
    prove(control, &user, current, now).await?;
    let mut client = control.catalog.client().await?;
    let call = Call { actor: caller.actor(), key: None };
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, &call, user.id).await?;
    queries::platform_user_clear_totp().bind(&txn, &user.id).await?;
    kept.record(&txn, "user.totp_off", &user.email, &json!({})).await?;
    txn.commit().await?;
    Ok(())
}

/// The caller's own row, if the token is as good as its user.
async fn own(control: &Control, caller: &Caller) -> Result<Secrets, AccessError> {
    let is_theirs = match caller.kind {
        TokenKind::Invitation => true,
        TokenKind::Link => false,
        TokenKind::Api | TokenKind::SignIn => caller.authority.covers(caller.authority.user),
    };
    if !is_theirs {
        return Err(AccessError::Restricted);
    }
    let client: Client = control.catalog.client().await?;
    let found = queries::platform_user_secrets_of_id().bind(&client, &caller.user.0).opt().await?;
    found.ok_or_else(|| AccessError::NoUser(caller.email.clone()))
}

async fn prove(
    control: &Control,
    user: &Secrets,
    current: CurrentPassword,
    now: Timestamp,
) -> Result<(), AccessError> {
    let attempt = Attempt::new(&user.email, None);
    if let Some(wait) = control.desk.attempts.begin(&attempt, now) {
        return Err(AccessError::SlowDown { seconds: wait.as_secs().max(1) });
    }
    let guess = current.0.unwrap_or_else(|| Secret::new(""));
    if !control.desk.passwords.verify(guess, user.password_hash.clone()).await? {
        return Err(AccessError::WrongPassword);
    }
    control.desk.attempts.succeeded(&attempt);
    Ok(())
}
