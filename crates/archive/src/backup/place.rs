//! The names that backups have in a store.

use uuid::Uuid;

use super::manifest::Subject;
use crate::store::ObjectKey;

/// Where the objects of one backup lie, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlace {
    folder: ObjectKey,
}

/// Everything of a tenant's is below this, so that it can be deleted as one.
pub fn folder_of_tenant(organization: Uuid) -> ObjectKey {
    format!("tenants/{organization}").parse().expect("ids are letters of a name")
}

/// Of this backup of that tenant.
pub fn place_of_tenant(organization: Uuid, backup: Uuid) -> BackupPlace {
    let folder = folder_of_tenant(organization).join(&format!("backups/{backup}"));
    BackupPlace { folder: folder.expect("ids are letters of a name") }
}

/// Of this backup of that database.
pub fn place_of(subject: &Subject, backup: Uuid) -> BackupPlace {
    match subject {
        Subject::Tenant { organization, .. } => place_of_tenant(*organization, backup),
        Subject::Control { .. } => {
            let folder = format!("control/backups/{backup}");
            BackupPlace { folder: folder.parse().expect("ids are letters of a name") }
        }
    }
}

impl BackupPlace {
    pub fn manifest(&self) -> ObjectKey {
        self.object("manifest.json")
    }

    /// The folder with both.
    pub fn folder(&self) -> &ObjectKey {
        &self.folder
    }

    /// Another for each attempt, so that none writes over what another has written.
    pub(super) fn dump(&self, attempt: i64) -> ObjectKey {
        self.object(&format!("{attempt:016x}.dump.zst.age"))
    }

    fn object(&self, name: &str) -> ObjectKey {
        self.folder.join(name).expect("such a name is one")
    }
}
