//! Answers without a page of their own get one here, in words and in the visitor's language:
//! what happened, what it means, what to do. Unknown addresses, wrong methods, forms that are
//! too large, requests from other sites, panics, a database that is away.

use super::frame::{Frame, Section};
use super::html;
use crate::i18n::Lang;
use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cloison_api::TraceId;
use cloison_pages::{preferences, with_page};
use cloison_router::Tenant;
use http::StatusCode;

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    p: Frame,
    title: String,
    text: String,
    link: Option<(&'static str, String)>,
    /// What to quote to whoever looks for the reason.
    reference: Option<String>,
}

/// Replaces the body of an error that has no page.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let lang = preferences::lang_of_browser(request.headers());
    let theme = preferences::theme(request.headers());
    let trace = request.extensions().get::<TraceId>().cloned();
    let studio = request.extensions().get::<Tenant>().map(|it| it.subdomain().to_string());

    let response = next.run(request).await;
    // A program that goes on with a download reads the headers.
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        return response;
    }
    let p = Frame {
        lang: lang.unwrap_or(Lang::Fr),
        theme,
        studio: studio.unwrap_or_default(),
        person: String::new(),
        section: Section::None,
        here: "/calendar".to_owned(),
        toast: None,
        // The notice itself says so where it matters.
        read_only: false,
        is_copy: false,
        is_owner: false,
    };
    with_page(response, |status| notice(p, status, trace))
}

fn notice(p: Frame, status: StatusCode, trace: Option<TraceId>) -> Response {
    let (title, text) = match status {
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => ("missing-title", "missing-explained"),
        StatusCode::METHOD_NOT_ALLOWED => ("method-title", "method-explained"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large-title", "too-large-explained"),
        StatusCode::FORBIDDEN => ("foreign-title", "foreign-explained"),
        StatusCode::CONFLICT => ("read-only-title", "read-only-explained"),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
            ("busy-title", "busy-explained")
        }
        _ => ("failed-title", "failed-explained"),
    };
    let notice = Notice {
        title: p.t(title),
        text: p.t(text),
        reference: trace
            .filter(|_| status == StatusCode::INTERNAL_SERVER_ERROR)
            .map(|it| p.t1("failed-reference", "trace", it.0)),
        link: Some(("/calendar", p.t("missing-button"))),
        p,
    };
    html(status, &notice).unwrap_or_else(IntoResponse::into_response)
}
