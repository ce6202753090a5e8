//! Being told to stop, and stopping: everything that was spawned is waited for.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::Result;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long open requests and running operations get when we are told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Ctrl-C, what a service manager sends, or the end of standard input where that is agreed.
pub(crate) struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
    until_stdin_closes: bool,
}

impl StopSignal {
    pub(crate) fn listen(until_stdin_closes: bool) -> Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())?, until_stdin_closes })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = stdin_closed(), if self.until_stdin_closes => {}
        }
    }
}

/// Does the work until it ends or somebody stops it, and then waits for all that it has spawned.
pub(crate) async fn until_stopped(
    mut stop: StopSignal,
    work: impl Future<Output = Result<()>>,
    tracker: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let done = tokio::select! {
        done = work => done,
        () = stop.received() => {
            // Whether or not somebody still reads it.
            drop(writeln!(io::stdout(), "Stopping."));
            Ok(())
        }
    };
    shutdown.cancel();
    wait_for(tracker).await;
    done
}

/// Reads on a thread of its own: tokio's standard input would keep the runtime from ending.
async fn stdin_closed() {
    let (closed, heard) = oneshot::channel();
    std::thread::spawn(move || {
        drop(io::copy(&mut io::stdin(), &mut io::sink()));
        closed.send(())
    });
    drop(heard.await);
}

/// Waits for all that was spawned, as long as is decent.
async fn wait_for(tracker: &TaskTracker) {
    tracker.close();
    if tokio::time::timeout(GRACE, tracker.wait()).await.is_err() {
        tracing::warn!(
            "{} tasks had not ended after {} s and were cut off",
            tracker.len(),
            GRACE.as_secs()
        );
    }
}
