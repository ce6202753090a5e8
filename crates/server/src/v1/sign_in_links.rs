//! `/v1/tenants/{subdomain}/sign-in-links`.

use axum::extract::{Path, State};
use cloison_api::SignInLink;
use cloison_control::{SignInLinkError, domains, sign_in_link};
use cloison_model::Subdomain;
use jiff::Timestamp;

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
) -> Result<Json<SignInLink>, ApiError> {
    let missing = || {
        ApiError::not_found(format!(
            "There is no tenant '{}' that is ready.",
            subdomain.escape_debug()
        ))
    };
    let subdomain: Subdomain = subdomain.parse().map_err(|_not_a_name| missing())?;
    let token = sign_in_link(&platform.control, &subdomain, &actor.call, Timestamp::now()).await;
    let token = token.map_err(|error| match error {
        SignInLinkError::NoTenant(_) => missing(),
        SignInLinkError::Unavailable(it) => it.into(),
        SignInLinkError::Call(it) => it.into(),
        SignInLinkError::Server(_) | SignInLinkError::Name(_) | SignInLinkError::Postgres(_) => {
            ApiError::internal(error)
        }
    })?;
    let client = platform.control.catalog.client().await?;
    let own = domains::primary_of(&client, &subdomain).await?;
    let sign_in_url = platform.public_url.sign_in(&subdomain, own.as_ref(), &token);
    Ok(Json(SignInLink { sign_in_url }))
}
