//! Each request is a span of a trace: the caller's, if it sends a `traceparent`, else one that begins here.
//!
//! Never in a span: the path and the query, which carry tokens. The route says as much to whoever looks for a fault.

use std::time::Instant;

use axum::extract::{FromRequestParts as _, RawPathParams, Request};
use axum::middleware::Next;
use axum::response::Response;
use cloison_api::TraceId;
use cloison_control::trace;
use cloison_model::{Subdomain, TraceParent};
use http::{HeaderMap, HeaderName, HeaderValue};
use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::metrics::{Answered, method};
use crate::timing;

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Around everything on a port.
pub(crate) async fn trace(mut request: Request, next: Next) -> Response {
    let parent = parent_of(request.headers());
    let here = trace::below(parent);
    let method = method(&request);
    let header = here.to_string();
    let span = info_span!(
        "request",
        here = header.as_str(),
        parent = parent.map(display),
        method,
        app = Empty,
        route = Empty,
        tenant = Empty,
        status = Empty,
    );
    // For applications, which say it to their visitors when they fail.
    request.extensions_mut().insert(TraceId(here.trace.to_string()));
    let mut response = trace::within(here, span, answer(method, request, next)).await;
    let value = HeaderValue::try_from(header).expect("digits and dashes");
    response.headers_mut().insert(TRACEPARENT, value);
    response
}

/// Of several there is no telling which is meant, and one that is broken is none: a new trace begins.
fn parent_of(headers: &HeaderMap) -> Option<TraceParent> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok()?.parse().ok(),
        (Some(_) | None, _) => None,
    }
}

async fn answer(method: &'static str, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let mut response = next.run(request).await;
    let took = began.elapsed();
    timing::tell(&mut response, took);
    let ((app, route), status) = (Answered::of(&response), response.status().as_u16());
    let span = Span::current();
    span.record("app", app).record("route", route).record("status", status);
    let duration_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    tracing::info!(duration_ms, "{status} {method} {route} of {app}");
    response
}

/// The request is about this tenant.
pub(crate) fn is_about(tenant: &Subdomain) {
    Span::current().record("tenant", tenant.as_str());
}

/// Around each route of the API: many are about the tenant that the path names. What is no name is not repeated.
pub(crate) async fn name_tenant(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // Where nothing was matched there is none.
    if let Ok(parameters) = RawPathParams::from_request_parts(&mut parts, &()).await
        && let Some((_, name)) = parameters.iter().find(|it| it.0 == "subdomain")
        && let Ok(tenant) = name.parse()
    {
        is_about(&tenant);
    }
    next.run(Request::from_parts(parts, body)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn check(values: &[&str]) -> bool {
        let pairs = values.iter().map(|it| (TRACEPARENT, HeaderValue::from_str(it).unwrap()));
        parent_of(&pairs.collect()).is_some()
    }

    #[test]
    fn whose_trace_it_is() {
        assert!(check(&[GOOD]));
        assert!(!check(&[]));
        assert!(!check(&[GOOD, GOOD]));
        assert!(!check(&["nonsense"]));
        assert!(!check(&["é"]));
    }
}
