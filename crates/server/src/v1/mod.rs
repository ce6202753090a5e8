//! `/v1`: the API of the platform.

mod doctor;
mod operations;
mod pages;
mod sign_in_links;
mod tenants;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use cloison_api::Code;

use crate::access::require_token;
use crate::error::ApiError;
use crate::platform::Platform;

/// A request of the API is a few fields.
const BODY_BYTES_MAX: usize = 64 * 1024;

pub(crate) fn v1(platform: Platform) -> Router {
    Router::new()
        .route("/v1/tenants", get(tenants::list).post(tenants::create))
        .route("/v1/tenants/{subdomain}", get(tenants::fetch))
        .route("/v1/tenants/{subdomain}/sign-in-links", post(sign_in_links::create))
        .route("/v1/operations", get(operations::list))
        .route("/v1/operations/{id}", get(operations::fetch))
        .route("/v1/doctor", post(doctor::examine))
        .route("/v1", get(nothing_here))
        .route("/v1/{*path}", get(nothing_here).fallback(nothing_here))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(platform.clone(), require_token))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(platform)
}

async fn nothing_here() -> ApiError {
    ApiError::not_found(
        "There is no such call. The calls are under /v1/tenants, /v1/operations and /v1/doctor.",
    )
}

async fn method_not_allowed() -> ApiError {
    ApiError::new(Code::MethodNotAllowed, "This path does not take that method.")
}
