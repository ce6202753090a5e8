//! Both keystores keep the same promises, and each meets its own faults.

mod directory;
mod suite;
mod vault;
mod vault_faults;
mod vault_stand_in;

use std::fs;
use std::path::{Path, PathBuf};

use cloison_model::TenantId;
use uuid::Uuid;

use super::{DirectoryKeystore, KeyName};

/// A folder of a test's own, removed when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("cloison-keystore-{}", Uuid::now_v7()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A keystore inside.
    pub(crate) fn keystore(&self) -> DirectoryKeystore {
        DirectoryKeystore::open_or_make(&self.0.join("keys")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to sweep.
        drop(fs::remove_dir_all(&self.0));
    }
}

pub(crate) fn tenant(number: u128) -> KeyName {
    KeyName::Tenant(TenantId(Uuid::from_u128(number)))
}
