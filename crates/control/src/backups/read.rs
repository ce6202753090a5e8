//! Reading what lies in the store of one backup, and believing it only as far as it proves itself.

use cloison_archive::{BackupError, Identity, Manifest, manifest, place_of_tenant, verify};
use cloison_catalog::Transaction;
use cloison_catalog::queries::backups as queries;
use cloison_model::TenantId;
use uuid::Uuid;

use super::configured::Backups;
use super::keys::key_name;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

/// The manifest, which must be the very one that was written down.
pub(crate) async fn manifest_of(
    control: &Control,
    backups: &Backups,
    tenant: TenantId,
    backup: Uuid,
) -> Result<Manifest, StepError> {
    let row = {
        let client = control.catalog.client().await?;
        queries::backup_fetch().bind(&client, &backup).opt().await?
    };
    let row = row.filter(|it| it.organization_id == tenant.0).ok_or_else(|| {
        StepError::Refused("the backup is not there any more; choose another".to_owned())
    })?;
    let key = backups.signer().await?.verifying_key();
    let place = place_of_tenant(tenant.0, backup);
    let written = manifest(&backups.store, &place, backup, &key).await?;
    if written.manifest_hash[..] != row.manifest_hash[..] {
        return Err(BackupError::OtherManifest.into());
    }
    Ok(written.manifest)
}

/// The private half of what it is encrypted for.
pub(crate) async fn identity_of(
    backups: &Backups,
    tenant: TenantId,
    manifest: &Manifest,
) -> Result<Identity, StepError> {
    let key = manifest.key.to_tenant_key()?;
    let identity = key.identity(backups.keystore.as_ref(), key_name(tenant)).await;
    Ok(identity.map_err(BackupError::from)?)
}

/// Whoever restores next is not offered a backup that was found broken, and the schedule makes another.
pub(crate) async fn note_broken(
    control: &Control,
    backup: Uuid,
    error: BackupError,
) -> Result<StepError, StepError> {
    if error.may_be_of_another_store() && !is_in_its_store(control, backup).await? {
        return Ok(BackupError::AnotherStore.into());
    }
    if error.is_broken() {
        set_broken(control, backup, &error.to_string()).await?;
    }
    Ok(error.into())
}

/// As above, of one from which something else comes than its manifest says.
pub(crate) async fn note_different(
    control: &Control,
    backup: Uuid,
    why: String,
) -> Result<StepError, StepError> {
    set_broken(control, backup, &why).await?;
    Ok(StepError::Different(why))
}

async fn set_broken(control: &Control, backup: Uuid, why: &str) -> Result<(), StepError> {
    let client = control.catalog.client().await?;
    queries::backup_set_broken().bind(&client, &why, &backup).await?;
    tracing::warn!(backup = %backup, "backup {backup} cannot be restored: {why}");
    Ok(())
}

/// By the key that signs there: a store that is wrongly mounted has none, or has made one of its own.
async fn is_in_its_store(control: &Control, backup: Uuid) -> Result<bool, StepError> {
    let Some(there) = control.backups()?.known_signer().await? else { return Ok(false) };
    let client = control.catalog.client().await?;
    let signed_by = queries::backup_signed_by().bind(&client, &backup).opt().await?.flatten();
    Ok(signed_by.is_none_or(|it| it == there.to_string()))
}

/// The step `verify_backup`. Looks only.
pub(crate) async fn verify_backup(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    read_whole(control, control.backups()?, tenant, backup_in(claimed)?).await?;
    Ok(Made::Nothing)
}

/// All of a backup. If it is not what it should be, that is noted.
pub(super) async fn read_whole(
    control: &Control,
    backups: &Backups,
    tenant: TenantId,
    backup: Uuid,
) -> Result<(), StepError> {
    let read = async {
        let manifest = manifest_of(control, backups, tenant, backup).await?;
        let identity = identity_of(backups, tenant, &manifest).await?;
        Ok(verify(&backups.store, &manifest, &identity).await?)
    };
    match read.await {
        Ok(()) => Ok(()),
        Err(StepError::Backup(error)) => Err(note_broken(control, backup, error).await?),
        Err(error) => Err(error),
    }
}

pub(crate) async fn keep_verified(
    txn: &Transaction<'_>,
    claimed: &Claimed,
) -> Result<(), StepError> {
    queries::backup_set_verified().bind(txn, &backup_in(claimed)?).await?;
    Ok(())
}

fn backup_in(claimed: &Claimed) -> Result<Uuid, StepError> {
    let id = claimed.input["backup"].as_str().and_then(|it| it.parse().ok());
    id.ok_or(StepError::Incomplete("a backup"))
}
