//! What holds for every answer of an application with pages: its headers, no panic that gets out, no form from another site.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::any::Any;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// The longest form has 4,000 characters of notes; this leaves room for their encoding.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Nothing is loaded from elsewhere, nothing is inline, nobody frames us.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Errors go on without a body; who puts pages around them lays that over this.
///
/// There is no per-form token: requests from other sites are told by their headers and refused as a whole.
pub fn guarded<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    let common = ServiceBuilder::new()
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    routes.layer(common)
}

/// The headers of every answer, laid over everything else.
pub fn headed<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    let headers = ServiceBuilder::new()
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        // Pages hold people's names; assets say otherwise themselves.
        .layer(header(header::CACHE_CONTROL, "no-store"));
    routes.layer(headers)
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer wants a function of this shape")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    tracing::error!(panic = said, "a page panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
