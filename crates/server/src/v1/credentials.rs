//! `/v1/tenants/{subdomain}/credentials`.

use axum::extract::{Path, State};
use cloison_api::{Code, Credentials};
use cloison_control::credentials::{CredentialsError, credentials};
use cloison_model::Subdomain;

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
) -> Result<Json<Credentials>, ApiError> {
    let missing =
        || ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()));
    let name: Subdomain = subdomain.parse().map_err(|_not_a_name| missing())?;
    let found = credentials(&platform.control, &actor.call, &name).await;
    let route = found.map_err(|error| match error {
        CredentialsError::NoTenant => missing(),
        CredentialsError::NotReady => ApiError::new(
            Code::NotInThisState,
            format!("{subdomain} has no database to connect to now. See: cloison tenants show {subdomain}"),
        ),
        CredentialsError::Unavailable(it) => it.into(),
        CredentialsError::Call(it) => it.into(),
        CredentialsError::Database(it) => it.into(),
        CredentialsError::Directory(it) => ApiError::internal(it),
    })?;
    Ok(Json(Credentials {
        host: route.host,
        port: route.port,
        database: route.database.to_string(),
        user: route.role.to_string(),
        password: route.password.expose().to_owned(),
    }))
}
