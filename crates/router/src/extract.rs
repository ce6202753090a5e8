//! axum's side: `Tenant` as an argument of handlers, and what is answered when there is none, or no
//! connection for it.
//!
//! Not here: words. A status says enough to a program, and a page for people is the application's.

use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};

use crate::error::AcquireError;
use crate::resolution::Resolution;
use crate::tenant::Tenant;

/// From the request's extensions, where whoever resolved the host has put it. A request that
/// belongs to no tenant is answered with 404.
impl<S: Send + Sync> FromRequestParts<S> for Tenant {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::NOT_FOUND)
    }
}

/// For pages that are served to tenants and to others.
impl<S: Send + Sync> OptionalFromRequestParts<S> for Tenant {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, StatusCode> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// The status, `Retry-After`, and an empty body: the error's text names other tenants, and goes into
/// the log.
impl IntoResponse for AcquireError {
    fn into_response(self) -> Response {
        tracing::warn!(error = &self as &dyn std::error::Error, "a request got no connection");
        bare(self.status(), self.retry_after())
    }
}

/// The status, `Retry-After`, and an empty body. Whoever was found is to be served instead.
impl IntoResponse for Resolution {
    fn into_response(self) -> Response {
        bare(self.status(), self.retry_after())
    }
}

fn bare(status: StatusCode, retry_after: Option<Duration>) -> Response {
    let mut response = status.into_response();
    if let Some(pause) = retry_after {
        // Rounded up: a client that comes back too early asks twice.
        let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
