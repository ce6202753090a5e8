//! Says in a `Server-Timing` header how long the answer took here.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderName, HeaderValue};

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

pub(crate) fn tell(response: &mut Response, took: Duration) {
    let milliseconds = took.as_secs_f64() * 1e3;
    let value =
        HeaderValue::try_from(format!("app;dur={milliseconds:.3}")).expect("digits and a dot");
    response.headers_mut().insert(SERVER_TIMING, value);
}
