//! The operations port: for load balancers and Prometheus, never on a tenant's host.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cloison_control::Control;
use http::{StatusCode, header};

use crate::metrics::{CONTENT_TYPE, Metrics};

/// `/healthz`: the process runs. `/readyz`: it serves studios, and says whether it can be operated as
/// well: a load balancer must not take it away because the control database is down. `/metrics`: what Prometheus reads.
pub fn ops(control: Control, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready).with_state(control))
        .route("/metrics", get(measured).with_state(metrics))
}

async fn ready(State(control): State<Control>) -> &'static str {
    match control.catalog.client().await {
        Ok(_client) => "ready\n",
        Err(error) => {
            tracing::warn!("ready for studios only: {error:#}");
            "ready for studios; the control database cannot be reached\n"
        }
    }
}

async fn measured(State(metrics): State<Metrics>) -> Response {
    match metrics.text().await {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_unwritable) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
