//! The client's call about the router.

use reqwest::Method;

use super::{Client, ClientError};
use crate::router::RouterReport;

impl Client {
    /// With so many tenants at most, the busiest; 100 is the most that the server tells.
    pub async fn router_fetch(&self, tenants_max: usize) -> Result<RouterReport, ClientError> {
        let request = self.request(Method::GET, "/v1/router");
        self.send(request.query(&[("limit", tenants_max)])).await
    }
}
