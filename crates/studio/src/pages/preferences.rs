//! Saving the language and the theme that a person has chosen. The browser keeps both; the language is kept with the user too,
//! for the next browser.

use crate::sign_in::MaybeVisitor;
use axum::response::{IntoResponse, Redirect, Response};
use cloison_pages::{Fields, local_path, preferences};
use cloison_studio_queries::queries;
use http::header;

/// `POST /preferences`: works with and without being signed in.
pub(crate) async fn save(visitor: MaybeVisitor, fields: Fields) -> Response {
    let mut response = Redirect::to(local_path(fields.get("back"), "/calendar")).into_response();
    let (lang, cookies) = preferences::chosen(&fields);
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if let (Some(lang), Some(visitor)) = (lang, visitor.0) {
        // The cookie is what counts here; a studio that is read-only keeps the old choice.
        let saved = queries::users::user_set_locale()
            .bind(&visitor.db, &lang.tag(), &visitor.user.user_id)
            .await;
        if let Err(error) = saved {
            tracing::debug!(%error, "the language was not kept with the user");
        }
    }
    response
}
