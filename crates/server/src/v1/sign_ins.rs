//! `/v1/sign-ins`: how a person gets a token.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, State};
use cloison_api::{Code, SignIn, SignedIn};
use cloison_control::access::{self, AccessError, sign_in};
use cloison_model::Secret;
use jiff::Timestamp;

use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn create(
    State(platform): State<Platform>,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    Json(body): Json<SignIn>,
) -> Result<Json<SignedIn>, ApiError> {
    // What is no address is nobody's; nothing is given away by saying so at once.
    let email =
        body.email.trim().parse().map_err(|_not_one| ApiError::from(AccessError::Refused))?;
    let request = access::SignIn {
        email,
        password: Secret::new(body.password),
        code: body.code,
        address: address.map(|Extension(ConnectInfo(it))| it.ip()),
    };
    let signed_in = sign_in(&platform.control, request, Timestamp::now()).await;
    let signed_in = signed_in.map_err(|error| match error {
        AccessError::WrongCode => ApiError::new(
            Code::SignInRefused,
            "The one-time code is wrong, or was used before. Wait for the next one.",
        ),
        other => other.into(),
    })?;
    Ok(Json(SignedIn {
        token: signed_in.token.expose().to_owned(),
        expires_at: signed_in.expires,
        email: signed_in.email,
        role: signed_in.role.to_string(),
    }))
}
