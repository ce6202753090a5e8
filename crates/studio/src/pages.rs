//! The pages: addresses, the state they share, and what holds for all of them.
//!
//! Every page but those for signing in asks for a [`crate::sign_in::Visitor`]. There is no
//! per-form token: requests from other sites are told by their headers and refused as a whole.

pub(crate) mod calendar;
mod clients;
pub(crate) mod cookies;
pub(crate) mod exports;
pub(crate) mod failure;
pub(crate) mod fields;
pub(crate) mod frame;
mod notices;
pub(crate) mod preferences;
mod sessions;
pub(crate) mod toast;

use crate::sign_in::{self, Attempts, Passwords, Visitor};
use crate::{Clock, assets};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use failure::Failure;
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

/// What the studio is told by whoever runs it.
#[derive(Debug, Clone)]
pub struct StudioConfig {
    /// What time it is.
    pub clock: Clock,
}

#[derive(Clone)]
struct StudioState {
    clock: Clock,
    passwords: Passwords,
    attempts: Attempts,
}

/// The studio as an application: it expects a [`cloison_router::Tenant`] in each request's extensions, and, if its owner is to export
/// it, the platform's [`cloison_api::Services`].
pub fn router(config: StudioConfig) -> Router {
    let state = StudioState {
        clock: config.clock,
        passwords: Passwords::default(),
        attempts: Attempts::default(),
    };
    let routes = Router::new()
        .route("/", get(async || Redirect::to("/calendar")))
        .route("/assets/{name}", get(assets::serve))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/{token}", get(sign_in::open).post(sign_in::choose))
        .route("/sign-out", post(sign_in::leave))
        .route("/preferences", post(preferences::save))
        .route("/settings/export", get(exports::show).post(exports::begin))
        .route("/settings/export/{id}", get(exports::download))
        .route("/calendar", get(calendar::show))
        .route("/sessions", post(sessions::book))
        .route("/sessions/new", get(sessions::new))
        .route("/sessions/preview", get(sessions::preview))
        .route("/sessions/{id}", get(sessions::show).post(sessions::save))
        .route("/sessions/{id}/move", post(sessions::move_back))
        .route("/sessions/{id}/confirm", post(sessions::confirm))
        .route("/sessions/{id}/cancel", post(sessions::cancel))
        .route("/clients", get(clients::list))
        .route("/clients/suggest", get(clients::suggest))
        .route("/clients/new", get(clients::new).post(clients::create))
        .route("/clients/{id}", get(clients::show).post(clients::save))
        .route("/clients/{id}/erase", get(clients::erase::ask).post(clients::erase::erase))
        .fallback(async || StatusCode::NOT_FOUND);
    guarded(routes).with_state(state)
}

/// What holds for every answer: the headers, a page for each error, no request from elsewhere.
fn guarded(routes: Router<StudioState>) -> Router<StudioState> {
    let common = ServiceBuilder::new()
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        // Pages hold people's names; assets say otherwise themselves.
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(axum::middleware::from_fn(notices::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    routes.layer(common)
}

/// A rendered template as an answer.
pub(crate) fn html(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    Ok((status, Html(template.render()?)).into_response())
}

/// The same for a page inside: what was just done has now been said.
pub(crate) fn page(
    visitor: &Visitor,
    status: StatusCode,
    template: &impl Template,
) -> Result<Response, Failure> {
    let mut response = html(status, template)?;
    if visitor.has_toast() {
        response.headers_mut().append(header::SET_COOKIE, cookies::clear(toast::COOKIE));
    }
    Ok(response)
}

/// Goes on to `path`, where it will be said what was done.
pub(crate) fn done(path: &str, done: &toast::Done) -> Response {
    ([(header::SET_COOKIE, done.cookie())], Redirect::to(path)).into_response()
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The apology is put around it by [`notices`].
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

impl FromRef<StudioState> for Clock {
    fn from_ref(state: &StudioState) -> Self {
        state.clock.clone()
    }
}

impl FromRef<StudioState> for Passwords {
    fn from_ref(state: &StudioState) -> Self {
        state.passwords.clone()
    }
}

impl FromRef<StudioState> for Attempts {
    fn from_ref(state: &StudioState) -> Self {
        state.attempts.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::Request;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_ends_in_an_apology_that_tells_nothing() {
        let state = StudioState {
            clock: Clock::new(|| jiff::Timestamp::UNIX_EPOCH),
            passwords: Passwords::default(),
            attempts: Attempts::default(),
        };
        let routes = Router::new().route("/", get(async || -> StatusCode { panic!("a secret") }));
        let request =
            Request::get("/").header("accept-language", "en").body(Body::empty()).unwrap();
        let response = guarded(routes).with_state(state).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("Something went wrong on our side"));
        assert!(!body.contains("a secret"));
    }
}
