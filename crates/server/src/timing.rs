//! Says in a `Server-Timing` header how long the answer took here.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let mut response = next.run(request).await;
    let milliseconds = started.elapsed().as_secs_f64() * 1e3;
    let value =
        HeaderValue::try_from(format!("app;dur={milliseconds:.3}")).expect("digits and a dot");
    response.headers_mut().insert(SERVER_TIMING, value);
    response
}
