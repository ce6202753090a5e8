//! Hears that operations are due or have changed, from this process at once and from others by notification, and tells
//! the others.
//!
//! A hint, never the truth: whoever listens looks at the row, and looks now and then without a hint.
//!
//! The others are told after the commit and not by it: a transaction that notifies keeps every other one that does
//! waiting until it is on disk, so that commits could no longer be flushed together.

use cloison_catalog::queries::operations::operations_tell;
use cloison_catalog::{Catalog, OperationChange};
use cloison_model::OperationId;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::error::{StepError, sentence};
use crate::listening::keep_listening;

/// Changes that a slow listener may lag behind before it has to look for itself.
const BACKLOG_MAX: usize = 1_024;
/// Changes that the others are told of at once.
const TOLD_AT_ONCE: usize = 256;
/// Tells everybody to look, whatever it was.
const SOMETHING: OperationChange =
    OperationChange { operation: OperationId(Uuid::nil()), is_due: true };

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Of this process and of others.
    changes: Sender<OperationChange>,
    /// Of this process alone.
    own: Sender<OperationChange>,
}

impl Default for Feed {
    fn default() -> Self {
        Self { changes: channel(BACKLOG_MAX).0, own: channel(BACKLOG_MAX).0 }
    }
}

impl Feed {
    pub(crate) fn subscribe(&self) -> Receiver<OperationChange> {
        self.changes.subscribe()
    }

    /// Tells this process at once and the others soon. Call it after the commit.
    pub(crate) fn tell(&self, operation: OperationId, is_due: bool) {
        let change = OperationChange { operation, is_due };
        // Nobody listening is no error.
        drop(self.changes.send(change));
        drop(self.own.send(change));
    }

    /// Passes on what other processes do, until shutdown.
    pub(crate) async fn listen(self, catalog: Catalog, shutdown: CancellationToken) {
        let pass_on = |change| drop(self.changes.send(change));
        keep_listening(|| catalog.operation_listen(), pass_on, &shutdown).await;
    }

    /// Tells other processes what this one does, until shutdown. What cannot be told they find when they look.
    pub(crate) async fn publish(self, catalog: Catalog, shutdown: CancellationToken) {
        let mut own = self.own.subscribe();
        loop {
            let first = tokio::select! {
                first = own.recv() => first,
                () = shutdown.cancelled() => return,
            };
            let mut changes = vec![match first {
                Ok(change) => change,
                Err(RecvError::Lagged(_)) => SOMETHING,
                Err(RecvError::Closed) => return,
            }];
            while changes.len() < TOLD_AT_ONCE
                && let Ok(change) = own.try_recv()
            {
                changes.push(change);
            }
            if let Err(error) = publish(&catalog, &changes).await {
                tracing::debug!("cannot tell others of operations: {}", sentence(&error));
            }
        }
    }
}

async fn publish(catalog: &Catalog, changes: &[OperationChange]) -> Result<(), StepError> {
    let texts: Vec<String> = changes.iter().map(ToString::to_string).collect();
    let client = catalog.client().await?;
    operations_tell().bind(&client, &texts).one().await?;
    Ok(())
}
