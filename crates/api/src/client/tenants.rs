//! The client's calls about tenants, and about where they can be.

use std::time::Duration;

use reqwest::Method;

use super::{Client, ClientError};
use crate::fleet::{KeyRotation, Plan, Server};
use crate::life_cycle::{CancelTenant, EraseTenant, ResumeTenant, SuspendTenant};
use crate::operations::Accepted;
use crate::tenants::{CreateTenant, Credentials, Page, SignInLink, Tenant};

impl Client {
    pub async fn tenant_create(
        &self,
        tenant: &CreateTenant,
        wait: Option<Duration>,
        idempotency_key: Option<&str>,
    ) -> Result<Accepted, ClientError> {
        let request = self.request(Method::POST, "/v1/tenants").json(tenant);
        self.start(request, wait, idempotency_key).await
    }

    pub async fn tenant_suspend(
        &self,
        subdomain: &str,
        body: &SuspendTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "suspend").json(body), wait, None).await
    }

    pub async fn tenant_resume(
        &self,
        subdomain: &str,
        body: &ResumeTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "resume").json(body), wait, None).await
    }

    pub async fn tenant_cancel(
        &self,
        subdomain: &str,
        body: &CancelTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "cancel").json(body), wait, None).await
    }

    pub async fn tenant_archive(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "archive"), wait, None).await
    }

    pub async fn tenant_unarchive(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "unarchive"), wait, None).await
    }

    /// Nothing brings the tenant back.
    pub async fn tenant_erase(
        &self,
        subdomain: &str,
        body: &EraseTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "erase").json(body), wait, None).await
    }

    pub async fn tenant_rotate_password(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "rotate-password"), wait, None).await
    }

    pub async fn master_key_rotate(&self) -> Result<KeyRotation, ClientError> {
        self.send(self.request(Method::POST, "/v1/master-key/rotate")).await
    }

    pub async fn master_key_forget_old(&self) -> Result<KeyRotation, ClientError> {
        self.send(self.request(Method::POST, "/v1/master-key/forget-old")).await
    }

    pub async fn server_list(&self) -> Result<Page<Server>, ClientError> {
        self.list("/v1/servers", None).await
    }

    pub async fn plan_list(&self) -> Result<Page<Plan>, ClientError> {
        self.list("/v1/plans", None).await
    }

    pub async fn tenant_fetch(&self, subdomain: &str) -> Result<Tenant, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/tenants/{subdomain}"))).await
    }

    pub async fn sign_in_link_create(&self, subdomain: &str) -> Result<SignInLink, ClientError> {
        self.send(self.on_tenant(subdomain, "sign-in-links")).await
    }

    /// Each call is written down on the server; ask when somebody is to be let in, not before.
    pub async fn tenant_credentials(&self, subdomain: &str) -> Result<Credentials, ClientError> {
        self.send(self.on_tenant(subdomain, "credentials")).await
    }

    pub async fn tenant_list(&self, cursor: Option<&str>) -> Result<Page<Tenant>, ClientError> {
        self.list("/v1/tenants", cursor).await
    }
}
