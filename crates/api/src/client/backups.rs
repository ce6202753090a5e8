//! The client's calls about backups, restores, copies and drills.

use std::time::Duration;

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::backups::{
    Backup, BackupAsked, BackupsStatus, BackupsWanted, ConfirmTenant, ControlBackup, Copy,
    CreateBackup, CreateBackups, Drill, HoldBackup, PruneBackups, PruneReport, RestoreTenant,
};
use crate::operations::Accepted;
use crate::tenants::Page;

impl Client {
    pub async fn backup_list(&self, subdomain: &str) -> Result<Page<Backup>, ClientError> {
        self.list(&format!("/v1/tenants/{subdomain}/backups"), None).await
    }

    pub async fn backup_create(
        &self,
        subdomain: &str,
        body: &CreateBackup,
        wait: Option<Duration>,
    ) -> Result<BackupAsked, ClientError> {
        let request = self.on_tenant(subdomain, "backups").json(body);
        self.send(request.query(&wait.map(|it| ("wait", format!("{}s", it.as_secs()))).as_slice()))
            .await
    }

    pub async fn backups_create(&self, body: &CreateBackups) -> Result<BackupsWanted, ClientError> {
        self.send(self.request(Method::POST, "/v1/backups").json(body)).await
    }

    pub async fn control_backup_list(&self) -> Result<Page<ControlBackup>, ClientError> {
        self.list("/v1/backups/control", None).await
    }

    pub async fn control_backup_create(&self) -> Result<ControlBackup, ClientError> {
        self.send(self.request(Method::POST, "/v1/backups/control")).await
    }

    pub async fn backups_status(&self) -> Result<BackupsStatus, ClientError> {
        self.send(self.request(Method::GET, "/v1/backups/status")).await
    }

    /// As [`Self::backups_status`] without the servers: for each of these a program is run, and whoever waits asks again and again.
    pub async fn backups_status_brief(&self) -> Result<BackupsStatus, ClientError> {
        let request = self.request(Method::GET, "/v1/backups/status");
        self.send(request.query(&[("brief", "true")])).await
    }

    /// Deleting what is in a store may take a while.
    pub async fn backups_prune(&self, body: &PruneBackups) -> Result<PruneReport, ClientError> {
        let request = self.request(Method::POST, "/v1/backups/prune").json(body);
        self.send(request.timeout(PRUNE_TIMEOUT)).await
    }

    pub async fn backup_verify(
        &self,
        subdomain: &str,
        backup: Uuid,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        let request = self.on_tenant(subdomain, &format!("backups/{backup}/verify"));
        self.start(request, wait, None).await
    }

    pub async fn backup_hold(
        &self,
        subdomain: &str,
        backup: Uuid,
        body: &HoldBackup,
    ) -> Result<Backup, ClientError> {
        self.send(self.on_tenant(subdomain, &format!("backups/{backup}/hold")).json(body)).await
    }

    pub async fn backup_release(
        &self,
        subdomain: &str,
        backup: Uuid,
    ) -> Result<Backup, ClientError> {
        self.send(self.on_tenant(subdomain, &format!("backups/{backup}/release"))).await
    }

    pub async fn tenant_restore(
        &self,
        subdomain: &str,
        body: &RestoreTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "restore").json(body), wait, None).await
    }

    pub async fn copy_list(&self, subdomain: &str) -> Result<Page<Copy>, ClientError> {
        self.list(&format!("/v1/tenants/{subdomain}/copies"), None).await
    }

    pub async fn copy_swap(
        &self,
        subdomain: &str,
        copy: Uuid,
        body: &ConfirmTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        let request = self.on_tenant(subdomain, &format!("copies/{copy}/swap")).json(body);
        self.start(request, wait, None).await
    }

    pub async fn copy_drop(
        &self,
        subdomain: &str,
        copy: Uuid,
        body: &ConfirmTenant,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        let request = self.on_tenant(subdomain, &format!("copies/{copy}/drop")).json(body);
        self.start(request, wait, None).await
    }

    pub async fn copy_open(
        &self,
        subdomain: &str,
        copy: Uuid,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, &format!("copies/{copy}/open")), wait, None).await
    }

    pub async fn copy_close(
        &self,
        subdomain: &str,
        copy: Uuid,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, &format!("copies/{copy}/close")), wait, None).await
    }

    pub async fn drill_start(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "drill"), wait, None).await
    }

    pub async fn drill_list(&self, tenant: Option<&str>) -> Result<Page<Drill>, ClientError> {
        let request = self.request(Method::GET, "/v1/drills");
        self.send(request.query(&tenant.map(|it| ("tenant", it)).as_slice())).await
    }
}

const PRUNE_TIMEOUT: Duration = Duration::from_mins(15);
