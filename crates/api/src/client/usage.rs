//! The client's calls about what tenants use.

use reqwest::Method;
use serde::Serialize;

use super::{Client, ClientError};
use crate::usage::{UsageHistory, UsageReport};

/// Who is shown; what is `None` is as the server has it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UsageFilter {
    pub by: Option<String>,
    pub days: Option<u16>,
    pub limit: Option<u16>,
}

impl Client {
    pub async fn usage_fetch(&self, filter: &UsageFilter) -> Result<UsageReport, ClientError> {
        self.send(self.request(Method::GET, "/v1/usage").query(filter)).await
    }

    pub async fn tenant_usage(
        &self,
        subdomain: &str,
        days: Option<u16>,
    ) -> Result<UsageHistory, ClientError> {
        let request = self.request(Method::GET, &format!("/v1/tenants/{subdomain}/usage"));
        self.send(request.query(&days.map(|it| ("days", it)).as_slice())).await
    }
}
