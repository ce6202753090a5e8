//! Answers without a page of their own get one here, in words and in the reader's language.

use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use cloison_pages::with_page;
use http::StatusCode;

use crate::frame::Frame;

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    p: Frame,
    title: String,
    text: String,
    back: String,
}

/// A rendered template as an answer.
pub(crate) fn html(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Replaces the body of an error that has no page.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let p = Frame::outside(request.headers(), "/");
    with_page(next.run(request).await, |status| notice(p, status))
}

fn notice(p: Frame, status: StatusCode) -> Response {
    let (title, text) = match status {
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => ("missing-title", "missing-explained"),
        StatusCode::METHOD_NOT_ALLOWED => ("method-title", "method-explained"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large-title", "too-large-explained"),
        StatusCode::FORBIDDEN => ("foreign-title", "foreign-explained"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable-title", "unavailable-explained"),
        _ => ("failed-title", "failed-explained"),
    };
    let notice = Notice { title: p.t(title), text: p.t(text), back: p.t("notice-back"), p };
    html(status, &notice)
}
