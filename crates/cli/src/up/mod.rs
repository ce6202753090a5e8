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
use cloison_control::MasterKey;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use self::server_spec::ServerSpec;

use self::clusters::Clusters;
use self::data_dir::DataDir;
use self::web::Listeners;
use crate::args::UpOptions;
use crate::profile;

/// What a start has at hand before anything is served.
struct Start<'a> {
    options: &'a UpOptions,
    data: &'a DataDir,
    key: MasterKey,
    clusters: &'a Clusters,
    port: u16,
    tracker: &'a TaskTracker,
    shutdown: &'a CancellationToken,
}

pub(crate) async fn up(options: UpOptions, data_dir: Option<PathBuf>) -> anyhow::Result<()> {
    // First what can fail at once.
    let mut stop =
        web::StopSignal::listen(options.until_stdin_closes).context("listen for Ctrl-C")?;
    let listeners = Listeners::bind(options.port, options.ops_port).await?;
    let data = DataDir::open(&data_dir.unwrap_or_else(|| profile::DATA_DIR.into()))?;
    let key = data.master_key()?;

    let servers = data.servers(&options.servers)?;
    let clusters = Clusters::start(&data, &servers, options.pg_bin.as_deref()).await?;
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let start = Start {
        options: &options,
        data: &data,
        key,
        clusters: &clusters,
        port: listeners.port()?,
        tracker: &tracker,
        shutdown: &shutdown,
    };

    let served = tokio::select! {
        served = serve(&start, listeners) => served,
        () = stop.received() => {
            announce::stopping();
            Ok(())
        }
    };
    shutdown.cancel();
    web::wait_for(&tracker).await;
    let stopped = clusters.stop().await;
    served.and(stopped)
}

/// Runs until told to stop by dropping it, or until something fails.
async fn serve(start: &Start<'_>, listeners: Listeners) -> anyhow::Result<()> {
    let prepared = platform::prepare(start).await?;
    let web = listeners.serve(&prepared.platform, prepared.studio, start.tracker, start.shutdown);
    let studios = if start.options.demo {
        demo::ensure(start.options, &prepared.platform).await?
    } else {
        Vec::new()
    };
    announce::ready(&prepared.platform.public_url, start.data, &studios)?;
    web.ended().await
}
