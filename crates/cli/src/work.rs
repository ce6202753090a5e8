//! Working on operations: the part of a process that `up`, `serve` and `work` have in common.

use std::io::{self, Write};

use anyhow::{Context, Result};
use cloison_control::operations::{self, WorkerConfig};
use cloison_control::watch::{self, Watch};
use cloison_control::{Control, archiving};
use cloison_server::{HttpStats, Metrics, MetricsSettings};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::platform::{self, OpsListener, StopSignal};

/// How much one process takes upon itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkSettings {
    /// Operations at once. Each keeps a server's disk or one of its cores busy in turns; twice as many as those are
    /// enough for both, and more only make each other wait.
    pub(crate) concurrency: usize,
    /// Databases that are kept ready on each server, waiting for a name.
    pub(crate) spares_per_server: u16,
}

impl Default for WorkSettings {
    fn default() -> Self {
        Self { concurrency: 8, spares_per_server: 3 }
    }
}

impl WorkSettings {
    pub(crate) fn metrics(self, top_tenants: u16) -> MetricsSettings {
        MetricsSettings { top_tenants: top_tenants.into(), spares_wanted: self.spares_per_server }
    }
}

/// Works until told to stop, and then finishes the steps that it is at.
///
/// The caller spawns it on `control.tracker`, so that shutdown waits for it.
pub(crate) async fn run_workers(
    control: Control,
    settings: WorkSettings,
    shutdown: CancellationToken,
) -> Result<()> {
    let config = WorkerConfig {
        name: process_name(),
        concurrency: settings.concurrency,
        spares: settings.spares_per_server,
        ..WorkerConfig::default()
    };
    // For those who look at the fleet, and for what tenants use.
    control.tracker.spawn(watch::keep_sampled(control.clone(), shutdown.clone()));
    operations::work(control, config, shutdown).await;
    Ok(())
}

/// Which process of which machine: what an operator reads beside an operation, and a collector of spans beside those.
pub(crate) fn process_name() -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    format!("{host}/{}", std::process::id())
}

/// `cloison work`: the workers alone, for a machine or a process that serves nobody. It has an operations port only if it was
/// given one, since a process that serves beside it has the configured one.
pub(crate) async fn work(
    config: Config,
    ops_port: Option<u16>,
    until_stdin_closes: bool,
) -> Result<()> {
    let stop = StopSignal::listen(until_stdin_closes).context("listen for Ctrl-C")?;
    let ops = match ops_port {
        Some(_) => Some(OpsListener::bind(config.ops).await?),
        None => None,
    };
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let worked = async {
        let control = platform::control(&config, &tracker).await?;
        tracker.spawn(archiving::keep(control.clone(), shutdown.clone()));
        if let Some(ops) = ops {
            let watch = Watch::new(control.clone());
            let http = HttpStats::default();
            let metrics = Metrics::new(config.metrics(), &control, watch, None, &http);
            ops.serve(control.clone(), metrics, &tracker, &shutdown);
        }
        let workers = tracker.spawn(run_workers(control, config.work, shutdown.clone()));
        let mut out = io::stdout().lock();
        writeln!(out, "Cloison waits for operations.\n\nCtrl-C stops it.")?;
        out.flush()?;
        drop(out);
        workers.await.context("work on operations")?
    };
    platform::until_stopped(stop, worked, &tracker, &shutdown).await
}
