//! What the control plane works with. A step gets from here only what it needs.

use std::sync::Arc;

use cloison_catalog::queries::routes::{Route, route_after};
use cloison_catalog::queries::servers::{Server, server_fetch};
use cloison_catalog::{Catalog, GenericClient};
use cloison_model::ServerId;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use crate::access::Desk;
use crate::ai_credits::AiCreditsStats;
use crate::backups::{Backups, NotConfigured};
use crate::domains::Domains;
use crate::exports::{Downloads, ExportRules};
use crate::master_key::{KeyError, MasterKey};
use crate::operations::Feed;
use crate::pg::{Admin, Turns};
use crate::point_in_time::{Archives, PointInTime, PointInTimeError};
use crate::releases::ReleaseSource;
use crate::seats::Process;
use crate::shadow::ShadowConfig;
use crate::stats::WorkStats;
use crate::watch::Samples;
use crate::webhooks::Webhooks;

/// More servers than one control database is meant for; a query has a limit.
pub(crate) const SERVERS_MAX: i64 = 1_000;

/// One process's control plane. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Control {
    pub catalog: Catalog,
    pub key: MasterKey,
    /// The tenant migrations that this process brings along.
    pub source: ReleaseSource,
    /// How a release is tried on copies.
    pub shadow: ShadowConfig,
    /// Where backups go; without, none are made.
    pub backups: Option<Backups>,
    /// What tenants are taken back to a point in time with.
    pub point_in_time: Option<PointInTime>,
    pub archives: Archives,
    /// What tenants' owners are given of their data.
    pub exported: ExportRules,
    pub(crate) downloads: Downloads,
    /// Shutdown waits for what runs here.
    pub tracker: TaskTracker,
    /// Which process this is, beside its seats.
    pub process: Arc<Process>,
    /// What happens to operations.
    pub feed: Feed,
    /// What workers here have done.
    pub stats: WorkStats,
    /// Which AI credits were moved here.
    pub ai_credits: AiCreditsStats,
    /// How large databases are, as last sampled here.
    pub(crate) samples: Samples,
    pub(crate) turns: Turns,
    /// A spare was taken or is ready, or a customer's order has begun or ended.
    pub(crate) spares_wanted: Arc<Notify>,
    /// Somebody has asked for a backup, or one has ended.
    pub(crate) backups_wanted: Arc<Notify>,
    pub(crate) desk: Desk,
    /// How others are told of events.
    pub webhooks: Webhooks,
    /// How customers' own domains are looked at.
    pub domains: Domains,
}

#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("server {0} is not in the control database any more")]
    Gone(ServerId),
    #[error("cannot read the administrator's password of server {name}")]
    Key { name: String, source: KeyError },
    #[error("cannot read the server from the control database")]
    Database(#[from] tokio_postgres::Error),
}

/// What a server's sealed password is bound to, beside the server's id.
pub(crate) const SERVER_PASSWORD: &str = "servers.admin_password";
/// What a tenant's sealed password is bound to, beside the tenant's id.
pub(crate) const TENANT_PASSWORD: &str = "tenants.database_password";

impl Control {
    pub fn new(
        catalog: Catalog,
        key: MasterKey,
        source: ReleaseSource,
        tracker: TaskTracker,
    ) -> Self {
        Self {
            catalog,
            key,
            source,
            shadow: ShadowConfig::default(),
            backups: None,
            point_in_time: None,
            archives: Archives::default(),
            exported: ExportRules::default(),
            downloads: Downloads::default(),
            tracker,
            process: Arc::default(),
            feed: Feed::default(),
            stats: WorkStats::default(),
            ai_credits: AiCreditsStats::default(),
            samples: Samples::default(),
            turns: Turns::default(),
            spares_wanted: Arc::default(),
            backups_wanted: Arc::default(),
            desk: Desk::default(),
            webhooks: Webhooks::default(),
            domains: Domains::default(),
        }
    }

    /// In a process that can be told from others.
    #[must_use]
    pub fn of(self, process: Process) -> Self {
        Self { process: Arc::new(process), ..self }
    }

    /// Says what tenants are taken back with; certificates of erasures tell for how long that can be.
    pub fn keep_past(&mut self, past: Option<PointInTime>) {
        if let Some(backups) = &mut self.backups {
            backups.point_in_time_days = past.as_ref().map(PointInTime::reach_days);
        }
        self.point_in_time = past;
    }

    /// Where backups go.
    pub fn backups(&self) -> Result<&Backups, NotConfigured> {
        self.backups.as_ref().ok_or(NotConfigured)
    }

    /// What servers' pasts are had with.
    pub fn point_in_time(&self) -> Result<&PointInTime, PointInTimeError> {
        self.point_in_time.as_ref().ok_or(PointInTimeError::NotConfigured)
    }

    /// The server of the control database, with the rights that this process has there.
    pub(crate) fn of_control_database(&self) -> Admin {
        Admin::of(self.catalog.config().clone(), self.tracker.clone())
    }

    /// How to administer this server.
    pub async fn admin(
        &self,
        catalog: &impl GenericClient,
        server: ServerId,
    ) -> Result<Admin, ServerError> {
        let row = server_fetch()
            .bind(catalog, &server.0)
            .opt()
            .await?
            .ok_or(ServerError::Gone(server))?;
        self.admin_of(&row)
    }

    /// Whether the key is this installation's, as far as one sealed password tells; without a tenant, any key is.
    pub async fn key_fits(
        &self,
        catalog: &impl GenericClient,
    ) -> Result<bool, tokio_postgres::Error> {
        let any = route_after().bind(catalog, &0, &1).opt().await?;
        let opens =
            |it: Route| self.key.open(TENANT_PASSWORD, it.id, &it.database_password_sealed).is_ok();
        Ok(any.is_none_or(opens))
    }

    pub(crate) fn admin_of(&self, row: &Server) -> Result<Admin, ServerError> {
        let password = row
            .admin_password_sealed
            .as_deref()
            .map(|it| self.key.open(SERVER_PASSWORD, row.id, it))
            .transpose()
            .map_err(|source| ServerError::Key { name: row.name.clone(), source })?;
        let port = u16::try_from(row.port).expect("the table checks the port");
        Ok(Admin::new(
            &row.admin_host,
            port,
            &row.admin_role,
            password.as_ref(),
            self.tracker.clone(),
        ))
    }
}
