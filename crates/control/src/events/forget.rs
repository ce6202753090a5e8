//! Events that are old go, unless an endpoint has still to get them.
//!
//! A reconciler. Two that do it at once do it twice.

use std::time::Duration;

use cloison_catalog::queries::events as queries;
use cloison_model::EVENT_DAYS;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::control::Control;
use crate::operations::{StepError, sentence};

/// They are kept for days.
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// Of one statement, so that nobody waits for its locks.
const EVENTS_AT_ONCE: i64 = 1_000;

/// Until shutdown.
pub(crate) async fn clear_up(control: Control, shutdown: CancellationToken) {
    loop {
        let forgotten = tokio::select! {
            forgotten = forget(&control) => forgotten,
            () = shutdown.cancelled() => return,
        };
        if let Err(error) = forgotten {
            tracing::info!("old events are left for the next look: {}", sentence(&error));
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// One look. Answers how many are gone.
pub async fn forget(control: &Control) -> Result<u64, StepError> {
    let client = control.catalog.client().await?;
    let mut forgotten = 0;
    loop {
        let gone = queries::events_forget().bind(&client, &EVENT_DAYS, &EVENTS_AT_ONCE).await?;
        forgotten += gone;
        if gone < EVENTS_AT_ONCE.unsigned_abs() {
            return Ok(forgotten);
        }
    }
}
