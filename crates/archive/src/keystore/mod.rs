//! The keys that all else hangs on, kept outside the control database and outside its backups.
//!
//! There is one key a name. It encrypts other keys and nothing else, and it never leaves the keystore by way of this trait. So destroying
//! it makes all that it wrapped unreadable at once, wherever copies of that lie: this is how the archives of an erased tenant are
//! erased on media that nobody can reach any more.
//!
//! Deliberately absent: rotation. A tenant's key has wrapped one value; whoever fears for it makes a new archive key and archives anew.

mod directory;
mod error;
mod name;
mod sealing;
mod secret_bytes;
#[cfg(test)]
pub(crate) mod tests;
mod vault;

use std::fmt::Debug;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

pub use directory::DirectoryKeystore;
pub use error::KeystoreError;
pub use name::{KeyName, UnknownKeyName};
pub use secret_bytes::SecretBytes;
pub use vault::{VaultKeystore, VaultSettings};

/// Wraps secrets with keys that it does not give away.
///
/// Every call can be made twice, and by several processes at once.
pub trait Keystore: Send + Sync + Debug {
    /// Makes the key if it was never there. A name whose key was destroyed is never used again.
    fn ensure(&self, name: KeyName) -> BoxFuture<'_, Result<(), KeystoreError>>;

    /// Encrypts a secret of some hundred bytes so that it opens with this key, for this name, and unaltered, or not at all.
    fn wrap<'a>(
        &'a self,
        name: KeyName,
        secret: &'a [u8],
    ) -> BoxFuture<'a, Result<Vec<u8>, KeystoreError>>;

    /// Opens what [`Self::wrap`] gave.
    fn unwrap<'a>(
        &'a self,
        name: KeyName,
        wrapped: &'a [u8],
    ) -> BoxFuture<'a, Result<SecretBytes, KeystoreError>>;

    /// Destroys the key and remembers that. Where there is no key, the name is as dead afterwards. Whoever destroys again is told the
    /// time of the first; one that was broken off is taken to its end.
    fn destroy(&self, name: KeyName) -> BoxFuture<'_, Result<Destroyed, KeystoreError>>;

    /// Which one it is, without secrets: `directory /var/lib/keys`, `vault https://vault.example/transit`.
    fn describe(&self) -> String;
}

/// A key that nobody can use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destroyed {
    /// When it is really gone. This may lie ahead with a keystore that only schedules destruction.
    pub gone_at: Timestamp,
}

/// When this key was destroyed, if it was. Of one that was never made nothing is known.
pub async fn destroyed_at(
    keystore: &dyn Keystore,
    name: KeyName,
) -> Result<Option<Timestamp>, KeystoreError> {
    // Whatever is to be opened, that is said first.
    match keystore.unwrap(name, &[]).await {
        Err(KeystoreError::Destroyed { at, .. }) => Ok(Some(at)),
        Ok(_) | Err(KeystoreError::NeverMade { .. } | KeystoreError::DoesNotOpen { .. }) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
