//! The person behind a request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use cloison_control::Control;
use cloison_control::access::{AccessError, Caller, SignedIn, authenticate};
use cloison_model::{Action, TokenKind};
use cloison_pages::{cookies, preferences};
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::form::{Refusal, refuse};
use crate::Console;
use crate::frame::{self, Frame};

/// Holds the token of a sign-in.
pub(super) const COOKIE: &str = "__Host-cloison-console";
/// All that the console shows; whoever may not see a part of it sees nothing.
const SHOWN: [Action; 7] = [
    Action::TenantRead,
    Action::ServerRead,
    Action::OperationRead,
    Action::RolloutRead,
    Action::BackupRead,
    Action::RouterRead,
    Action::WebhookRead,
];
/// For so long whoever was let in is let in again although the control database cannot be asked: what it says is that it is down.
const KNOWN_FOR: Duration = Duration::from_mins(15);
/// More people than look at one console.
const KNOWN_MAX: usize = 1_000;

/// Somebody who is signed in, and may see it.
pub(crate) struct Visitor {
    pub(crate) caller: Caller,
    pub(crate) here: String,
    headers: HeaderMap,
}

/// Whom the control database has let in lately. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known(Arc<Mutex<Guests>>);

/// By the hashes of their cookies, and since when.
type Guests = HashMap<[u8; 32], (Instant, Caller)>;

/// Why somebody is not let in.
enum Outside {
    /// Has not signed in, or not lately.
    Stranger,
    Forbidden,
    /// Nobody can say.
    Unavailable,
}

impl Visitor {
    pub(crate) fn frame(&self) -> Frame {
        Frame {
            lang: frame::lang(&self.headers),
            theme: preferences::theme(&self.headers),
            person: self.caller.email.clone(),
            here: self.here.clone(),
            reload_seconds: None,
        }
    }
}

impl FromRequestParts<Console> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Response> {
        let here = match parts.method {
            // A page is come back to after signing in; a form that was sent is not.
            Method::GET => parts.uri.path_and_query().map_or("/", PathAndQuery::as_str).to_owned(),
            _ => "/".to_owned(),
        };
        match find(console, &parts.headers).await {
            Ok(caller) => Ok(Self { caller, here, headers: parts.headers.clone() }),
            Err(Outside::Stranger) => {
                let query = form_urlencoded::Serializer::new(String::new())
                    .append_pair("next", &here)
                    .finish();
                Err(Redirect::to(&format!("/sign-in?{query}")).into_response())
            }
            Err(Outside::Forbidden) => Err(refuse(&parts.headers, "/", "", Refusal::Forbidden)),
            Err(Outside::Unavailable) => Err(StatusCode::SERVICE_UNAVAILABLE.into_response()),
        }
    }
}

async fn find(console: &Console, headers: &HeaderMap) -> Result<Caller, Outside> {
    let token = cookies::get(headers, COOKIE).ok_or(Outside::Stranger)?;
    let hash = Sha256::digest(token.as_bytes()).into();
    let caller = match caller_of(&console.config.control, token).await {
        Ok(Some(caller)) => {
            console.known.greet(hash, &caller, Instant::now());
            caller
        }
        Ok(None) => {
            console.known.forget(&hash);
            return Err(Outside::Stranger);
        }
        Err(error) => {
            tracing::debug!("whose cookie it is cannot be asked: {error}");
            console.known.recall(&hash, Instant::now()).ok_or(Outside::Unavailable)?
        }
    };
    may_look(&caller)
}

/// Nobody, for a token that is not of a sign-in.
async fn caller_of(control: &Control, token: &str) -> Result<Option<Caller>, AccessError> {
    let client = control.catalog.client().await?;
    authenticate(&client, token).await
}

/// Pure: whether it is a person's sign-in, and the person may see all there is.
fn may_look(caller: &Caller) -> Result<Caller, Outside> {
    match caller.kind {
        TokenKind::SignIn => {}
        TokenKind::Api | TokenKind::Invitation | TokenKind::Link => return Err(Outside::Stranger),
    }
    if SHOWN.into_iter().all(|it| caller.authority.may(it)) {
        Ok(caller.clone())
    } else {
        Err(Outside::Forbidden)
    }
}

/// Of the browser that has just signed in.
pub(super) fn cookie(signed_in: &SignedIn, now: Timestamp) -> HeaderValue {
    let seconds = signed_in.expires.duration_since(now).as_secs();
    cookies::set(COOKIE, signed_in.token.expose(), seconds)
}

/// Who is to be signed out, if anybody.
pub(super) async fn signed_in(
    control: &Control,
    headers: &HeaderMap,
) -> Result<Option<Caller>, AccessError> {
    let Some(token) = cookies::get(headers, COOKIE) else { return Ok(None) };
    let caller = caller_of(control, token).await?;
    Ok(caller.filter(|it| it.kind == TokenKind::SignIn))
}

impl Known {
    fn greet(&self, hash: [u8; 32], caller: &Caller, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN_MAX {
            known.retain(|_, (at, _)| now.duration_since(*at) < KNOWN_FOR);
        }
        if known.len() < KNOWN_MAX {
            known.insert(hash, (now, caller.clone()));
        }
    }

    fn recall(&self, hash: &[u8; 32], now: Instant) -> Option<Caller> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, caller) = known.get(hash)?;
        (now.duration_since(*at) < KNOWN_FOR).then(|| caller.clone())
    }

    pub(super) fn forget(&self, hash: &[u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }

    /// Whoever signs out is a stranger at once.
    pub(super) fn forget_browser(&self, headers: &HeaderMap) {
        if let Some(token) = cookies::get(headers, COOKIE) {
            self.forget(&Sha256::digest(token.as_bytes()).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use cloison_model::{Authority, Role, TokenId, UserId};
    use uuid::Uuid;

    use super::*;

    fn caller(kind: TokenKind, role: Role) -> Caller {
        Caller {
            user: UserId(Uuid::nil()),
            email: "kim@example.com".to_owned(),
            token: TokenId(Uuid::nil()),
            kind,
            authority: Authority { user: role, token: role },
        }
    }

    #[test]
    fn every_role_may_look_and_only_with_a_sign_in() {
        for role in Role::ALL {
            assert!(may_look(&caller(TokenKind::SignIn, role)).is_ok(), "{role}");
            for kind in [TokenKind::Api, TokenKind::Invitation, TokenKind::Link] {
                let found = may_look(&caller(kind, role));
                assert!(matches!(found, Err(Outside::Stranger)), "{kind}");
            }
        }
    }

    #[test]
    fn who_was_known_is_known_for_a_while() {
        let (known, kim) = (Known::default(), caller(TokenKind::SignIn, Role::Support));
        let now = Instant::now();
        known.greet([1; 32], &kim, now);
        assert!(known.recall(&[1; 32], now + KNOWN_FOR / 2).is_some());
        assert!(known.recall(&[1; 32], now + KNOWN_FOR).is_none());
        assert!(known.recall(&[2; 32], now).is_none());
        known.forget(&[1; 32]);
        assert!(known.recall(&[1; 32], now).is_none());
    }

    #[test]
    fn not_everybody_is_remembered() {
        let (known, kim) = (Known::default(), caller(TokenKind::SignIn, Role::Support));
        let now = Instant::now();
        for n in 0..2 * u32::try_from(KNOWN_MAX).unwrap() {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&n.to_be_bytes());
            known.greet(hash, &kim, now);
        }
        assert_eq!(known.0.lock().unwrap().len(), KNOWN_MAX);
        known.greet([9; 32], &kim, now + KNOWN_FOR);
        assert!(known.recall(&[9; 32], now + KNOWN_FOR).is_some(), "the old ones make room");
    }
}
