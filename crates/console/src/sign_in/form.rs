//! Signing in with e-mail, password and one-time code, and signing out. The attempts are counted where the API counts them.

use std::net::SocketAddr;

use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use cloison_control::access::{self, AccessError, PasswordError, sign_in, token_revoke};
use cloison_control::call::Call;
use cloison_model::Secret;
use cloison_pages::{Fields, cookies, local_path};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;

use super::visitor::{COOKIE, cookie, signed_in};
use crate::Console;
use crate::frame::Frame;
use crate::notices::html;

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct Page {
    p: Frame,
    next: String,
    email: String,
    said: Option<String>,
    wrong: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ShowQuery {
    next: Option<String>,
    out: Option<String>,
}

/// Why somebody is not let in.
#[derive(Clone, Copy)]
pub(super) enum Refusal {
    Wrong,
    CodeNeeded,
    WrongCode,
    Wait {
        seconds: i64,
    },
    Busy,
    /// The control database does not answer.
    Unavailable,
    /// The role sees only a part of what is shown.
    Forbidden,
}

/// `GET /sign-in`
pub(crate) async fn show(
    State(console): State<Console>,
    headers: HeaderMap,
    Query(query): Query<ShowQuery>,
) -> Response {
    let next = query.next.as_deref().map_or("/", |it| local_path(it, "/"));
    let is_signed_in = signed_in(&console.config.control, &headers).await;
    if matches!(is_signed_in, Ok(Some(_))) {
        return Redirect::to(next).into_response();
    }
    let p = Frame::outside(&headers, &here(next));
    let said = if query.out.is_some() {
        Some(p.t("signed-out"))
    } else if cookies::get(&headers, COOKIE).is_some() {
        Some(p.t("sign-in-again"))
    } else {
        None
    };
    let page = Page { p, next: next.to_owned(), email: String::new(), said, wrong: None };
    html(StatusCode::OK, &page)
}

/// `POST /sign-in`
pub(crate) async fn enter(
    State(console): State<Console>,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let now = Timestamp::now();
    let typed = fields.line("email");
    let next = local_path(fields.get("next"), "/");
    let code = fields.line("code");
    let entered = match typed.parse() {
        // What is no address is nobody's; nothing is given away by saying so at once.
        Err(_not_one) => Err(Refusal::Wrong),
        Ok(email) => {
            let request = access::SignIn {
                email,
                password: Secret::new(fields.raw("password")),
                code: (!code.is_empty()).then_some(code),
                address: address.map(|Extension(ConnectInfo(it))| it.ip()),
            };
            sign_in(&console.config.control, request, now).await.map_err(refusal)
        }
    };
    match entered {
        Ok(signed_in) => {
            ([(header::SET_COOKIE, cookie(&signed_in, now))], Redirect::to(next)).into_response()
        }
        Err(why) => refuse(&headers, next, &typed, why),
    }
}

fn refusal(error: AccessError) -> Refusal {
    match error {
        AccessError::Refused => Refusal::Wrong,
        AccessError::CodeNeeded => Refusal::CodeNeeded,
        AccessError::WrongCode => Refusal::WrongCode,
        AccessError::SlowDown { seconds } => Refusal::Wait { seconds },
        AccessError::Password(PasswordError::Busy) => Refusal::Busy,
        other => {
            tracing::warn!("nobody can sign in to the console: {other}");
            Refusal::Unavailable
        }
    }
}

/// The form, filled in again.
pub(super) fn refuse(headers: &HeaderMap, next: &str, email: &str, why: Refusal) -> Response {
    let p = Frame::outside(headers, &here(next));
    let mut wait = None;
    let (status, wrong) = match why {
        Refusal::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, p.t("sign-in-wrong")),
        Refusal::CodeNeeded => (StatusCode::UNPROCESSABLE_ENTITY, p.t("sign-in-code-needed")),
        Refusal::WrongCode => (StatusCode::UNPROCESSABLE_ENTITY, p.t("sign-in-code-wrong")),
        Refusal::Wait { seconds } => {
            wait = Some(HeaderValue::from(seconds));
            (StatusCode::TOO_MANY_REQUESTS, p.t1("sign-in-wait", "seconds", seconds))
        }
        Refusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, p.t("sign-in-busy")),
        Refusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, p.t("sign-in-unavailable")),
        Refusal::Forbidden => (StatusCode::FORBIDDEN, p.t("sign-in-forbidden")),
    };
    let (next, email) = (next.to_owned(), email.to_owned());
    let mut response = html(status, &Page { p, next, email, said: None, wrong: Some(wrong) });
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

fn here(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/sign-in?{query}")
}

/// `POST /sign-out`. Also for those who are not signed in: there is nothing to explain.
pub(crate) async fn leave(State(console): State<Console>, headers: HeaderMap) -> Response {
    let control = &console.config.control;
    console.known.forget_browser(&headers);
    let revoked = async {
        if let Some(caller) = signed_in(control, &headers).await? {
            let call = Call { actor: caller.actor(), key: None };
            token_revoke(control, &caller, &call, caller.token).await?;
        }
        Ok::<_, AccessError>(())
    };
    if let Err(error) = revoked.await {
        // The browser has no cookie then, but a copy of it would be good until it runs out: better say so.
        tracing::warn!("a sign-in could not be ended: {error}");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    ([(header::SET_COOKIE, cookies::clear(COOKIE))], Redirect::to("/sign-in?out=1")).into_response()
}
