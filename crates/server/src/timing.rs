//! Durations as figures, and the `Server-Timing` header, which says how long the answer took here.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderName, HeaderValue};

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Half a million years fit.
pub(crate) fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

pub(crate) fn tell(response: &mut Response, took: Duration) {
    let milliseconds = took.as_secs_f64() * 1e3;
    let value =
        HeaderValue::try_from(format!("app;dur={milliseconds:.3}")).expect("digits and a dot");
    response.headers_mut().insert(SERVER_TIMING, value);
}
