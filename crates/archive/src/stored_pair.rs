//! Pairs of keys that lie in the store, beside what is encrypted for them: the control database's, and those of fiscal records.
//!
//! Whoever can write into the store could put a pair of their own there, and read all that is encrypted from then on. So before anything is
//! encrypted, a pair that is found is proven: the keystore opens its private half, and the public half is that one's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::backup::BackupError;
use crate::keystore::{KeyName, Keystore};
use crate::store::{Created, ObjectKey, Store};
use crate::tenant_key::TenantKey;

/// A recipient, a wrapped identity, and which keystore.
const BYTES_MAX: u64 = 16 << 10;

/// As it lies there.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PairFile {
    /// An age recipient.
    recipient: String,
    /// The identity, wrapped by the keystore, in base64.
    identity_wrapped: String,
    /// Which keystore, for people.
    #[serde(default)]
    keystore: String,
}

/// The pair at this place, to encrypt for. Made at the first use; of two that make one, the first has.
pub async fn pair_in_store(
    store: &Store,
    keystore: &dyn Keystore,
    (place, name): (&ObjectKey, KeyName),
) -> Result<TenantKey, BackupError> {
    let found = match stored_pair(store, place).await? {
        Some(pair) => pair,
        None => match make(store, keystore, (place, name)).await? {
            Some(pair) => return Ok(pair),
            None => stored_pair(store, place).await?.ok_or_else(|| gone(place))?,
        },
    };
    found.identity(keystore, name).await?;
    Ok(found)
}

/// What lies there, to decrypt with: not proven yet.
pub(crate) async fn stored_pair(
    store: &Store,
    place: &ObjectKey,
) -> Result<Option<TenantKey>, BackupError> {
    let Some(text) = store.get_small(place, BYTES_MAX).await? else { return Ok(None) };
    let malformed = || BackupError::Broken(format!("the object {place} in the store is not a key"));
    let file: PairFile = serde_json::from_slice(&text).map_err(|_its_text| malformed())?;
    let wrapped = STANDARD.decode(&file.identity_wrapped).map_err(|_its_text| malformed())?;
    Ok(Some(TenantKey { recipient: file.recipient, wrapped }))
}

/// Nothing if another was faster.
async fn make(
    store: &Store,
    keystore: &dyn Keystore,
    (place, name): (&ObjectKey, KeyName),
) -> Result<Option<TenantKey>, BackupError> {
    let TenantKey { recipient, wrapped } = TenantKey::make(keystore, name).await?;
    let identity_wrapped = STANDARD.encode(&wrapped);
    let file = PairFile { recipient, identity_wrapped, keystore: keystore.describe() };
    let text = serde_json::to_vec(&file)?;
    Ok(match store.create(place, text.into()).await? {
        Created::New | Created::Same => Some(TenantKey { recipient: file.recipient, wrapped }),
        Created::Other => None,
    })
}

fn gone(place: &ObjectKey) -> BackupError {
    BackupError::Broken(format!("the key {place} has gone from the store while it was read"))
}
