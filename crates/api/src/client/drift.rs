//! The client's calls about drift.

use std::time::Duration;

use reqwest::Method;

use super::{Client, ClientError};
use crate::drift::{DriftReport, RefreshDrift};

impl Client {
    pub async fn drift_fetch(&self) -> Result<DriftReport, ClientError> {
        self.send(self.request(Method::GET, "/v1/drift")).await
    }

    /// Reads for `wait` at most, and answers what is known then.
    pub async fn drift_refresh(
        &self,
        wish: &RefreshDrift,
        wait: Duration,
    ) -> Result<DriftReport, ClientError> {
        let request = self.request(Method::POST, "/v1/drift").json(wish);
        self.send(request.query(&[("wait", format!("{}s", wait.as_secs()))])).await
    }
}
