//! The client's calls about what tenants use.

use reqwest::Method;

use super::{Client, ClientError};
use crate::usage::{UsageHistory, UsageReport};

/// Who is shown; what is `None` is as the server has it.
#[derive(Clone, Debug, Default)]
pub struct UsageFilter {
    pub by: Option<String>,
    pub days: Option<u16>,
    pub limit: Option<u16>,
}

impl Client {
    pub async fn usage_fetch(&self, filter: &UsageFilter) -> Result<UsageReport, ClientError> {
        let asked = [
            ("by", filter.by.clone()),
            ("days", filter.days.map(|it| it.to_string())),
            ("limit", filter.limit.map(|it| it.to_string())),
        ];
        let asked: Vec<(&str, String)> =
            asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        self.send(self.request(Method::GET, "/v1/usage").query(&asked)).await
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
