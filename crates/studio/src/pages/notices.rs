//! Answers without a page of their own get one here, in words and in the visitor's language:
//! what happened, what it means, what to do. Unknown addresses, wrong methods, forms that are
//! too large, requests from other sites, panics, a database that is away.

use super::frame::{Frame, Section};
use super::html;
use crate::i18n::{Lang, Say};
use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cloison_api::TraceId;
use cloison_pages::preferences;
use cloison_router::Tenant;
use http::{StatusCode, header};

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
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    // A program that goes on with a download reads the headers.
    if status == StatusCode::RANGE_NOT_SATISFIABLE {
        return response;
    }
    if !(status.is_client_error() || status.is_server_error()) || is_page {
        return response;
    }

    let lang = lang.unwrap_or(Lang::Fr);
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
        title: lang.t(title),
        text: lang.t(text),
        reference: trace
            .filter(|_| status == StatusCode::INTERNAL_SERVER_ERROR)
            .map(|it| lang.t1("failed-reference", "trace", it.0)),
        link: Some(("/calendar", lang.t("missing-button"))),
        p: Frame {
            lang,
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
        },
    };
    let mut page = match html(status, &notice) {
        Ok(page) => page,
        Err(failure) => return failure.into_response(),
    };
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
