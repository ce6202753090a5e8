//! Exports that have expired go.
//!
//! A reconciler: what is past is read from the rows, its objects go first and its row last, so whoever is killed between has it done by
//! the next. Two that do it at once do it twice.

use std::time::Duration;

use cloison_archive::{ExportError, folder_of_export};
use cloison_catalog::queries::exports as queries;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::control::Control;
use crate::first_error::FirstError;
use crate::operations::{StepError, sentence};

/// One query by an index, so a minute costs nothing; nobody is served an export that has expired meanwhile.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// Of one look.
const EXPORTS_AT_ONCE: i64 = 100;
/// So long somebody who comes late is told that the link has expired, and not that it never was one.
const LINKS_KEPT_DAYS: i32 = 30;

/// Until shutdown.
pub(crate) async fn clear_up(control: Control, shutdown: CancellationToken) {
    loop {
        let swept = tokio::select! {
            swept = sweep(&control) => swept,
            () = shutdown.cancelled() => return,
        };
        if let Err(error) = swept {
            tracing::info!("expired exports are left for the next look: {}", sentence(&error));
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// One look. Answers how many are gone. One that cannot be deleted does not keep the others.
pub async fn sweep(control: &Control) -> Result<usize, StepError> {
    let Some(backups) = &control.backups else { return Ok(0) };
    let past = {
        let client = control.catalog.client().await?;
        queries::export_links_forget().bind(&client, &LINKS_KEPT_DAYS).await?;
        queries::exports_past().bind(&client, &EXPORTS_AT_ONCE).all().await?
    };
    let (mut gone, mut refused) = (0, FirstError::default());
    for export in past {
        let folder = folder_of_export(export.organization_id, export.id);
        let deleted = backups.store.delete_prefix(&folder).await;
        if refused.note(deleted.map_err(ExportError::from)).is_some() {
            let client = control.catalog.client().await?;
            queries::export_delete().bind(&client, &export.id).await?;
            gone += 1;
        }
    }
    refused.told(gone)
}
