//! A link that signs a browser in to the console: asked for by whoever has a token already, and good once.

use cloison_catalog::queries::api_tokens::api_token_use;
use cloison_model::{Role, Secret, TokenId, TokenKind, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::sign_in::{SignedIn, let_in};
use super::tokens::{Issue, hash};
use super::{AccessError, Caller};
use crate::call::{self, Call};
use crate::control::Control;

/// It stands on a terminal meanwhile.
const LINK: SignedDuration = SignedDuration::from_hours(1);

/// Makes one for the caller. What it lets in may do what the caller's token may, and no more.
pub async fn link_create(
    control: &Control,
    caller: &Caller,
    now: Timestamp,
) -> Result<(Secret, Timestamp), AccessError> {
    let (id, expires) = (TokenId(Uuid::now_v7()), now + LINK);
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let call = Call { actor: caller.actor(), key: None };
    let kept = call::keep(&txn, &call, id.0).await?;
    let link = Issue {
        id,
        user: caller.user,
        name: "console link",
        role: caller.authority.token,
        kind: TokenKind::Link,
        expires: Some(expires),
    };
    let secret = link.write(control, &txn).await?;
    kept.record(&txn, "user.link", &caller.email, &json!({ "token": id.0 })).await?;
    txn.commit().await?;
    Ok((secret, expires))
}

/// The same for the local owner, whose token `up` keeps.
pub async fn local_owner_link(
    control: &Control,
    token: &Secret,
    now: Timestamp,
) -> Result<Option<Secret>, AccessError> {
    let client = control.catalog.client().await?;
    let Some(owner) = super::authenticate(&client, token.expose()).await? else { return Ok(None) };
    drop(client);
    Ok(Some(link_create(control, &owner, now).await?.0))
}

/// Signs in by a link, which is good no more from then on. Nothing if it is not good.
pub async fn link_use(
    control: &Control,
    link: &str,
    now: Timestamp,
) -> Result<Option<SignedIn>, AccessError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let found =
        api_token_use().bind(&txn, &hash(link).as_slice(), &TokenKind::Link.as_str()).opt().await?;
    let Some(found) = found else { return Ok(None) };
    let role: Role = found.role.parse()?;
    let (user, how) = (UserId(found.platform_user_id), json!({ "link": found.id }));
    let signed_in = let_in(control, &txn, user, (found.email, role), &how, now).await?;
    txn.commit().await?;
    Ok(Some(signed_in))
}
