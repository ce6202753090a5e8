//! A person signs in: e-mail, password, and a one-time code where the second factor is on. What they
//! get is a token for half a day.

use std::net::IpAddr;

use cloison_catalog::queries::platform_users::{
    Secrets, platform_user_secrets, platform_user_spend_totp,
};
use cloison_catalog::{GenericClient, Transaction};
use cloison_model::{Email, Role, Secret, TokenId, TokenKind, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::attempts::Attempt;
use super::tokens::Issue;
use super::{AccessError, totp};
use crate::call::{self, Actor, Call};
use crate::control::Control;

/// A working day.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);
/// What the sealed secret of the one-time codes is bound to, beside the user's id.
pub(super) const TOTP_SECRET: &str = "platform_users.totp_secret";

#[derive(Clone, Debug)]
pub struct SignIn {
    pub email: Email,
    pub password: Secret,
    pub code: Option<String>,
    /// From where, as far as is known.
    pub address: Option<IpAddr>,
}

#[derive(Debug)]
pub struct SignedIn {
    pub token: Secret,
    pub expires: Timestamp,
    pub email: String,
    pub role: Role,
}

/// The same work and the same answer for a wrong password, an unknown user and a disabled one.
pub async fn sign_in(
    control: &Control,
    request: SignIn,
    now: Timestamp,
) -> Result<SignedIn, AccessError> {
    let attempt = Attempt::new(request.email.as_str(), request.address);
    if let Some(wait) = control.desk.attempts.begin(&attempt, now) {
        return Err(AccessError::SlowDown { seconds: wait.as_secs().max(1) });
    }
    let mut client = control.catalog.client().await?;
    let found = platform_user_secrets().bind(&client, &request.email.as_str()).opt().await?;
    // The connection is not kept while the password is hashed: a few sign-ins would hold them all.
    drop(client);
    let stored = found.as_ref().and_then(|it| it.password_hash.clone());
    let matches = control.desk.passwords.verify(request.password, stored).await?;
    let user =
        found.filter(|it| matches && it.disabled_at.is_none()).ok_or(AccessError::Refused)?;
    let (id, role) = (UserId(user.id), user.role.parse()?);
    client = control.catalog.client().await?;
    if user.totp_confirmed_at.is_some() {
        let code = request.code.as_deref().ok_or(AccessError::CodeNeeded)?;
        spend_code(control, &client, &user, code, now).await?;
    }
    let txn = client.transaction().await?;
    let signed_in = let_in(control, &txn, id, (user.email, role), &json!({}), now).await?;
    txn.commit().await?;
    control.desk.attempts.succeeded(&attempt);
    Ok(signed_in)
}

/// Writes the sign-in of somebody who has shown who they are, and `how` into the audit log. The caller commits.
pub(super) async fn let_in(
    control: &Control,
    txn: &Transaction<'_>,
    user: UserId,
    (email, role): (String, Role),
    how: &Value,
    now: Timestamp,
) -> Result<SignedIn, AccessError> {
    let (id, expires) = (TokenId(Uuid::now_v7()), now + GOOD_FOR);
    let call = Call { actor: Actor { id: user.0, name: email.clone() }, key: None };
    let kept = call::keep(txn, &call, id.0).await?;
    let (kind, name) = (TokenKind::SignIn, "sign-in");
    let issue = Issue { id, user, name, role, kind, expires: Some(expires) };
    let token = issue.write(control, txn).await?;
    kept.record(txn, "user.sign_in", &email, how).await?;
    Ok(SignedIn { token, expires, email, role })
}

/// Takes a one-time code, which is then good no more, whatever becomes of the request.
pub(super) async fn spend_code(
    control: &Control,
    client: &impl GenericClient,
    user: &Secrets,
    code: &str,
    now: Timestamp,
) -> Result<(), AccessError> {
    let sealed = user.totp_secret_sealed.as_deref().ok_or(AccessError::TotpNotBegun)?;
    let secret = control.key.open(TOTP_SECRET, user.id, sealed)?;
    let step = totp::step_of(&secret, code, now)?.ok_or(AccessError::WrongCode)?;
    match platform_user_spend_totp().bind(client, &step, &user.id).await? {
        0 => Err(AccessError::WrongCode),
        _spent => Ok(()),
    }
}
