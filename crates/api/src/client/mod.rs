//! The typed client: what the command line uses, and any program of ours that talks to `/v1`.

mod access;

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::operations::{DoctorReport, Operation};
use crate::problem::Problem;
use crate::tenants::{CreateTenant, CreatedTenant, Credentials, Page, SignInLink, Tenant};

pub use self::access::AuditFilter;

/// Longer than the longest `?wait=` that the server takes.
const TIMEOUT: Duration = Duration::from_secs(70);

/// One server and one token.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
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
        Ok(Self { http, url, token: token.to_owned() })
    }

    pub async fn tenant_create(
        &self,
        tenant: &CreateTenant,
        wait: Option<Duration>,
        idempotency_key: Option<&str>,
    ) -> Result<CreatedTenant, ClientError> {
        let mut request = self.request(Method::POST, "/v1/tenants").json(tenant);
        if let Some(wait) = wait {
            request = request.query(&[("wait", format!("{}s", wait.as_secs()))]);
        }
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    pub async fn tenant_fetch(&self, subdomain: &str) -> Result<Tenant, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/tenants/{subdomain}"))).await
    }

    pub async fn sign_in_link_create(&self, subdomain: &str) -> Result<SignInLink, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/sign-in-links");
        self.send(self.request(Method::POST, &path)).await
    }

    /// Each call is written down on the server; ask when somebody is to be let in, not before.
    pub async fn tenant_credentials(&self, subdomain: &str) -> Result<Credentials, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/credentials");
        self.send(self.request(Method::POST, &path)).await
    }

    pub async fn tenant_list(&self, cursor: Option<&str>) -> Result<Page<Tenant>, ClientError> {
        self.list("/v1/tenants", cursor).await
    }

    pub async fn operation_fetch(&self, id: Uuid) -> Result<Operation, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/operations/{id}"))).await
    }

    pub async fn operation_list(
        &self,
        cursor: Option<&str>,
    ) -> Result<Page<Operation>, ClientError> {
        self.list("/v1/operations", cursor).await
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

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
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
