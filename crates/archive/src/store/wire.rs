//! The HTTP under S3: how long it waits, and what an answer that is not a success becomes.
//!
//! An answer that refuses is made an error here, with its status and S3's own code, so that [`super::verdict`] can tell one
//! reason from another. Whether a request is sent again is said by the kind of that error.

use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt as _, stream};
use http::StatusCode;
use http_body_util::{BodyExt as _, StreamBody};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use serde::Deserialize;
use tokio::time::timeout;

use super::location::{BucketAddress, LocationError};

/// A store that takes less than this of what is sent to it (about a megabit a second) counts as silent.
const BYTES_PER_SECOND_MIN: u64 = 128 << 10;

/// Of an error's text; S3's own are about 1 KiB.
const REFUSAL_BYTES_MAX: usize = 64 << 10;

/// Of what a server says in its own words, as far as it is shown.
const MESSAGE_CHARACTERS_MAX: usize = 200;

/// What a server answered that is not a success.
#[derive(Debug, thiserror::Error)]
#[error("it answered {status} {code} {message}")]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// S3's, such as `NoSuchKey`; empty if it gave none.
    pub(super) code: String,
    pub(super) message: String,
}

/// Nothing came for too long.
#[derive(Debug, thiserror::Error)]
#[error("it said nothing for {} ms", .0.as_millis())]
pub(super) struct Silent(Duration);

/// The client with our patience; also what gives it to `object_store`.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    client: reqwest::Client,
    silence_max: Duration,
}

impl Wire {
    /// Takes rustls' default provider, which the program must have installed.
    pub(super) fn new(
        address: &BucketAddress,
        connect_max: Duration,
        silence_max: Duration,
    ) -> Result<Self, LocationError> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("cloison/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(connect_max)
            // A signed request is for one address.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!address.is_plain_http);
        let builder = if address.is_loopback { builder.no_proxy() } else { builder };
        let client = builder.build().map_err(|error| LocationError::Client(error.to_string()))?;
        Ok(Self { client, silence_max })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let bytes = u64::try_from(request.body().content_length()).unwrap_or(u64::MAX);
        // The time to send it counts as well, and nobody says how it gets on.
        let patience = self.silence_max + Duration::from_secs(bytes / BYTES_PER_SECOND_MIN);
        let response = timeout(patience, self.client.call(request))
            .await
            .map_err(|_elapsed| HttpError::new(HttpErrorKind::Timeout, Silent(patience)))??;
        let (parts, body) = response.into_parts();
        let body = patient(body, self.silence_max);
        if parts.status.is_success() {
            return Ok(HttpResponse::from_parts(parts, body));
        }
        let text = collect(body, REFUSAL_BYTES_MAX).await.unwrap_or_default();
        let answer = Answer::of(parts.status, &text);
        let kind = if answer.may_pass() { HttpErrorKind::Request } else { HttpErrorKind::Unknown };
        Err(HttpError::new(kind, answer))
    }
}

#[async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        self.send(request).await
    }
}

impl HttpConnector for Wire {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// The same body, which fails when nothing comes for so long.
fn patient(body: HttpResponseBody, silence_max: Duration) -> HttpResponseBody {
    let frames = stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        match timeout(silence_max, body.frame()).await {
            Ok(frame) => frame.map(|it| (it, Some(body))),
            Err(_elapsed) => {
                let silent = HttpError::new(HttpErrorKind::Timeout, Silent(silence_max));
                Some((Err(silent), None))
            }
        }
    });
    HttpResponseBody::new(StreamBody::new(frames))
}

/// All of a body, or its first bytes if it is longer.
pub(super) async fn collect(body: HttpResponseBody, max: usize) -> Result<Bytes, HttpError> {
    let mut chunks = body.bytes_stream();
    let mut all = BytesMut::new();
    while let Some(chunk) = chunks.try_next().await? {
        all.extend_from_slice(&chunk[..chunk.len().min(max - all.len())]);
        if all.len() == max {
            break;
        }
    }
    Ok(all.freeze())
}

impl Answer {
    fn of(status: StatusCode, text: &[u8]) -> Self {
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "PascalCase", default)]
        struct Told {
            code: String,
            message: String,
        }
        // Who answers with something else, a proxy for instance, has its status to speak for it.
        let told: Told = quick_xml::de::from_reader(text).unwrap_or_default();
        Self { status, code: shown(&told.code), message: shown(&told.message) }
    }

    /// Whether the server's failure is one for the moment.
    pub(super) fn may_pass(&self) -> bool {
        let is_failure = self.status.is_server_error()
            && self.status != StatusCode::NOT_IMPLEMENTED
            && self.status != StatusCode::INSUFFICIENT_STORAGE;
        is_failure
            || self.status == StatusCode::TOO_MANY_REQUESTS
            || self.status == StatusCode::REQUEST_TIMEOUT
            || self.code == "RequestTimeout"
    }
}

fn shown(text: &str) -> String {
    let characters = text.trim().chars().take(MESSAGE_CHARACTERS_MAX);
    characters.map(|it| if it.is_control() { ' ' } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_its_code_and_a_line_of_its_words() {
        let text = b"<?xml version=\"1.0\"?>\n<Error><Code>SlowDown</Code><Message>Reduce\nyour rate</Message><HostId>x</HostId></Error>";
        let answer = Answer::of(StatusCode::SERVICE_UNAVAILABLE, text);
        assert_eq!(
            answer.to_string(),
            "it answered 503 Service Unavailable SlowDown Reduce your rate"
        );
        assert!(answer.may_pass());
        for odd in ["", "<html>Bad gateway</html>", "<Error>", "\u{0}"] {
            let answer = Answer::of(StatusCode::NOT_IMPLEMENTED, odd.as_bytes());
            assert_eq!(answer.code, "", "{odd}");
            assert!(!answer.may_pass());
        }
        let long = format!("<Error><Message>{}</Message></Error>", "x".repeat(10_000));
        let answer = Answer::of(StatusCode::FORBIDDEN, long.as_bytes());
        assert_eq!(answer.message.len(), MESSAGE_CHARACTERS_MAX);
    }
}
