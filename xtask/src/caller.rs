//! Somebody outside who calls the product: its API with the owner's token, and any studio's front door.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, Result};
use cloison_api::{Accepted, Client, ClientError, CreateTenant, Tenant};
use reqwest::StatusCode;
use reqwest::header::HOST;

use crate::product::Product;

/// What a page may take before it counts as no answer.
const PAGE_WITHIN: Duration = Duration::from_secs(10);
/// What a call of the API may wait for its operation.
pub(crate) const WAIT: Duration = Duration::from_secs(30);

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) api: Client,
    http: reqwest::Client,
    port: u16,
}

impl Caller {
    pub(crate) fn new(product: &Product) -> Result<Self> {
        let port = product.port();
        let api = Client::new(&format!("http://console.localhost:{port}"), &product.token()?)
            .context("make a client of the API")?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PAGE_WITHIN)
            .no_proxy()
            .build()?;
        Ok(Self { api, http, port })
    }

    /// Asks for a tenant, and waits for it if told so. The key makes the same call again harmless.
    pub(crate) async fn create(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
        key: Option<&str>,
    ) -> Result<Accepted, ClientError> {
        let tenant = CreateTenant {
            subdomain: subdomain.to_owned(),
            name: format!("Studio {subdomain}"),
            region: None,
            plan: None,
            owner_email: "kim@example.com".to_owned(),
            locale: None,
            time_zone: None,
        };
        self.api.tenant_create(&tenant, wait, key).await
    }

    /// The status of the page that anybody sees first.
    pub(crate) async fn front_door(&self, subdomain: &str) -> reqwest::Result<StatusCode> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let answer = self
            .http
            .get(format!("http://{address}/sign-in"))
            .header(HOST, format!("{subdomain}.localhost:{}", self.port))
            .send()
            .await?;
        let status = answer.status();
        answer.bytes().await?;
        Ok(status)
    }

    /// All of them.
    pub(crate) async fn tenants(&self) -> Result<Vec<Tenant>, ClientError> {
        let mut tenants = Vec::new();
        let mut cursor = None;
        loop {
            let page = self.api.tenant_list(cursor.as_deref()).await?;
            tenants.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                return Ok(tenants);
            }
        }
    }
}
