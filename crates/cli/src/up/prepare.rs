//! From running clusters to a control plane: control database, servers, the local owner.

use anyhow::{Context, Result};
use cloison_catalog::queries::servers;
use cloison_control::domains::Domains;
use cloison_control::pg::Admin;
use cloison_control::point_in_time::Archives;
use cloison_control::releases;
use cloison_control::webhooks::Webhooks;
use cloison_control::{Control, access, bootstrap};
use cloison_local_postgres::Cluster;
use cloison_server::PublicUrl;
use futures_util::future::try_join_all;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::Start;
use super::clusters::{CONNECTION_BUDGET, Clusters};
use super::data_dir::DataDir;
use crate::complaint::Complaint;
use crate::platform;
use crate::profile::Profile;

/// What one server holds, as placement counts; about 307 files lie behind each tenant.
const SERVER_CAPACITY: i32 = 1_000;

/// Brings all there is to this build. What a crash has left half-done is the workers' business.
pub(super) async fn prepare(start: &Start<'_>, public_url: &PublicUrl) -> Result<Control> {
    refuse_to_begin_anew(start).await?;
    bootstrap_control(start).await?;
    let catalog = platform::catalog(
        "127.0.0.1",
        start.clusters.control.port(),
        &start.data.control_password()?,
    );
    let source = start.migrations.clone();
    let mut control = Control::new(catalog, start.key.clone(), source, start.tracker.clone());
    control.backups.clone_from(&start.backups);
    control.keep_past(start.point_in_time.clone());
    if !start.options.point_in_time {
        control.archives = Archives::DoneWithout;
    }
    let carried = control.source.load().map_err(platform::release_complaint)?;
    control.webhooks = Webhooks::reaching(start.webhooks);
    control.domains = Domains::new(start.domains.clone());
    control.exported = platform::export_rules(&carried)?;
    register_servers(&control, start.clusters).await?;
    bootstrap_servers(start, &control).await?;
    grant_local_owner(&control, start.data, public_url).await?;
    Ok(control)
}

/// A new control database would give numbers out again that databases on the servers have.
async fn refuse_to_begin_anew(start: &Start<'_>) -> Result<()> {
    let control = admin(&start.clusters.control, start.tracker);
    if bootstrap::control_database_exists(&control).await? {
        return Ok(());
    }
    for (spec, cluster) in &start.clusters.servers {
        let tenants = bootstrap::tenants_databases(&admin(cluster, start.tracker)).await?;
        if tenants > 0 {
            return Err(Complaint::new(
                format!("the control database is gone, and server {} has {tenants} databases of tenants", spec.name),
                "a new one would not know whose they are, and would give their numbers to others",
                "bring it back from its backup: cloison recover --all-stopped",
            )
            .into());
        }
    }
    Ok(())
}

async fn bootstrap_control(start: &Start<'_>) -> Result<()> {
    let password = start.data.control_password()?;
    let admin = admin(&start.clusters.control, start.tracker);
    bootstrap::control_database(&admin, &password).await.context("prepare the control database")
}

/// To the fleet's version; to a newer one they come with their tenants, by a rollout.
async fn bootstrap_servers(start: &Start<'_>, control: &Control) -> Result<()> {
    let (release, version) =
        releases::settle(control).await.map_err(platform::release_complaint)?;
    try_join_all(start.clusters.servers.iter().map(async |(spec, cluster)| {
        let admin = admin(cluster, start.tracker);
        bootstrap::server(&admin, &release, version)
            .await
            .with_context(|| format!("prepare server {}", spec.name))
    }))
    .await?;
    Ok(())
}

pub(super) fn admin(cluster: &Cluster, tracker: &TaskTracker) -> Admin {
    let socket = cluster.socket_dir().to_string_lossy();
    Admin::new(&socket, cluster.port(), cluster.superuser(), None, tracker.clone())
}

/// Ports and sockets may be others than last time.
async fn register_servers(control: &Control, clusters: &Clusters) -> Result<()> {
    let client = control.catalog.client().await?;
    for (spec, cluster) in &clusters.servers {
        servers::server_upsert()
            .bind(
                &client,
                &Uuid::now_v7(),
                &spec.name,
                &spec.region,
                &"127.0.0.1",
                &i32::from(cluster.port()),
                &&*cluster.socket_dir().to_string_lossy(),
                &cluster.superuser(),
                &None::<&[u8]>,
                &CONNECTION_BUDGET,
                &SERVER_CAPACITY,
            )
            .await
            .with_context(|| format!("register server {}", spec.name))?;
    }
    Ok(())
}

/// Whoever can read the data directory is the owner of what is in it.
async fn grant_local_owner(
    control: &Control,
    data: &DataDir,
    public_url: &PublicUrl,
) -> Result<()> {
    let client = control.catalog.client().await?;
    let mut token = data.api_token()?;
    let give = "give the local owner a token";
    if !access::local_owner_ensure(&client, &token).await.context(give)? {
        token = data.new_api_token()?;
        access::local_owner_ensure(&client, &token).await.context(give)?;
    }
    data.write_profile(&Profile { url: public_url.console(), token: token.expose().to_owned() })
}
