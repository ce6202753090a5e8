//! The one-time link of `cloison console`. Opening it changes nothing, because programs open links by themselves; only the button uses
//! it up.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cloison_control::access::{AccessError, authenticate, link_use};
use cloison_model::TokenKind;
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;

use super::visitor::cookie;
use crate::Console;
use crate::frame::Frame;
use crate::notices::html;

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct Page {
    p: Frame,
    email: String,
}

#[derive(Template)]
#[template(path = "sign_in/link_over.html")]
struct Over {
    p: Frame,
}

/// `GET /sign-in/{token}`
pub(crate) async fn open(
    State(console): State<Console>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let p = Frame::outside(&headers, &format!("/sign-in/{token}"));
    let found = async {
        let client = console.config.control.catalog.client().await?;
        authenticate(&client, &token).await
    };
    match found.await.map(|it| it.filter(|it| it.kind == TokenKind::Link)) {
        Ok(Some(caller)) => html(StatusCode::OK, &Page { p, email: caller.email }),
        Ok(None) => html(StatusCode::GONE, &Over { p }),
        Err(error) => unavailable(&error),
    }
}

/// `POST /sign-in/{token}`
pub(crate) async fn enter(
    State(console): State<Console>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let now = Timestamp::now();
    match link_use(&console.config.control, &token, now).await {
        Ok(Some(signed_in)) => {
            ([(header::SET_COOKIE, cookie(&signed_in, now))], Redirect::to("/")).into_response()
        }
        Ok(None) => {
            let p = Frame::outside(&headers, "/sign-in");
            html(StatusCode::GONE, &Over { p })
        }
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &AccessError) -> Response {
    tracing::warn!("a console link cannot be used: {error}");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
