//! Whether store and keystore are there, asked of both.

use cloison_archive::{History, KeyName, KeystoreError, StoreError};

use super::configured::Backups;

impl Backups {
    /// Writes, reads and deletes a small object.
    pub async fn store_check(&self) -> Result<History, StoreError> {
        self.store.check().await
    }

    /// Makes no key and opens nothing: to be told that a value is none of its own is answer enough.
    pub async fn keystore_check(&self) -> Result<(), KeystoreError> {
        match self.keystore.unwrap(KeyName::Signing, &[]).await {
            Err(error) if !error.is_of_key() => Err(error),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}
