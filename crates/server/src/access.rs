//! Who is calling the API, and whether they may: the gate in front of every call of `/v1`.
//!
//! Not here: which call needs what (`v1::table` says so), and what a role may (`cloison_model::may`).

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cloison_api::Code;
use cloison_control::access::{Caller, authenticate};
use cloison_control::call::{Call, IdempotencyKey};
use cloison_model::{Action, TokenKind};
use http::request::Parts;
use http::{HeaderMap, Request, header};

use crate::error::ApiError;
use crate::platform::Platform;

/// A request of the API is a few fields.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;
const KEY_HEADER: &str = "idempotency-key";

/// What a call asks of who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody may make it.
    Nothing,
    /// A token that is good for anything at all: to learn that there is no such call.
    AnyToken,
    /// A token whose roles allow it, and an invitation's too.
    Invitation(Action),
    /// A token whose roles allow it.
    Token(Action),
}

/// The caller, once the token is known, and how a repetition of the request is recognised.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    /// As the audit log names them.
    pub(crate) name: String,
    pub(crate) caller: Caller,
    /// For `cloison_control::call`.
    pub(crate) call: Call,
}

/// In front of one call.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) platform: Platform,
    pub(crate) needs: Needs,
}

impl Actor {
    pub(crate) fn may(&self, action: Action) -> bool {
        self.caller.authority.may(action)
    }

    /// For what depends on the request's content; the call itself was allowed at the gate.
    pub(crate) fn require(&self, action: Action) -> Result<(), ApiError> {
        if self.may(action) { Ok(()) } else { Err(forbidden(&self.caller, action)) }
    }
}

/// No call gets past without what it needs.
pub(crate) async fn guard(
    State(gate): State<Gate>,
    request: Request<Body>,
    next: Next,
) -> Response {
    match admit(&gate, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn admit(gate: &Gate, request: Request<Body>) -> Result<Request<Body>, ApiError> {
    if gate.needs == Needs::Nothing {
        return Ok(request);
    }
    let caller = caller(&gate.platform, request.headers()).await?;
    check(gate.needs, &caller)?;
    let (mut request, key) = keyed(request).await?;
    let call = Call { actor: caller.actor(), key };
    request.extensions_mut().insert(Actor { name: caller.email.clone(), caller, call });
    Ok(request)
}

/// Pure: whether who holds this token may make this call.
fn check(needs: Needs, caller: &Caller) -> Result<(), ApiError> {
    let action = match needs {
        Needs::Nothing | Needs::AnyToken => return Ok(()),
        Needs::Invitation(action) => action,
        Needs::Token(action) => match caller.kind {
            TokenKind::Invitation => {
                return Err(ApiError::new(
                    Code::ForbiddenRole,
                    "This one-time token is for choosing a password: PUT /v1/me/password, then sign in.",
                ));
            }
            TokenKind::Api | TokenKind::SignIn | TokenKind::Link => action,
        },
    };
    if caller.authority.may(action) { Ok(()) } else { Err(forbidden(caller, action)) }
}

fn forbidden(caller: &Caller, action: Action) -> ApiError {
    let (user, token) = (caller.authority.user, caller.authority.token);
    let who = if user == token {
        format!("The role {user}")
    } else {
        format!("A token of role {token} whose user has the role {user}")
    };
    let words = format!("{who} does not allow {}. Ask an owner.", action.as_str());
    ApiError::new(Code::ForbiddenRole, words)
}

async fn caller(platform: &Platform, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let refused = || {
        ApiError::new(
            Code::Unauthorized,
            "Send `Authorization: Bearer <token>` with a token that is not expired or revoked.",
        )
    };
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(refused)?;
    let client = platform.control.catalog.client().await?;
    let caller = authenticate(&client, token).await?;
    // A link is for a browser, which leaves it at the door.
    caller.filter(|it| it.kind != TokenKind::Link).ok_or_else(refused)
}

/// Reads the idempotency key and, for it, the body: what belongs to the key is the whole request.
async fn keyed(
    request: Request<Body>,
) -> Result<(Request<Body>, Option<IdempotencyKey>), ApiError> {
    let Some(value) = request.headers().get(KEY_HEADER) else { return Ok((request, None)) };
    let text = value.to_str().unwrap_or_default().to_owned();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else {
        return Err(ApiError::new(Code::TooLarge, "The body is longer than this call takes."));
    };
    let key = IdempotencyKey::new(&text, parts.method.as_str(), parts.uri.path(), &body);
    let key = key.map_err(|_malformed| {
        ApiError::new(Code::BadRequest, "An Idempotency-Key has 1 to 200 visible ASCII characters.")
    })?;
    Ok((Request::from_parts(parts, Body::from(body)), Some(key)))
}

impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let missing = || {
            ApiError::internal(anyhow::anyhow!("a handler wants an actor, but its call needs none"))
        };
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}
