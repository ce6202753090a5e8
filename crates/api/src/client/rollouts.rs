//! The client's calls about migrations and rollouts.

use std::time::Duration;

use reqwest::Method;

use super::{Client, ClientError};
use crate::operations::Accepted;
use crate::rollouts::{
    FleetStatus, Migration, ResumeRollout, RollBack, Rollout, RolloutBegun, StartRollout,
};
use crate::tenants::Page;

impl Client {
    pub async fn fleet_status(&self) -> Result<FleetStatus, ClientError> {
        self.send(self.request(Method::GET, "/v1/migrations")).await
    }

    pub async fn release_list(&self) -> Result<Page<Migration>, ClientError> {
        self.list("/v1/releases", None).await
    }

    pub async fn rollout_start(&self, body: &StartRollout) -> Result<RolloutBegun, ClientError> {
        self.send(self.request(Method::POST, "/v1/rollouts").json(body)).await
    }

    pub async fn rollout_list(&self, cursor: Option<&str>) -> Result<Page<Rollout>, ClientError> {
        self.list("/v1/rollouts", cursor).await
    }

    pub async fn rollout_fetch(&self, number: i64) -> Result<Rollout, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/rollouts/{number}"))).await
    }

    pub async fn rollout_pause(&self, number: i64) -> Result<Rollout, ClientError> {
        self.send(self.request(Method::POST, &format!("/v1/rollouts/{number}/pause"))).await
    }

    pub async fn rollout_resume(
        &self,
        number: i64,
        body: &ResumeRollout,
    ) -> Result<Rollout, ClientError> {
        let path = format!("/v1/rollouts/{number}/resume");
        self.send(self.request(Method::POST, &path).json(body)).await
    }

    pub async fn rollout_cancel(
        &self,
        number: i64,
        wait: Duration,
    ) -> Result<Rollout, ClientError> {
        let request = self.request(Method::POST, &format!("/v1/rollouts/{number}/cancel"));
        self.send(request.query(&[("wait", format!("{}s", wait.as_secs()))])).await
    }

    pub async fn rollout_roll_back(
        &self,
        number: i64,
        body: &RollBack,
    ) -> Result<RolloutBegun, ClientError> {
        let path = format!("/v1/rollouts/{number}/rollback");
        self.send(self.request(Method::POST, &path).json(body)).await
    }

    pub async fn tenant_migrate(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "migrate"), wait, None).await
    }
}
