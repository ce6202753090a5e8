//! `/v1/backups/control`: the control database's own.

use axum::extract::State;
use cloison_api::{ControlBackup, Page};
use cloison_control::backups::AskError;
use cloison_control::control_backup;

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

/// There are never so many that they need pages: some of each day.
pub(super) async fn list(
    State(platform): State<Platform>,
) -> Result<Json<Page<ControlBackup>>, ApiError> {
    let backups = platform.control.backups().map_err(AskError::from)?;
    let listed = control_backup::list(&backups.store).await.map_err(ApiError::internal)?;
    Ok(Json(Page { items: listed.into_iter().map(shown).collect(), next: None }))
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
) -> Result<Json<ControlBackup>, ApiError> {
    let made = control_backup::back_up_for(&platform.control, &actor.call).await?;
    Ok(Json(shown(made)))
}

fn shown(backup: control_backup::ControlBackup) -> ControlBackup {
    let control_backup::ControlBackup { id, begun_at, bytes } = backup;
    ControlBackup { id, begun_at, bytes }
}
