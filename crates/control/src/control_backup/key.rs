//! What the control database's backups are encrypted for.
//!
//! The pair lies in the store, where a tenant's lies in the control database: beside what it opens, and its private half is wrapped by
//! the keystore.

use cloison_archive::{BackupError, KeyName, ObjectKey, TenantKey, pair_in_store};

use crate::backups::Backups;

const PLACE: &str = "control/key";

/// Made at the first use, and proven at each.
pub(super) async fn key(backups: &Backups) -> Result<TenantKey, BackupError> {
    let place: ObjectKey = PLACE.parse().expect("it is a name");
    pair_in_store(&backups.store, backups.keystore.as_ref(), (&place, KeyName::Control)).await
}
