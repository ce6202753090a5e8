//! Who is calling the API, and what they may do.

use axum::extract::{FromRequestParts, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cloison_api::Code;
use cloison_catalog::queries::access::{api_token_fetch, api_token_touch};
use http::request::Parts;
use http::{HeaderMap, Method, Request, header};
use sha2::{Digest, Sha256};

use crate::error::ApiError;
use crate::platform::Platform;

/// The caller, once the token is known.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) name: String,
    role: Role,
}

impl Actor {
    pub(crate) fn may_change(&self) -> bool {
        self.role.may_change()
    }
}

/// The role of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Owner,
    Operator,
    Support,
    Auditor,
}

impl Role {
    /// A role of a newer version may do nothing here.
    fn parse(word: &str) -> Option<Self> {
        match word {
            "owner" => Some(Self::Owner),
            "operator" => Some(Self::Operator),
            "support" => Some(Self::Support),
            "auditor" => Some(Self::Auditor),
            _unknown => None,
        }
    }

    fn may_change(self) -> bool {
        match self {
            Self::Owner | Self::Operator => true,
            Self::Support | Self::Auditor => false,
        }
    }
}

/// In front of every `/v1` route: no call gets past without a token, none changes anything without
/// a role that may.
pub(crate) async fn require_token(
    State(platform): State<Platform>,
    mut request: Request<axum::body::Body>,
    next: Next,
) -> Response {
    match authenticate(&platform, request.headers()).await {
        Ok(actor)
            if request.method() != Method::GET
                && request.method() != Method::HEAD
                && !actor.may_change() =>
        {
            ApiError::new(
                Code::ForbiddenRole,
                "This token may look but not change. Use one of an owner or operator.",
            )
            .into_response()
        }
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

async fn authenticate(platform: &Platform, headers: &HeaderMap) -> Result<Actor, ApiError> {
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
    let hash = Sha256::digest(token.as_bytes());
    let client = platform.control.catalog.client().await?;
    let row =
        api_token_fetch().bind(&**client, &hash.as_slice()).opt().await?.ok_or_else(refused)?;
    let role = Role::parse(&row.role).ok_or_else(refused)?;
    api_token_touch().bind(&**client, &row.id).await?;
    Ok(Actor { name: row.email, role })
}

impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let missing = || {
            ApiError::internal(anyhow::anyhow!("a route of the API is not behind require_token"))
        };
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}
