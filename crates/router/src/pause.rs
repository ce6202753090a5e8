//! One tenant's database left alone for a moment: nobody new gets a connection, those who have one finish.

use std::time::Duration;

use cloison_model::TenantId;
use tokio::time::{Instant, timeout_at};

use crate::gates::Closing;
use crate::router::Router;

/// Keeps one tenant's gate closed; made by [`Router::pause`]. Dropped, it lets the waiting requests go
/// on, wherever the tenant is then.
pub struct Pause {
    router: Router,
    tenant: TenantId,
    closing: Closing,
}

/// Why a tenant cannot be paused, or a pause did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PauseError {
    /// Somebody else has paused it.
    #[error("the tenant is paused already; wait until that pause is over")]
    Paused,
    /// The time that was given for the pause is over, so requests go on.
    #[error("the pause has lasted as long as it was allowed to and is over; requests go on")]
    Over,
}

/// No request waits so long; whoever asks for more has forgotten something.
const AT_MOST_MAX: Duration = Duration::from_hours(1);

impl Router {
    /// Closes the tenant's gate in this process: from now on whoever acquires waits, as many as
    /// [`crate::Config::gate_waiters_max`] and as long as [`crate::Config::acquire_timeout`]. Requests
    /// that wait for a seat come back to the gate; connections that are out stay so until they are
    /// given back. After `at_most`, an hour at the longest, the gate opens by itself.
    pub fn pause(&self, tenant: TenantId, at_most: Duration) -> Result<Pause, PauseError> {
        let closing = self
            .gates()
            .close(tenant, Instant::now() + at_most.min(AT_MOST_MAX))
            .ok_or(PauseError::Paused)?;
        Ok(Pause { router: self.clone(), tenant, closing })
    }
}

impl Pause {
    /// Waits until this process has no connection to the tenant's database: those that are out have
    /// been given back, what they left running is cancelled, and the server has closed them all.
    pub async fn drained(&self) -> Result<(), PauseError> {
        let drained = async {
            self.closing.emptied().await;
            self.router.clear(self.tenant).await;
        };
        // Once the gate is open, others come in, and there may be no end.
        timeout_at(self.closing.until, drained).await.map_err(|_elapsed| PauseError::Over)?;
        if self.closing.holds() { Ok(()) } else { Err(PauseError::Over) }
    }

    /// Lets the requests go on; the same as dropping it.
    pub fn resume(self) {
        drop(self);
    }
}

impl std::fmt::Debug for Pause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pause").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}
