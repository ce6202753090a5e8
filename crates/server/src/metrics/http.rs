//! How many requests there were, and how long they took: by application and by route, never by path, which anybody makes up.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use cloison_control::history::{DURATION_SECONDS, Tally};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

type Counted = [(&'static str, String); 4];
type Timed = [(&'static str, String); 2];

/// Cheap to clone: all clones count together.
#[derive(Clone, Debug)]
pub struct HttpStats {
    requests: Family<Counted, Counter>,
    durations: Family<Timed, Histogram, fn() -> Histogram>,
    /// All of it together, for the console's plots.
    pub tally: Tally,
}

/// Which route of which application has answered, in the response's extensions.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    app: &'static str,
    route: String,
}

impl Answered {
    /// The application and the route.
    pub(crate) fn of(response: &Response) -> (&'static str, &str) {
        let named = response.extensions().get::<Self>();
        named.map_or(("none", "(none)"), |it| (it.app, it.route.as_str()))
    }
}

impl Default for HttpStats {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATION_SECONDS)),
            tally: Tally::default(),
        }
    }
}

impl HttpStats {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "cloison_http_requests",
            "Requests that were answered, by route",
            self.requests.clone(),
        );
        registry.register(
            "cloison_http_request_duration_seconds",
            "How long answers took, up to their first byte",
            self.durations.clone(),
        );
    }
}

/// Around everything on a port.
pub(crate) async fn count(
    State(stats): State<HttpStats>,
    request: Request,
    next: Next,
) -> Response {
    let (started, method) = (Instant::now(), method(&request));
    let response = next.run(request).await;
    let (app, route) = Answered::of(&response);
    let status = format!("{}xx", response.status().as_u16() / 100);
    let labels = [("app", app.to_owned()), ("route", route.to_owned())];
    let took = started.elapsed();
    stats.tally.count(took, response.status().is_server_error());
    stats.durations.get_or_create(&labels).observe(took.as_secs_f64());
    let [app, route] = labels;
    stats
        .requests
        .get_or_create(&[app, ("method", method.to_owned()), route, ("status", status)])
        .inc();
    response
}

/// Around each route of an application, where it is known which one it is.
pub(crate) async fn name(
    State(app): State<&'static str>,
    request: Request,
    next: Next,
) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Answered { app, route });
    response
}

/// Of those that anybody makes up there is one.
pub(crate) fn method(request: &Request) -> &'static str {
    match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
