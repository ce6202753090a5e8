//! Errors that no handler has made a page for.

use axum::response::Response;
use http::{StatusCode, header};

/// The answer with a page in place of its body, if it is an error that has none. What programs go by stays.
pub fn with_page(response: Response, page: impl FnOnce(StatusCode) -> Response) -> Response {
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    if !(status.is_client_error() || status.is_server_error()) || is_page {
        return response;
    }
    let mut page = page(status);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
