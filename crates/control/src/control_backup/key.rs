//! What the control database's backups are encrypted for.
//!
//! The pair lies in the store, where a tenant's lies in the control database: beside what it opens, and its private half is wrapped by
//! the keystore.

use cloison_archive::{BackupError, Created, KeyFacts, KeyName, ObjectKey, TenantKey};

use crate::backups::Backups;

const PLACE: &str = "control/key";
const BYTES_MAX: u64 = 4_096;

/// Made at the first use; of two that make one, the first has.
pub(super) async fn key(backups: &Backups) -> Result<TenantKey, BackupError> {
    let place: ObjectKey = PLACE.parse().expect("it is a name");
    if let Some(key) = known(backups, &place).await? {
        return Ok(key);
    }
    let keystore = backups.keystore.as_ref();
    let key = TenantKey::make(keystore, KeyName::Control).await?;
    let text = serde_json::to_vec(&KeyFacts::of(&key, keystore.describe()))?;
    match backups.store.create(&place, text.into()).await? {
        Created::New | Created::Same => Ok(key),
        Created::Other => known(backups, &place).await?.ok_or(BackupError::NoManifest),
    }
}

async fn known(backups: &Backups, place: &ObjectKey) -> Result<Option<TenantKey>, BackupError> {
    let Some(bytes) = backups.store.get_small(place, BYTES_MAX).await? else { return Ok(None) };
    let facts: KeyFacts = serde_json::from_slice(&bytes).map_err(|_its_text| {
        BackupError::Broken(format!("the object {PLACE} in the store is not a key"))
    })?;
    facts.to_tenant_key().map(Some)
}
