//! Ends what the server still does for somebody who has gone.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_postgres::{CancelToken, Client, NoTls};
use tokio_util::task::TaskTracker;

/// It is one packet on a new connection.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(10);

/// Cancels the statement under way when it is dropped before it was disarmed.
///
/// A driver whose reader has gone reads on to the end of the answer, and the server reads the whole table for that. A server
/// that takes only TLS does not hear of it, and does just so.
pub(crate) struct StopOnDrop {
    token: Option<CancelToken>,
    runtime: Handle,
    tracker: TaskTracker,
}

impl StopOnDrop {
    pub(crate) fn new(client: &Client, tracker: &TaskTracker) -> Self {
        Self {
            token: Some(client.cancel_token()),
            runtime: Handle::current(),
            tracker: tracker.clone(),
        }
    }

    /// Nothing is under way any more.
    pub(crate) fn disarm(mut self) {
        self.token = None;
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            let cancel = async move {
                // If it cannot be told, it ends when the table does.
                drop(timeout(CANCEL_TIMEOUT, token.cancel_query(NoTls)).await);
            };
            self.tracker.spawn_on(cancel, &self.runtime);
        }
    }
}
