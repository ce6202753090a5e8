//! One because somebody asks, as before a change of the machine that the control database is on.

use cloison_archive::BackupError;
use serde_json::json;
use uuid::Uuid;

use super::list::{ControlBackup, list};
use super::make::back_up_as;
use crate::backups::AskError;
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::operations::StepError;

/// Who is backed up, in the audit log.
const SUBJECT: &str = "the control database";

/// Makes one now. The same call again answers the same one, which is made then if it was not before.
pub async fn back_up_for(control: &Control, call: &Call) -> Result<ControlBackup, AskError> {
    let backups = control.backups()?;
    let id = asked(control, call).await?;
    let found = async || {
        let listed = list(&backups.store).await.map_err(StepError::from)?;
        Ok::<_, AskError>(listed.into_iter().find(|it| it.id == id))
    };
    if let Some(made) = found().await? {
        return Ok(made);
    }
    back_up_as(control, backups, id).await?;
    // Somebody may have deleted it since.
    found().await?.ok_or_else(|| StepError::from(BackupError::NoManifest).into())
}

/// Under which id it is to be, written down before there is anything of it.
async fn asked(control: &Control, call: &Call) -> Result<Uuid, AskError> {
    let mut client = control.catalog.client().await?;
    let id = Uuid::now_v7();
    let (txn, kept) = match call::begin(&mut client, call, id).await? {
        Begun::Before(_, earlier) => return Ok(earlier),
        Begun::Now(txn, kept) => (txn, kept),
    };
    let detail = json!({ "backup": id.to_string() });
    kept.record(&txn, "control_database.back_up", SUBJECT, &detail).await?;
    txn.commit().await?;
    Ok(id)
}
