//! The operations port: for load balancers and Prometheus, never on a tenant's host.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::platform::Platform;

/// `/healthz`: the process runs. `/readyz`: it serves studios, and says whether it can be operated as
/// well: a load balancer must not take it away because the control database is down.
pub fn ops(platform: Platform) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .with_state(platform)
}

async fn ready(State(platform): State<Platform>) -> &'static str {
    match platform.control.catalog.client().await {
        Ok(_client) => "ready\n",
        Err(error) => {
            tracing::warn!("ready for studios only: {error:#}");
            "ready for studios; the control database cannot be reached\n"
        }
    }
}
