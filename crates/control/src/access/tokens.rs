//! API tokens: made once, shown once, stored as a hash.
//!
//! A token's text follows from the master key and its id, so a creation that is sent again with the
//! same idempotency key shows the same token, and nothing has to be stored for that.

use cloison_catalog::Transaction;
use cloison_catalog::queries::{api_tokens, platform_users};
use cloison_catalog::{Client, GenericClient};
use cloison_model::{Action, Authority, Role, Secret, TokenId, TokenKind, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{AccessError, Caller};
use crate::call::{self, Call};
use crate::control::Control;

/// A forgotten token is not good for ever.
const DAYS_DEFAULT: u16 = 90;
const DAYS_MAX: u16 = 365;
/// So that secret scanners, and people, see what it is.
const PREFIX: &str = "cloison_";
/// The e-mail and the name of who runs `cloison up`.
const LOCAL_OWNER: (&str, &str) = ("owner@localhost", "Local owner");
/// Sign-ins that ran out are kept for who looks into what happened, and then forgotten a few at a time.
const KEPT_DAYS: i32 = 30;
const FORGOTTEN_AT_ONCE: i64 = 10;

/// How long a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    Default,
    Days(u16),
    Never,
}

#[derive(Clone, Debug)]
pub struct NewToken {
    pub name: String,
    /// No more than the caller's own.
    pub role: Role,
    pub expiry: Expiry,
}

/// A token of any kind, about to be written.
pub(super) struct Issue<'a> {
    pub(super) id: TokenId,
    pub(super) user: UserId,
    pub(super) name: &'a str,
    pub(super) role: Role,
    pub(super) kind: TokenKind,
    pub(super) expires: Option<Timestamp>,
}

impl Expiry {
    /// Pure: until when, or why not.
    fn resolve(
        self,
        authority: Authority,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, AccessError> {
        let after = |days: u16| now + SignedDuration::from_hours(24 * i64::from(days));
        match self {
            Self::Default => Ok(Some(after(DAYS_DEFAULT))),
            Self::Days(days) if (1..=DAYS_MAX).contains(&days) => Ok(Some(after(days))),
            Self::Days(_) => Err(AccessError::Expiry { days_max: DAYS_MAX }),
            Self::Never if authority.may(Action::TokenManageAll) => Ok(None),
            Self::Never => Err(AccessError::NeverExpires),
        }
    }
}

/// Whose token this is; `None` for one that is unknown, expired or revoked, or whose user is disabled.
pub async fn authenticate(client: &Client, token: &str) -> Result<Option<Caller>, AccessError> {
    let found =
        api_tokens::api_token_authenticate().bind(client, &hash(token).as_slice()).opt().await?;
    let Some(row) = found else { return Ok(None) };
    api_tokens::api_token_touch().bind(client, &row.id).await?;
    Ok(Some(Caller {
        user: UserId(row.platform_user_id),
        email: row.email,
        token: TokenId(row.id),
        kind: row.kind.parse()?,
        authority: Authority { user: row.user_role.parse()?, token: row.role.parse()? },
    }))
}

/// Makes a token of the caller's own and answers its text. The same call again answers the same.
pub async fn token_create(
    control: &Control,
    caller: &Caller,
    call: &Call,
    new: &NewToken,
    now: Timestamp,
) -> Result<(TokenId, Secret), AccessError> {
    match create(control, caller, call, new, now).await {
        Err(error) if error.is_repeated() => create(control, caller, call, new, now).await,
        done => done,
    }
}

async fn create(
    control: &Control,
    caller: &Caller,
    call: &Call,
    new: &NewToken,
    now: Timestamp,
) -> Result<(TokenId, Secret), AccessError> {
    let mut client = control.catalog.client().await?;
    if let Some(made) = call::repeated(&client, call).await? {
        return Ok((TokenId(made), text(control, TokenId(made))));
    }
    if !caller.authority.covers(new.role) {
        return Err(AccessError::RoleTooHigh(new.role));
    }
    let expires = new.expiry.resolve(caller.authority, now)?;
    let id = TokenId(Uuid::now_v7());
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, id.0).await?;
    let issue = Issue {
        id,
        user: caller.user,
        name: &new.name,
        role: new.role,
        kind: TokenKind::Api,
        expires,
    };
    let token = issue.write(control, &txn).await?;
    let detail = json!({ "token": id.0, "role": new.role.as_str(), "expires_at": expires });
    kept.record(&txn, "token.create", &caller.email, &detail).await?;
    txn.commit().await?;
    Ok((id, token))
}

impl Issue<'_> {
    /// Writes the token and answers its text.
    pub(super) async fn write(
        &self,
        control: &Control,
        txn: &Transaction<'_>,
    ) -> Result<Secret, AccessError> {
        let token = text(control, self.id);
        api_tokens::api_token_insert()
            .bind(
                txn,
                &self.id.0,
                &self.user.0,
                &self.name,
                &hash(token.expose()).as_slice(),
                &self.role.as_str(),
                &self.kind.as_str(),
                &self.expires,
            )
            .await?;
        api_tokens::api_token_forget().bind(txn, &KEPT_DAYS, &FORGOTTEN_AT_ONCE).await?;
        Ok(token)
    }
}

/// Ends a token: one's own, or with the right to all anybody's.
pub async fn token_revoke(
    control: &Control,
    caller: &Caller,
    call: &Call,
    token: TokenId,
) -> Result<(), AccessError> {
    let mut client = control.catalog.client().await?;
    if call::repeated(&client, call).await?.is_some() {
        return Ok(());
    }
    let row = api_tokens::api_token_fetch().bind(&client, &token.0).opt().await?;
    let is_theirs =
        |owner: Uuid| owner == caller.user.0 || caller.authority.may(Action::TokenManageAll);
    // Whose it is, is nobody else's business: a foreign token is as unknown as one that is not there.
    let row = row.filter(|it| is_theirs(it.platform_user_id)).ok_or(AccessError::NoToken)?;
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, token.0).await?;
    // Run twice, it finds the token revoked and leaves no second trace.
    if api_tokens::api_token_revoke().bind(&txn, &token.0).await? == 1 {
        let detail = json!({ "token": token.0 });
        kept.record(&txn, "token.revoke", &row.email, &detail).await?;
    }
    txn.commit().await?;
    Ok(())
}

/// Whoever can read the data directory is the owner of what is in it: gives them a user and this token.
/// Answers whether it is good; one that was revoked stays so, and needs a successor.
pub async fn local_owner_ensure(
    client: &impl GenericClient,
    token: &Secret,
) -> Result<bool, tokio_postgres::Error> {
    let (email, name) = LOCAL_OWNER;
    let role = Role::Owner.as_str();
    let user = platform_users::platform_user_ensure()
        .bind(client, &Uuid::now_v7(), &email, &name, &role)
        .one()
        .await?;
    let hash = hash(token.expose());
    let revoked = api_tokens::api_token_ensure()
        .bind(client, &Uuid::now_v7(), &user, &"cloison up", &hash.as_slice(), &role)
        .one()
        .await?;
    Ok(revoked.is_none())
}

pub(super) fn text(control: &Control, id: TokenId) -> Secret {
    let derived = control.key.derive_token("api token", id.0);
    Secret::new(format!("{PREFIX}{}", derived.expose()))
}

/// 256 random bits need no salt and no slow hash.
pub(super) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(role: Role, expiry: Expiry) -> Result<Option<i64>, String> {
        let now = Timestamp::UNIX_EPOCH;
        let authority = Authority { user: role, token: role };
        let resolved = expiry.resolve(authority, now).map_err(|it| it.to_string())?;
        Ok(resolved.map(|it| it.duration_since(now).as_hours() / 24))
    }

    #[test]
    fn tokens_run_out_unless_an_owner_says_otherwise() {
        assert_eq!(check(Role::Support, Expiry::Default), Ok(Some(90)));
        assert_eq!(check(Role::Support, Expiry::Days(365)), Ok(Some(365)));
        for days in [0, 366, u16::MAX] {
            assert!(check(Role::Owner, Expiry::Days(days)).is_err(), "{days}");
        }
        assert_eq!(check(Role::Owner, Expiry::Never), Ok(None));
        assert!(check(Role::Operator, Expiry::Never).is_err());
    }
}
