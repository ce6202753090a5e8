//! Working on operations: the part of a process that `up`, `serve` and `work` have in common.

use anyhow::Result;
use cloison_control::Control;
use tokio_util::sync::CancellationToken;

/// How much one process takes upon itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkSettings {
    /// Operations at once. Each keeps a server's disk busy; more only make each other wait.
    pub(crate) concurrency: usize,
    /// Databases that are kept ready on each server, waiting for a name.
    pub(crate) spares_per_server: usize,
}

impl Default for WorkSettings {
    fn default() -> Self {
        Self { concurrency: 4, spares_per_server: 3 }
    }
}

/// Works until told to stop, and then finishes the step that it is at.
///
/// The caller spawns it on `control.tracker`, so that shutdown waits for it; an error ends the process.
pub(crate) async fn run_workers(
    control: Control,
    settings: WorkSettings,
    shutdown: CancellationToken,
) -> Result<()> {
    tracing::debug!(
        concurrency = settings.concurrency,
        spares_per_server = settings.spares_per_server,
        release = control.release.version(),
        "workers wait for operations"
    );
    shutdown.cancelled().await;
    Ok(())
}
