//! `cloison up`: everything on one machine, from nothing but installed PostgreSQL.
//!
//! In order: ports, data directory, clusters, control database, servers, what a crash has left,
//! router, web server; and all that backwards when told to stop.

mod announce;
mod clusters;
mod data_dir;
mod demo;
mod platform;
mod server_spec;
mod web;

use std::path::PathBuf;

use anyhow::Context;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use self::server_spec::ServerSpec;

use self::clusters::Clusters;
use self::data_dir::DataDir;
use self::web::Listeners;
use crate::args::UpOptions;
use crate::profile;

pub(crate) async fn up(options: UpOptions, data_dir: Option<PathBuf>) -> anyhow::Result<()> {
    // First what can fail at once.
    let mut stop =
        web::StopSignal::listen(options.until_stdin_closes).context("listen for Ctrl-C")?;
    let listeners = Listeners::bind(options.port, options.ops_port).await?;
    let data = DataDir::open(&data_dir.unwrap_or_else(|| profile::DATA_DIR.into()))?;

    let servers = data.servers(&options.servers)?;
    let clusters = Clusters::start(&data, &servers, options.pg_bin.as_deref()).await?;
    let tracker = TaskTracker::new();
    let shutdown = CancellationToken::new();

    let served = tokio::select! {
        served = serve(&options, &data, &clusters, listeners, &tracker, &shutdown) => served,
        () = stop.received() => Ok(()),
    };
    shutdown.cancel();
    announce::stopping();
    web::wait_for(&tracker).await;
    let stopped = clusters.stop().await;
    served.and(stopped)
}

/// Runs until told to stop by dropping it, or until something fails.
async fn serve(
    options: &UpOptions,
    data: &DataDir,
    clusters: &Clusters,
    listeners: Listeners,
    tracker: &TaskTracker,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let port = listeners.port()?;
    let prepared = platform::prepare(options, port, data, clusters, tracker, shutdown).await?;
    let web = listeners.serve(&prepared.platform, prepared.studio, tracker, shutdown);
    let studios =
        if options.demo { demo::ensure(options, &prepared.platform).await? } else { Vec::new() };
    announce::ready(&prepared.platform.public_url, data, &studios)?;
    web.ended().await
}
