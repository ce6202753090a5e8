//! axum's extractors with rejections that are problem documents.

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use cloison_api::Code;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// A JSON body, in and out.
pub(crate) struct Json<T>(pub(crate) T);

/// The query string.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        #[expect(clippy::disallowed_types, reason = "this is the wrapper that the rule asks for")]
        match axum::extract::Json::from_request(request, state).await {
            Ok(axum::extract::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse(&rejection)),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                let json = HeaderValue::from_static("application/json");
                ([(header::CONTENT_TYPE, json)], body).into_response()
            }
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(ApiError::new(Code::BadRequest, rejection.body_text())),
        }
    }
}

fn refuse(rejection: &JsonRejection) -> ApiError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(Code::TooLarge, "The body is longer than this call takes.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiError::new(
            Code::BadRequest,
            "The body is not marked as JSON. Send `content-type: application/json`.",
        ),
        _other => ApiError::new(Code::BadRequest, explain(&rejection.body_text())),
    }
}

/// serde's words quote what was sent, which may be a password in the wrong place: ours only say what was expected.
fn explain(text: &str) -> String {
    const PREFIX: &str = "Failed to deserialize the JSON body into the target type: ";
    let text = text.strip_prefix(PREFIX).unwrap_or(text);
    // The last one is serde's own, whatever was sent.
    let expected = |rest: &str| match rest.rsplit_once(", expected ") {
        Some((_sent, expected)) => format!("expected is {expected}"),
        None => "none is expected".to_owned(),
    };
    if let Some((_path, rest)) = text.split_once("unknown field ") {
        return format!("The body has a field that this call does not know: {}.", expected(rest));
    }
    let wrong = ["invalid type: ", "invalid value: ", "unknown variant "];
    match wrong.iter().find_map(|it| text.split_once(it)) {
        Some((path, rest)) => {
            format!("The body does not fit this call: {path}{}.", expected(rest))
        }
        None => format!("The body cannot be read: {text}."),
    }
}

#[cfg(test)]
mod tests {
    use cloison_api::{CreateToken, SignIn};

    use super::*;

    async fn check<T: DeserializeOwned>(body: &str) -> String {
        let request = Request::post("/").header(header::CONTENT_TYPE, "application/json");
        let request = request.body(body.to_owned().into()).unwrap();
        #[expect(clippy::disallowed_types, reason = "its rejection is what is looked at")]
        let rejected = axum::extract::Json::<T>::from_request(request, &()).await;
        explain(&rejected.err().unwrap().body_text())
    }

    #[tokio::test]
    async fn what_was_expected_is_said_and_what_was_sent_is_not() {
        for body in [
            "\"hunter2\"",
            "{\"hunter2\":1}",
            "{\"email\":[\"hunter2\"]}",
            "{\"email\":{\"hunter2, expected hunter2\":1}}",
            "[\"hunter2\",",
        ] {
            let words = check::<SignIn>(body).await;
            assert!(!words.contains("hunter2"), "{words}");
        }
        assert_eq!(
            check::<SignIn>("{\"emial\":1}").await,
            "The body has a field that this call does not know: expected is one of `email`, `password`, `code` at line 1 column 8."
        );
        assert_eq!(
            check::<CreateToken>("{\"name\":\"x\",\"expires_in_days\":\"hunter2\"}").await,
            "The body does not fit this call: expires_in_days: expected is u16 at line 1 column 39."
        );
        assert_eq!(
            check::<SignIn>("{}").await,
            "The body cannot be read: missing field `email` at line 1 column 2."
        );
    }
}
