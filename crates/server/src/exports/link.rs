//! `GET https://console.<base>/exports/{token}`: an export for whoever has its link.
//!
//! The token is 256 bits, so nobody guesses one, however often they try; a wrong one costs one look by an index.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_control::call::Call;
use cloison_control::exports::{ExportsError, export_of_link};
use http::{HeaderMap, Method, StatusCode, header};

use super::answer::{Asked, answer};
use super::refused::{CROWDED_SECONDS, refuse};
use crate::page::{self, Words, page};
use crate::platform::Platform;

/// Of a token in base64.
const TOKEN_CHARS: usize = 43;

pub(crate) async fn by_link(
    State(platform): State<Platform>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    match give(&platform, &token, Asked { method: &method, headers: &headers }).await {
        Ok(response) => response,
        Err(error) => {
            let (status, words) = words(&error);
            let is_crowded = matches!(error, ExportsError::Crowded);
            if status.is_server_error() {
                // Logs why.
                drop(refuse(error).into_response());
            }
            let mut response = page(status, words, &headers);
            if is_crowded {
                response.headers_mut().insert(header::RETRY_AFTER, CROWDED_SECONDS.into());
            }
            response
        }
    }
}

async fn give(
    platform: &Platform,
    token: &str,
    asked: Asked<'_>,
) -> Result<Response, ExportsError> {
    if token.len() != TOKEN_CHARS {
        return Err(ExportsError::NoExport);
    }
    let linked = export_of_link(&platform.control, token).await?;
    // Who it was, in the audit log.
    let who = format!("whoever has the link of {}", linked.made_by);
    let actor = Call::internal(&who).actor;
    Ok(answer(platform, &actor, &linked.export, asked).await?.map(Body::from_stream))
}

/// Its reader has followed a link and knows nothing of us.
fn words(error: &ExportsError) -> (StatusCode, Words) {
    match error {
        ExportsError::NoExport | ExportsError::NoTenant(_) => {
            (StatusCode::NOT_FOUND, page::NO_EXPORT)
        }
        ExportsError::Expired => (StatusCode::GONE, page::EXPORT_EXPIRED),
        ExportsError::Crowded => (StatusCode::TOO_MANY_REQUESTS, page::EXPORT_UNAVAILABLE),
        ExportsError::NotYet
        | ExportsError::Failed(_)
        | ExportsError::TooMany(_)
        | ExportsError::Refused(_)
        | ExportsError::Busy
        | ExportsError::NotConfigured(_)
        | ExportsError::Archive(_)
        | ExportsError::Call(_)
        | ExportsError::Unavailable(_)
        | ExportsError::Database(_)
        | ExportsError::Newer(_) => (StatusCode::SERVICE_UNAVAILABLE, page::EXPORT_UNAVAILABLE),
    }
}
