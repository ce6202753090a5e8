//! Days that are old go.
//!
//! By the control database's clock: it is one, and a process whose clock is years ahead must not take everything away. Two that do it
//! at once do it twice.

use cloison_catalog::queries::usage as queries;

use crate::control::Control;
use crate::operations::StepError;

/// A year, and so much more that a month can be compared with the same one of the year before.
pub const USAGE_DAYS: i32 = 400;
/// Of one statement, so that nobody waits for its locks.
const ROWS_AT_ONCE: i64 = 1_000;

/// One look. Answers how many are gone.
pub async fn forget(control: &Control) -> Result<u64, StepError> {
    let client = control.catalog.client().await?;
    let is_full = |gone: u64| gone >= ROWS_AT_ONCE.unsigned_abs();
    let mut forgotten = 0;
    loop {
        let gone = queries::usage_forget().bind(&client, &USAGE_DAYS, &ROWS_AT_ONCE).await?;
        forgotten += gone;
        if !is_full(gone) {
            break;
        }
    }
    // Processes that have ended long since: none of them sends anything again.
    while is_full(queries::usage_bundles_forget().bind(&client, &USAGE_DAYS, &ROWS_AT_ONCE).await?)
    {
    }
    Ok(forgotten)
}
