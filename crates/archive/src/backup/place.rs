//! The names that backups have in a store.

use uuid::Uuid;

use super::manifest::Subject;
use crate::store::ObjectKey;

/// Where the objects of one backup lie, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlace {
    folder: ObjectKey,
}

/// Of this backup of that database. All that belongs to a tenant lies under its id, so that it can be deleted as one.
pub fn place_of(subject: &Subject, backup: Uuid) -> BackupPlace {
    let folder = match subject {
        Subject::Tenant { organization, .. } => format!("tenants/{organization}/backups/{backup}"),
        Subject::Control { .. } => format!("control/backups/{backup}"),
    };
    BackupPlace { folder: folder.parse().expect("ids are letters of a name") }
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
