//! Fiscal records that outlive the tenant they are of: where they lie, and the key of their own that opens them.
//!
//! They lie outside the tenant's folder, which is deleted, and are encrypted for a key that is not the tenant's, which is destroyed. The
//! key's private half lies beside them, wrapped by the keystore, so that store and keystore are enough to read them.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloison_model::{RetryClass, TenantId};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, BufReader};
use tokio::sync::oneshot;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use tokio_util::task::TaskTracker;

use crate::backup::BackupError;
use crate::bundle::{BundleError, BundleFacts, RecordsOptions, write_records};
use crate::keystore::{KeyName, Keystore};
use crate::pipe::produced;
use crate::seal::{OpenError, open, seal};
use crate::store::{Created, ObjectKey, Store};
use crate::tables::Snapshot;
use crate::tenant_key::TenantKey;

/// Of a pipe between packing and encrypting.
const BUFFER_BYTES: usize = 256 << 10;
/// A recipient and a wrapped identity.
const KEY_BYTES_MAX: u64 = 16 << 10;

/// What is to be kept of whom.
pub struct RecordsOrder<'a> {
    pub organization: TenantId,
    pub options: &'a RecordsOptions,
    /// To the tenant's database, as a superuser, in no transaction.
    pub client: Client,
    pub tracker: &'a TaskTracker,
}

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    pub object: ObjectKey,
    /// Of the zip, before it is encrypted.
    pub facts: BundleFacts,
}

#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error(
        "the fiscal archive is not in the object store: it was deleted there, or the store is another than the one it was made in"
    )]
    Missing,
    #[error("the fiscal archive: {0}")]
    Open(#[from] OpenError),
}

/// As it lies beside the records.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    recipient: String,
    /// In base64.
    identity_wrapped: String,
}

/// Everything that is kept of a tenant is below this.
pub fn folder_of_records(organization: TenantId) -> ObjectKey {
    format!("fiscal/{organization}").parse().expect("ids are letters of a name")
}

/// Writes them in place of what an earlier attempt has written.
pub async fn keep_records(
    store: &Store,
    keystore: &dyn Keystore,
    order: RecordsOrder<'_>,
) -> Result<KeptFile, RecordsError> {
    let name = KeyName::Fiscal(order.organization);
    let key = key_of(store, keystore, order.organization).await?;
    let recipient = key.recipient(name).map_err(BackupError::from)?;
    let object = object(order.organization, "records.zip.zst.age");
    let snapshot = Snapshot::open(order.client, order.tracker).await.map_err(BackupError::from)?;
    let (written, outcome) = oneshot::channel();
    let reads = &snapshot;
    let plain = produced(async move |to| {
        let records = write_records(reads, order.options, to).await;
        let is_left = "the records were not completed";
        let ended = if records.is_ok() { Ok(()) } else { Err(io::Error::other(is_left)) };
        // If nobody wants to know any more, the store has failed and says why.
        drop(written.send(records));
        ended
    });
    let sealed = seal(BufReader::with_capacity(BUFFER_BYTES, plain), &recipient);
    let stored = store.put(&object, sealed).await;
    // What the records failed with says more than that the store had nothing more to read.
    let facts = match outcome.await {
        Ok(Err(BundleError::Out(_))) | Err(_) => None,
        Ok(records) => Some(records?),
    };
    stored.map_err(BackupError::from)?;
    drop(snapshot.close().await.map_err(BackupError::from)?);
    let facts = facts.expect("what is stored ends only where the records do");
    Ok(KeptFile { object, facts })
}

/// Reads the zip. What was changed on the way is an error where it stands.
pub async fn open_records(
    store: &Store,
    keystore: &dyn Keystore,
    organization: TenantId,
) -> Result<impl AsyncRead + Send + Unpin + 'static, RecordsError> {
    let key = stored_key(store, organization).await?.ok_or(RecordsError::Missing)?;
    let identity =
        key.identity(keystore, KeyName::Fiscal(organization)).await.map_err(BackupError::from)?;
    let sealed = store.get(&object(organization, "records.zip.zst.age")).await;
    let sealed = sealed.map_err(BackupError::from)?.ok_or(RecordsError::Missing)?;
    Ok(open(sealed, &identity).await?)
}

/// The records and their key's private half. The keystore's key stays: its name could never be used again.
pub async fn delete_records(store: &Store, organization: TenantId) -> Result<(), BackupError> {
    store.delete_prefix(&folder_of_records(organization)).await?;
    Ok(())
}

/// Made by the first attempt; of two that make one, the first has.
async fn key_of(
    store: &Store,
    keystore: &dyn Keystore,
    organization: TenantId,
) -> Result<TenantKey, RecordsError> {
    if let Some(key) = stored_key(store, organization).await? {
        return Ok(key);
    }
    let made = TenantKey::make(keystore, KeyName::Fiscal(organization)).await;
    let TenantKey { recipient, wrapped } = made.map_err(BackupError::from)?;
    let file = KeyFile { recipient, identity_wrapped: STANDARD.encode(&wrapped) };
    let text = serde_json::to_vec(&file).map_err(BackupError::from)?;
    let created = store.create(&object(organization, "key.json"), text.into()).await;
    match created.map_err(BackupError::from)? {
        Created::New | Created::Same => Ok(TenantKey { recipient: file.recipient, wrapped }),
        Created::Other => stored_key(store, organization).await?.ok_or(RecordsError::Missing),
    }
}

async fn stored_key(
    store: &Store,
    organization: TenantId,
) -> Result<Option<TenantKey>, RecordsError> {
    let place = object(organization, "key.json");
    let text = store.get_small(&place, KEY_BYTES_MAX).await.map_err(BackupError::from)?;
    let Some(text) = text else { return Ok(None) };
    let malformed =
        || BackupError::Broken(format!("the key of the fiscal archive, {place}, is not one"));
    let file: KeyFile = serde_json::from_slice(&text).map_err(|_not_ours| malformed())?;
    let wrapped = STANDARD.decode(&file.identity_wrapped).map_err(|_not_ours| malformed())?;
    Ok(Some(TenantKey { recipient: file.recipient, wrapped }))
}

fn object(organization: TenantId, name: &str) -> ObjectKey {
    folder_of_records(organization).join(name).expect("such a name is one")
}

impl RecordsError {
    /// Whether the same may work in a moment.
    pub fn class(&self) -> RetryClass {
        match self {
            Self::Backup(source) => source.class(),
            Self::Bundle(BundleError::Table { source, .. }) => {
                RetryClass::of_sqlstate(source.code().map(SqlState::code))
            }
            Self::Bundle(BundleError::Tables(source)) => {
                RetryClass::of_sqlstate(source.sqlstate().map(SqlState::code))
            }
            Self::Bundle(BundleError::Out(_)) => RetryClass::Passing,
            Self::Bundle(_) | Self::Missing | Self::Open(_) => RetryClass::Lasting,
        }
    }
}
