//! Taking an export away before its time, and with it all links to it.

use cloison_catalog::queries::exports as queries;
use cloison_model::ExportState;
use serde_json::json;
use uuid::Uuid;

use super::error::ExportsError;
use super::list::fetch_in;
use crate::call::{self, Begun, Call};
use crate::control::Control;

/// It expires now, so nobody is given it from here on; what lies in the store goes with all that has expired.
///
/// # Errors
///
/// Also of one that is still being made: its operation can be cancelled.
pub async fn delete(control: &Control, call: &Call, export: Uuid) -> Result<(), ExportsError> {
    let mut client = control.catalog.client().await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, export).await? else {
        return Ok(());
    };
    let found = fetch_in(&txn, export).await?;
    if found.state == ExportState::Making {
        return Err(ExportsError::NotYet);
    }
    queries::export_expire().bind(&txn, &export).await?;
    let detail = json!({ "export": export.to_string() });
    kept.record(&txn, "export.delete", &found.subdomain, &detail).await?;
    txn.commit().await?;
    Ok(())
}
