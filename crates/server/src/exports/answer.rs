//! The answer that is an export, or a part of one. What is in memory of it at any time is some buffers.

use cloison_api::ContentStream;
use cloison_control::call::{Actor, Call};
use cloison_control::exports::{Export, ExportsError, download};
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use super::range::{Wanted, wanted};
use crate::platform::Platform;

/// What is read at a time.
const CHUNK_BYTES: usize = 64 << 10;

/// How it was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    pub(crate) headers: &'a HeaderMap,
}

/// For `actor`, who may have it. A `HEAD` gives nothing out, and is not written down.
pub(crate) async fn answer(
    platform: &Platform,
    actor: &Actor,
    export: &Export,
    asked: Asked<'_>,
) -> Result<Response<ContentStream>, ExportsError> {
    let made = export.content()?;
    let etag = format!("\"{}\"", made.sha256);
    let text = |name| asked.headers.get(name).and_then(|it: &HeaderValue| it.to_str().ok());
    let wanted = wanted(text(header::RANGE), text(header::IF_RANGE), &etag, made.bytes);
    let (status, from, length) = match &wanted {
        Wanted::Whole => (StatusCode::OK, 0, made.bytes),
        Wanted::Part(part) => {
            (StatusCode::PARTIAL_CONTENT, *part.start(), part.end() - part.start() + 1)
        }
        Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    let content: ContentStream = if *asked.method == Method::HEAD || wanted == Wanted::Nothing {
        Box::pin(futures_util::stream::empty())
    } else {
        let call = Call { actor: actor.clone(), key: None };
        let content = download(&platform.control, &call, export, from).await?;
        let stream = ReaderStream::with_capacity(content.take(length), CHUNK_BYTES);
        // Whoever is cut off has a part, and asks for the rest.
        Box::pin(stream.take_until(platform.shutdown.clone().cancelled_owned()))
    };
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let name = format!("{}-{}.zip", export.subdomain, made.taken_at.strftime("%Y-%m-%d"));
    let range = match &wanted {
        Wanted::Whole => None,
        Wanted::Part(part) => Some(format!("bytes {}-{}/{}", part.start(), part.end(), made.bytes)),
        Wanted::Nothing => Some(format!("bytes */{}", made.bytes)),
    };
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &str| {
        headers.insert(name, value.parse().expect("it is of letters that a header takes"));
    };
    say(header::ACCEPT_RANGES, "bytes");
    say(header::ETAG, &etag);
    say(header::CONTENT_LENGTH, &length.to_string());
    if let Some(range) = &range {
        say(header::CONTENT_RANGE, range);
    }
    if wanted != Wanted::Nothing {
        say(header::CONTENT_TYPE, "application/zip");
        say(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    }
    say(header::CACHE_CONTROL, "no-store");
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "no-referrer");
    Ok(response)
}
