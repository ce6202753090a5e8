//! What becomes of the backups of a tenant that is erased.

use std::collections::BTreeSet;

use cloison_archive::{BackupError, Deleted, ObjectKey};
use cloison_catalog::queries::backups as queries;
use cloison_model::TenantId;
use futures_util::TryStreamExt as _;
use serde_json::json;

use super::configured::Backups;
use super::keys::key_name;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

/// What every backup has one of.
const MANIFEST: &str = "/manifest.json";

/// What lies in a tenant's folder.
#[derive(Default)]
struct Counted {
    archives: u64,
    archive_objects: u64,
    exports: BTreeSet<String>,
    export_objects: u64,
}

/// The step `destroy_key`. The keystore remembers that it is destroyed, and never makes it again. What is about to be deleted is counted
/// first, and committed.
pub(crate) async fn destroy_key(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let Some(backups) = backups_of(control, claimed).await? else { return Ok(Made::Nothing) };
    let counted = count(backups, tenant).await?;
    let destroyed = backups.keystore.destroy(key_name(tenant)).await;
    let destroyed = destroyed.map_err(|it| BackupError::Key(it.into()))?;
    Ok(Made::Noted(json!({
        "name": key_name(tenant).to_string(),
        "keystore": backups.keystore.describe(),
        "gone_at": destroyed.gone_at.to_string(),
        "archives": counted.archives,
        "archive_objects": counted.archive_objects,
        "exports": counted.exports.len(),
        "export_objects": counted.export_objects,
    })))
}

/// The step `delete_backups`. What is gone is gone, in all its versions, or it is an error.
pub(crate) async fn delete_backups(
    control: &Control,
    claimed: &Claimed,
) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let Some(backups) = backups_of(control, claimed).await? else { return Ok(Made::Nothing) };
    let exports = backups.store.delete_prefix(&exports_of(tenant)).await;
    let exports = exports.map_err(BackupError::from)?;
    let folder = cloison_archive::folder_of_tenant(tenant.0);
    let archives = backups.store.delete_prefix(&folder).await.map_err(BackupError::from)?;
    let all = |it: Deleted| it.objects.saturating_add(it.versions);
    Ok(Made::Noted(json!({
        "archive_versions": all(archives),
        "export_versions": all(exports),
    })))
}

async fn count(backups: &Backups, tenant: TenantId) -> Result<Counted, StepError> {
    let folder = cloison_archive::folder_of_tenant(tenant.0);
    let exports = exports_of(tenant);
    let objects = backups.store.list(Some(&folder));
    let counted = objects.try_fold(Counted::default(), async |mut counted, object| {
        let name = object.key.as_str();
        let of_export = name.strip_prefix(exports.as_str()).and_then(|it| it.strip_prefix('/'));
        if let Some(of_export) = of_export {
            counted.export_objects += 1;
            // Each has a folder, with an object for each attempt.
            counted.exports.extend(of_export.split('/').next().map(str::to_owned));
        } else {
            counted.archive_objects += 1;
            counted.archives += u64::from(name.ends_with(MANIFEST));
        }
        Ok(counted)
    });
    Ok(counted.await.map_err(BackupError::from)?)
}

/// Bundles that were made for the tenant to take away.
fn exports_of(tenant: TenantId) -> ObjectKey {
    let folder = cloison_archive::folder_of_tenant(tenant.0).join("exports");
    folder.expect("such a name is one")
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
