//! Hears that operations are due or have changed, from this process at once and from others by notification.
//!
//! A hint, never the truth: whoever listens looks at the row, and looks now and then without a hint.

use std::time::Duration;

use cloison_catalog::{Catalog, OperationChange};
use cloison_model::OperationId;
use futures_util::StreamExt;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// Changes that a slow listener may lag behind before it has to look for itself.
const BACKLOG_MAX: usize = 1_024;
/// Between two attempts to listen to a control database that is down.
const PAUSE: Duration = Duration::from_millis(500);

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Feed {
    changes: Sender<OperationChange>,
}

impl Default for Feed {
    fn default() -> Self {
        Self { changes: channel(BACKLOG_MAX).0 }
    }
}

impl Feed {
    pub(crate) fn subscribe(&self) -> Receiver<OperationChange> {
        self.changes.subscribe()
    }

    /// Tells this process; the others hear it from the control database.
    pub(crate) fn tell(&self, operation: OperationId, is_due: bool) {
        // Nobody listening is no error.
        drop(self.changes.send(OperationChange { operation, is_due }));
    }

    /// Passes on what other processes do, until shutdown.
    pub(crate) async fn listen(self, catalog: Catalog, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            let listening = async {
                let Ok(mut heard) = catalog.operation_listen().await else { return };
                while let Some(change) = heard.next().await {
                    drop(self.changes.send(change));
                }
            };
            tokio::select! {
                () = listening => {}
                () = shutdown.cancelled() => return,
            }
            tokio::select! {
                () = sleep(PAUSE) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }
}
