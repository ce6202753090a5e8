//! The operations port: for load balancers and Prometheus, never on a tenant's host.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cloison_control::Control;
use cloison_model::{BaseDomain, Hostname, Site};
use http::{StatusCode, header};
use serde::Deserialize;

use crate::metrics::{CONTENT_TYPE, Metrics};

/// `/healthz`: the process runs. `/readyz`: it serves studios, and says whether it can be operated as
/// well: a load balancer must not take it away because the control database is down. `/metrics`: what Prometheus reads.
pub fn ops(control: Control, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready).with_state(control))
        .route("/metrics", get(measured).with_state(metrics))
}

/// `/ask?domain=`: whether a tenant is served here under this name, for a proxy that gets certificates when the first visitor comes
/// (Caddy's on-demand TLS). Our own names, the base domain and the console, are no tenant's: their certificates are got in another way.
pub fn asked(base: BaseDomain, router: cloison_router::Router) -> Router {
    Router::new().route("/ask", get(ask).with_state((base, router)))
}

#[derive(Deserialize)]
struct Asked {
    domain: String,
}

async fn ask(
    State((base, router)): State<(BaseDomain, cloison_router::Router)>,
    Query(Asked { domain }): Query<Asked>,
) -> (StatusCode, &'static str) {
    let Ok(host) = domain.parse::<Hostname>() else {
        return (StatusCode::BAD_REQUEST, "this is no hostname\n");
    };
    let site = base.site(&host);
    if let Site::Base | Site::Console | Site::Nobody = site {
        return (StatusCode::FORBIDDEN, "no tenant can have this name\n");
    }
    match router.holder(&site).await {
        Ok(Some(_)) => (StatusCode::OK, "a tenant is served under this name\n"),
        Ok(None) => (StatusCode::FORBIDDEN, "nobody is served under this name\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "it is not known whose name this is\n"),
    }
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
