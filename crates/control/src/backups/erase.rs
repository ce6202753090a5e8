//! What becomes of the backups of a tenant that is erased.

use cloison_archive::BackupError;
use cloison_catalog::queries::backups as queries;

use super::configured::Backups;
use super::keys::key_name;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

/// The step `destroy_key`. The keystore remembers that it is destroyed, and never makes it again.
pub(crate) async fn destroy_key(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    if let Some(backups) = backups_of(control, claimed).await? {
        let destroyed = backups.keystore.destroy(key_name(tenant)).await;
        destroyed.map_err(|it| BackupError::Key(it.into()))?;
    }
    Ok(Made::Nothing)
}

/// The step `delete_backups`. What is gone is gone, in all its versions, or it is an error.
pub(crate) async fn delete_backups(
    control: &Control,
    claimed: &Claimed,
) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    if let Some(backups) = backups_of(control, claimed).await? {
        let folder = cloison_archive::folder_of_tenant(tenant.0);
        backups.store.delete_prefix(&folder).await.map_err(BackupError::from)?;
    }
    Ok(Made::Nothing)
}

/// Nothing if there can be none: no process of this control database has ever had a store.
async fn backups_of<'a>(
    control: &'a Control,
    claimed: &Claimed,
) -> Result<Option<&'a Backups>, StepError> {
    if let Some(backups) = &control.backups {
        return Ok(Some(backups));
    }
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let client = control.catalog.client().await?;
    match queries::backup_key_fetch().bind(&client, &tenant.0).opt().await? {
        Some(_) => Err(control.backups().err().map_or(StepError::Gone, StepError::NoStore)),
        None => Ok(None),
    }
}
