//! The operations port: for load balancers and Prometheus, never on a tenant's host.

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::StatusCode;

use crate::platform::Platform;

/// `/healthz`: the process runs. `/readyz`: it can serve and be operated.
pub fn ops(platform: Platform) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .with_state(platform)
}

async fn ready(State(platform): State<Platform>) -> impl IntoResponse {
    match platform.control.catalog.client().await {
        Ok(_client) => (StatusCode::OK, "ready\n".to_owned()),
        Err(error) => {
            tracing::warn!("not ready: {error:#}");
            (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {error}\n"))
        }
    }
}
