//! `/v1`: the API of the platform.

mod ai_credits;
mod audit;
mod backups;
mod control_backups;
mod copies;
mod credentials;
mod doctor;
mod domains;
mod drift;
mod erasures;
mod events;
mod exports;
mod fleet;
mod holds;
mod life_cycle;
mod master_key;
mod me;
mod migrations;
mod openapi;
mod operation_events;
mod operations;
mod pages;
mod pgbouncer;
mod refusals;
mod rollouts;
mod router;
mod sign_in_links;
mod sign_ins;
mod table;
mod tenants;
mod tokens;
mod usage;
mod users;
mod waiting;
mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use cloison_api::Code;

use crate::access::{BODY_BYTES_MAX, Gate, Needs, guard};
use crate::error::ApiError;
use crate::platform::Platform;

pub use self::table::{Served, served};

pub(crate) fn v1(platform: Platform) -> Router {
    let gate = |needs| from_fn_with_state(Gate { platform: platform.clone(), needs }, guard);
    let mut router = Router::new()
        .route("/v1", any(nothing_here.layer(gate(Needs::AnyToken))))
        .route("/v1/{*path}", any(nothing_here.layer(gate(Needs::AnyToken))));
    for (served, methods) in table::table() {
        router = router.route(served.endpoint.path, methods.route_layer(gate(served.needs)));
    }
    router
        .method_not_allowed_fallback(method_not_allowed.layer(gate(Needs::AnyToken)))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(platform)
}

async fn nothing_here() -> ApiError {
    ApiError::not_found("There is no such call. All calls are in /v1/openapi.json.")
}

async fn method_not_allowed() -> ApiError {
    ApiError::new(Code::MethodNotAllowed, "This path does not take that method.")
}
