//! Whether an erasure had gone so far that nothing is to be brought back, as the keystore and the store tell.
//!
//! For whoever finds a database missing and a control database that may be from before: what an erasure drops is not restored by mistake.

use cloison_archive::{BackupError, destroyed_at, has_records};
use cloison_model::TenantId;

use crate::backups::{Backups, key_name};

/// Its key is destroyed, or what a law wants kept of it is kept.
pub(crate) async fn had_begun(backups: &Backups, tenant: TenantId) -> Result<bool, BackupError> {
    let destroyed = destroyed_at(backups.keystore.as_ref(), key_name(tenant)).await;
    if destroyed.map_err(|it| BackupError::Key(it.into()))?.is_some() {
        return Ok(true);
    }
    Ok(has_records(&backups.store, tenant).await?)
}

/// What is to be done then, after a semicolon.
pub(crate) fn not_to_be_restored(subdomain: &str) -> String {
    format!(
        "its erasure had begun, so do not restore it: cloison tenants erase {subdomain} --confirm {subdomain} --now"
    )
}
