//! `cloison up`: everything on one machine, from nothing but installed PostgreSQL.
//!
//! In order: ports, data directory, clusters, control database, servers, what a crash has left,
//! workers, router, web server, backups; and all that backwards when told to stop.

mod announce;
mod catch_up;
mod clusters;
mod data_dir;
mod demo;
mod point_in_time;
mod prepare;
mod recover;
mod server_spec;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use cloison_archive::ProgramPlaces;
use cloison_control::backups::Backups;
use cloison_control::domains::DomainSettings;
use cloison_control::point_in_time::PointInTime;
use cloison_control::releases::ReleaseSource;
use cloison_control::{MasterKey, access, archiving};
use cloison_model::Reach;
use cloison_server::{MetricsSettings, PublicUrl};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use self::recover::recover;
pub(crate) use self::server_spec::ServerSpec;

use self::clusters::Clusters;
use self::data_dir::DataDir;
use self::point_in_time::Archives;
use crate::args::UpOptions;
use crate::complaint::Complaint;
use crate::config::{self, DefaultPlaces, Environment, Told, Written};
use crate::platform::{self, Listeners, StopSignal};
use crate::profile;
use crate::work::{WorkSettings, run_workers};

/// What a start has at hand before anything is served.
struct Start<'a> {
    options: &'a UpOptions,
    data: &'a DataDir,
    key: MasterKey,
    clusters: &'a Clusters,
    port: u16,
    work: WorkSettings,
    metrics: MetricsSettings,
    webhooks: Reach,
    domains: DomainSettings,
    backups: Option<Backups>,
    point_in_time: Option<PointInTime>,
    /// What the environment has said of them.
    told: Vec<Told>,
    migrations: ReleaseSource,
    tracker: &'a TaskTracker,
    shutdown: &'a CancellationToken,
}

pub(crate) async fn up(
    options: UpOptions,
    data_dir: Option<PathBuf>,
    work: WorkSettings,
    environment: &Environment,
) -> anyhow::Result<()> {
    // First what can fail at once.
    let migrations = platform::release_source(options.migrations.as_deref())?;
    refuse_demo(&options, &migrations)?;
    let metrics = work.metrics(config::top_tenants(environment)?);
    let webhooks = config::webhooks(environment)?;
    let domains = config::domains(environment)?;
    let stop = StopSignal::listen(options.until_stdin_closes).context("listen for Ctrl-C")?;
    let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listeners = Listeners::bind(here(options.port), here(options.ops_port)).await?;
    let data = DataDir::open(&data_dir.unwrap_or_else(|| profile::DATA_DIR.into()))?;
    let key = data.master_key()?;
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let (backups, told) = backups(options.pg_bin.as_deref(), &data, environment, &tracker)?;

    let servers = data.servers(&options.servers)?;
    let archives = Archives::find(&data, options.point_in_time);
    let clusters = Clusters::start(&data, &servers, options.pg_bin.as_deref(), &archives).await?;
    let start = Start {
        options: &options,
        data: &data,
        key,
        clusters: &clusters,
        port: listeners.port()?,
        work,
        metrics,
        webhooks,
        domains,
        backups,
        point_in_time: archives.point_in_time(options.pg_bin.clone()),
        told,
        migrations,
        tracker: &tracker,
        shutdown: &shutdown,
    };

    // On the heap, since it is large.
    let served = Box::pin(serve(&start, listeners));
    let served = platform::until_stopped(stop, served, &tracker, &shutdown).await;
    let stopped = clusters.stop().await;
    served.and(stopped)
}

/// In the data directory, unless the environment says otherwise.
fn backups(
    pg_bin: Option<&Path>,
    data: &DataDir,
    environment: &Environment,
    tracker: &TaskTracker,
) -> anyhow::Result<(Option<Backups>, Vec<Told>)> {
    let path = |name: &str| data.path().join(name).display().to_string();
    let (store, keystore) = (path(data_dir::BACKUPS), path(data_dir::KEYS));
    let defaults = DefaultPlaces { store: &store, keystore: &keystore };
    let (config, told) = config::backups(environment, defaults)?;
    // Of the version that the servers run.
    let programs = match pg_bin {
        Some(folder) => ProgramPlaces::Only(vec![folder.to_owned()]),
        None => ProgramPlaces::Machine,
    };
    let backups = config.map(|it| platform::backups(&it, programs, tracker)).transpose()?;
    Ok((backups, told))
}

/// The demo's data is that of studios.
fn refuse_demo(options: &UpOptions, migrations: &ReleaseSource) -> anyhow::Result<()> {
    let release = migrations.load().map_err(platform::release_complaint)?;
    if !options.demo || platform::is_studio(&release)? {
        return Ok(());
    }
    Err(Complaint::new(
        "--demo fills two studios, and the migrations of --migrations are not the studio's",
        "its data would fit no table",
        "leave --demo out, or let the folder begin with the studio's own files, unchanged",
    )
    .into())
}

/// Runs until told to stop by dropping it, or until something fails.
async fn serve(start: &Start<'_>, listeners: Listeners) -> anyhow::Result<()> {
    let base = start.options.base_domain.clone();
    let public_url = PublicUrl { scheme: "http", base, port: Some(start.port) };
    let control = prepare::prepare(start, &public_url).await?;
    start.data.write_config(&Written {
        base_domain: &public_url.base,
        control_port: start.clusters.control.port(),
        port: start.port,
        ops_port: listeners.ops_port()?,
        migrations: match &start.migrations {
            ReleaseSource::Carried(_) => None,
            ReleaseSource::Folder(folder) => Some(folder),
        },
        archives: start.point_in_time.as_ref().map(|_| data_dir::POINT_IN_TIME),
        top_tenants: start.metrics.top_tenants,
        work: start.work,
        webhooks: start.webhooks,
        domains: &start.domains,
        backups: &start.told,
        store: data_dir::BACKUPS,
        keystore: data_dir::KEYS,
        master_key_file: data_dir::MASTER_KEY_FILE,
        password_file: data_dir::CONTROL_PASSWORD_FILE,
    })?;
    // Before the demo, which waits until its studios are made.
    let workers = run_workers(control.clone(), start.work, start.shutdown.clone());
    let workers = start.tracker.spawn(workers);
    let (platform, web) = platform::serve(
        control.clone(),
        "up",
        public_url,
        listeners,
        start.metrics,
        start.shutdown,
    )
    .await?;
    // Once it is known which schema this process serves: nothing is taken away from its own pages.
    let (catching_up, stopping) = (control.clone(), start.shutdown.clone());
    start.tracker.spawn(async move {
        tokio::select! {
            done = catch_up::catch_up(&catching_up) => if let Err(error) = done {
                tracing::warn!("the tenants stay at an older schema: {error:#}");
            },
            () = stopping.cancelled() => {}
        }
    });
    let studios =
        if start.options.demo { demo::ensure(start.options, &platform).await? } else { Vec::new() };
    let token = start.data.api_token()?;
    let link = access::local_owner_link(&platform.control, &token, Timestamp::now()).await?;
    announce::ready(&platform.public_url, link.as_ref(), start.data, &studios)?;
    // Backups take what the start would have needed.
    start.tracker.spawn(archiving::keep(control, start.shutdown.clone()));
    platform::ended(web, workers).await
}
