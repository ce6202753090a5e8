//! The pages: addresses, the state they share, and what holds for all of them.
//!
//! Every page but those for signing in asks for a [`crate::sign_in::Visitor`].

pub(crate) mod calendar;
mod clients;
pub(crate) mod exports;
pub(crate) mod failure;
pub(crate) mod frame;
mod notices;
pub(crate) mod preferences;
mod sessions;
pub(crate) mod toast;

use crate::sign_in::{self, Attempts, Passwords, Visitor};
use crate::{Clock, assets};
use askama::Template;
use axum::Router;
use axum::extract::FromRef;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cloison_pages::{cookies, headed};
use failure::Failure;
use http::{StatusCode, header};

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
    headed(cloison_pages::guarded(routes).layer(axum::middleware::from_fn(notices::layer)))
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
