//! `cloison serve`: studios, console and API, against a control database that exists.
//!
//! It migrates and bootstraps nothing: several of it run beside one another, and each could be of another build.

use std::io::{self, Write};

use anyhow::{Context, Result};
use cloison_control::archiving;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::platform::{self, Listeners, StopSignal};
use crate::work::run_workers;

pub(crate) async fn serve(config: Config, until_stdin_closes: bool) -> Result<()> {
    let stop = StopSignal::listen(until_stdin_closes).context("listen for Ctrl-C")?;
    let listeners = Listeners::bind(config.web, config.ops).await?;
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    // On the heap, since it is large.
    let served = Box::pin(run(&config, listeners, &tracker, &shutdown));
    platform::until_stopped(stop, served, &tracker, &shutdown).await
}

async fn run(
    config: &Config,
    listeners: Listeners,
    tracker: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let control = platform::control(config, tracker).await?;
    let workers = tracker.spawn(run_workers(control.clone(), config.work, shutdown.clone()));
    tracker.spawn(archiving::keep(control.clone(), shutdown.clone()));
    let port = listeners.port()?;
    let (url, metrics) = (config.public_url.clone(), config.metrics());
    let (platform, web) =
        platform::serve(control, "serve", url, listeners, metrics, shutdown).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "Cloison serves on {}:{port}.", config.web.ip())?;
    writeln!(out, "  console and API  {}", platform.public_url.console())?;
    writeln!(out, "\nCtrl-C stops it.")?;
    out.flush()?;
    drop(out);
    platform::ended(web, workers).await
}
