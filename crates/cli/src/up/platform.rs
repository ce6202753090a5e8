//! From running clusters to a platform that can serve: control database, servers, router.

use std::sync::Arc;

use anyhow::{Context, Result};
use cloison_catalog::queries::{access, servers};
use cloison_catalog::{Catalog, DATABASE, ROLE};
use cloison_control::pg::Admin;
use cloison_control::{Control, bootstrap, fleet, provision};
use cloison_local_postgres::Cluster;
use cloison_model::Release;
use cloison_router::Router;
use cloison_server::{Platform, PublicUrl};
use cloison_studio::{Clock, StudioConfig};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::Start;
use super::clusters::{CONNECTION_BUDGET, Clusters};
use super::data_dir::DataDir;
use crate::profile::Profile;

/// Connections to the control database: a handful, since requests of studios need none.
const CATALOG_CONNECTIONS_MAX: usize = 10;
/// What one server holds, as placement counts; about 307 files lie behind each tenant.
const SERVER_CAPACITY: i32 = 1_000;
/// The platform user that `up` acts as.
const LOCAL_OWNER: &str = "owner@localhost";

pub(super) struct Prepared {
    pub(super) platform: Platform,
    /// The tenant application.
    pub(super) studio: axum::Router,
}

pub(super) async fn prepare(start: &Start<'_>) -> Result<Prepared> {
    let release =
        Release::from_files(cloison_studio::MIGRATIONS).context("read the studio's migrations")?;
    bootstrap_all(start, &release).await?;

    let catalog = catalog(start.data, &start.clusters.control)?;
    let control =
        Control::new(catalog, start.key.clone(), Arc::new(release), start.tracker.clone());
    register_servers(&control, start.clusters).await?;
    provision::recover(&control).await.context("take back what was left half-done")?;
    fleet::catch_up(&control).await.context("bring tenants to this release")?;

    let base = start.options.base_domain.clone();
    let public_url = PublicUrl { scheme: "http", base, port: Some(start.port) };
    grant_local_owner(&control, start.data, &public_url).await?;

    let config = cloison_router::Config {
        schema_versions: Some(control.release.version()..=control.release.version()),
        ..cloison_router::Config::default()
    };
    let router =
        Router::start(control.clone(), config, start.tracker.clone(), start.shutdown.clone())
            .await
            .context("load the tenants' routes")?;
    let studio = cloison_studio::router(StudioConfig { clock: Clock::new(Timestamp::now) });
    Ok(Prepared { platform: Platform { control, router, public_url }, studio })
}

async fn bootstrap_all(start: &Start<'_>, release: &Release) -> Result<()> {
    let password = start.data.control_password()?;
    let control = admin(&start.clusters.control, start.tracker);
    let servers = try_join_all(start.clusters.servers.iter().map(async |(spec, cluster)| {
        let admin = admin(cluster, start.tracker);
        bootstrap::server(&admin, release)
            .await
            .with_context(|| format!("prepare server {}", spec.name))
    }));
    let (control, servers) =
        tokio::join!(bootstrap::control_database(&control, &password), servers);
    control.context("prepare the control database")?;
    servers?;
    Ok(())
}

fn admin(cluster: &Cluster, tracker: &TaskTracker) -> Admin {
    let socket = cluster.socket_dir().to_string_lossy();
    Admin::new(&socket, cluster.port(), cluster.superuser(), None, tracker.clone())
}

fn catalog(data: &DataDir, cluster: &Cluster) -> Result<Catalog> {
    let mut config = tokio_postgres::Config::new();
    config
        .host("127.0.0.1")
        .port(cluster.port())
        .dbname(DATABASE)
        .user(ROLE)
        .password(data.control_password()?.expose())
        .application_name("cloison");
    Ok(Catalog::new(config, CATALOG_CONNECTIONS_MAX))
}

/// Ports and sockets may be others than last time.
async fn register_servers(control: &Control, clusters: &Clusters) -> Result<()> {
    let client = control.catalog.client().await?;
    for (spec, cluster) in &clusters.servers {
        servers::server_upsert()
            .bind(
                &**client,
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
    let token = data.api_token()?;
    let client = control.catalog.client().await?;
    let hash = Sha256::digest(token.expose().as_bytes());
    if access::api_token_fetch().bind(&**client, &hash.as_slice()).opt().await?.is_none() {
        let user = access::platform_user_ensure()
            .bind(&**client, &Uuid::now_v7(), &LOCAL_OWNER, &"Local owner", &"owner")
            .one()
            .await?;
        access::api_token_insert()
            .bind(
                &**client,
                &Uuid::now_v7(),
                &user,
                &"cloison up",
                &hash.as_slice(),
                &"owner",
                &None,
            )
            .await
            .context("give the local owner a token")?;
    }
    data.write_profile(&Profile { url: public_url.console(), token: token.expose().to_owned() })
}
