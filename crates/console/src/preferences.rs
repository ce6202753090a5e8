//! Saving the language and the theme that a person has chosen, in their browser.

use axum::response::{IntoResponse, Redirect, Response};
use cloison_pages::{Fields, local_path, preferences};
use http::header;

/// `POST /preferences`: works with and without being signed in.
pub(crate) async fn save(fields: Fields) -> Response {
    let mut response = Redirect::to(local_path(fields.get("back"), "/")).into_response();
    for cookie in preferences::chosen(&fields).1 {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
