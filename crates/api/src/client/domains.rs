//! The client's calls about customers' own domains.

use reqwest::Method;

use super::{Client, ClientError};
use crate::domains::{ClaimDomain, Domain};
use crate::tenants::Page;

impl Client {
    /// Of all tenants; of one state, if it is given.
    pub async fn domain_page(
        &self,
        state: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<Page<Domain>, ClientError> {
        let query: Vec<_> = [("state", state), ("cursor", cursor)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        self.send(self.request(Method::GET, "/v1/domains").query(&query)).await
    }

    pub async fn domain_list(&self, subdomain: &str) -> Result<Page<Domain>, ClientError> {
        self.list(&format!("/v1/tenants/{subdomain}/domains"), None).await
    }

    pub async fn domain_claim(
        &self,
        subdomain: &str,
        hostname: &str,
    ) -> Result<Domain, ClientError> {
        let new = ClaimDomain { hostname: hostname.to_owned() };
        let path = format!("/v1/tenants/{subdomain}/domains");
        self.send(self.request(Method::POST, &path).json(&new)).await
    }

    pub async fn domain_fetch(
        &self,
        subdomain: &str,
        hostname: &str,
    ) -> Result<Domain, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/domains/{hostname}");
        self.send(self.request(Method::GET, &path)).await
    }

    pub async fn domain_check(
        &self,
        subdomain: &str,
        hostname: &str,
    ) -> Result<Domain, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/domains/{hostname}/check");
        self.send(self.request(Method::POST, &path)).await
    }

    pub async fn domain_make_primary(
        &self,
        subdomain: &str,
        hostname: &str,
    ) -> Result<Domain, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/domains/{hostname}/primary");
        self.send(self.request(Method::POST, &path)).await
    }

    pub async fn domain_remove(&self, subdomain: &str, hostname: &str) -> Result<(), ClientError> {
        let path = format!("/v1/tenants/{subdomain}/domains/{hostname}");
        self.send_for_nothing(self.request(Method::DELETE, &path)).await
    }
}
