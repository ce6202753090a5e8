//! The typed client: what the command line uses, and any program of ours that talks to `/v1`.

mod access;
mod ai_credits;
mod backups;
mod domains;
mod drift;
mod erasures;
mod events;
mod exports;
mod log;
mod operations;
mod pgbouncer;
mod rollouts;
mod router;
mod tenants;
mod usage;
mod webhooks;

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use reqwest::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;

use crate::operations::{Accepted, DoctorReport};
use crate::problem::Problem;
use crate::tenants::Page;

pub use self::access::AuditFilter;
pub use self::events::Heard;
pub use self::exports::{BrokenOff, ExportDownload};
pub use self::log::EventFilter;
pub use self::operations::OperationFilter;
pub use self::usage::UsageFilter;

/// Longer than the longest `?wait=` that the server takes.
const TIMEOUT: Duration = Duration::from_secs(70);

/// One server and one token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
    /// What all requests are part of.
    trace_parent: Option<HeaderValue>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("url", &self.url).finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server answered, and said no.
    #[error("{}", .0.detail)]
    Problem(Box<Problem>),
    #[error("no answer from {url}")]
    Unreachable { url: String, source: reqwest::Error },
    #[error("{url} answered with something that is not Cloison's API")]
    NotOurs { url: String, source: reqwest::Error },
}

impl Client {
    /// `url` is that of the console, `http://console.localhost:8080`.
    ///
    /// `*.localhost` goes to the loopback address whatever the resolver says (RFC 6761, section
    /// 6.3), since not every resolver knows.
    pub fn new(url: &str, token: &str) -> Result<Self, ClientError> {
        let url = url.trim_end_matches('/').to_owned();
        let unreachable = |source| ClientError::Unreachable { url: url.clone(), source };
        let mut builder = reqwest::Client::builder().timeout(TIMEOUT);
        let parsed = reqwest::Url::parse(&url).ok();
        if let Some(host) =
            parsed.as_ref().and_then(|it| it.host_str()).filter(|it| it.ends_with(".localhost"))
        {
            builder = builder.resolve(host, ([127, 0, 0, 1], 0).into()).no_proxy();
        }
        let http = builder.build().map_err(unreachable)?;
        Ok(Self { http, url, token: token.to_owned(), trace_parent: None })
    }

    /// All requests are part of this, a `traceparent`: what they lead to is found together in the server's log.
    #[must_use]
    pub fn traced(self, trace_parent: &str) -> Self {
        Self { trace_parent: HeaderValue::from_str(trace_parent).ok(), ..self }
    }

    pub async fn doctor(&self, fix: bool) -> Result<DoctorReport, ClientError> {
        let request = self.request(Method::POST, "/v1/doctor");
        self.send(request.query(&[("fix", fix)])).await
    }

    async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        cursor: Option<&str>,
    ) -> Result<Page<T>, ClientError> {
        let request = self.request(Method::GET, path);
        self.send(request.query(&cursor.map(|it| ("cursor", it)).as_slice())).await
    }

    fn on_tenant(&self, subdomain: &str, what: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/v1/tenants/{subdomain}/{what}"))
    }

    async fn start(
        &self,
        mut request: RequestBuilder,
        wait: Option<Duration>,
        idempotency_key: Option<&str>,
    ) -> Result<Accepted, ClientError> {
        if let Some(wait) = wait {
            request = request.query(&[("wait", format!("{}s", wait.as_secs()))]);
        }
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request =
            self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        match &self.trace_parent {
            Some(trace_parent) => request.header("traceparent", trace_parent),
            None => request,
        }
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, ClientError> {
        let not_ours = |source| ClientError::NotOurs { url: self.url.clone(), source };
        self.answer(request).await?.json().await.map_err(not_ours)
    }

    /// For a call that answers with a status and nothing else.
    async fn send_for_nothing(&self, request: RequestBuilder) -> Result<(), ClientError> {
        self.answer(request).await.map(drop)
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let unreachable = |source| ClientError::Unreachable { url: self.url.clone(), source };
        let not_ours = |source| ClientError::NotOurs { url: self.url.clone(), source };
        let response = request.send().await.map_err(unreachable)?;
        if response.status().is_success() {
            return Ok(response);
        }
        let problem = response.json().await.map_err(not_ours)?;
        Err(ClientError::Problem(Box::new(problem)))
    }
}
