//! Fiscal records that outlive the tenant they are of: where they lie, and the key of their own that opens them.
//!
//! They lie outside the tenant's folder, which is deleted, and are encrypted for a key that is not the tenant's, which is destroyed. The
//! key's private half lies beside them, wrapped by the keystore, so that store and keystore are enough to read them.

use std::io;

use cloison_model::{RetryClass, TenantId, hexadecimal};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _, BufReader};
use tokio::sync::oneshot;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use tokio_util::task::TaskTracker;

use crate::backup::BackupError;
use crate::bundle::{BundleError, BundleFacts, RecordsOptions, write_records};
use crate::keystore::{KeyName, Keystore};
use crate::pipe::produced;
use crate::seal::{OpenError, open, seal};
use crate::store::{ObjectKey, Store, StoreError};
use crate::stored_pair::{pair_in_store, stored_pair};
use crate::tables::Snapshot;

/// Of a pipe between packing and encrypting.
const BUFFER_BYTES: usize = 256 << 10;
/// How the last record of a zip begins, and what follows of it in one without a comment.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_END_BYTES: usize = 18;

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
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
    /// Of one that was found nobody has counted it.
    pub held: Option<Held>,
}

/// What is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub tables: u64,
    pub rows: u64,
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
    #[error("read the fiscal archive")]
    Read(#[source] io::Error),
}

/// Everything that is kept of a tenant is below this.
pub fn folder_of_records(organization: TenantId) -> ObjectKey {
    format!("fiscal/{organization}").parse().expect("ids are letters of a name")
}

/// The zip of what is kept.
pub fn object_of_records(organization: TenantId) -> ObjectKey {
    object(organization, "records.zip.zst.age")
}

/// Writes them in place of what an earlier attempt has written.
pub async fn keep_records(
    store: &Store,
    keystore: &dyn Keystore,
    order: RecordsOrder<'_>,
) -> Result<KeptFile, RecordsError> {
    let name = KeyName::Fiscal(order.organization);
    let place = place_of_key(order.organization);
    let key = pair_in_store(store, keystore, (&place, name)).await?;
    let recipient = key.recipient(name).map_err(BackupError::from)?;
    let object = object_of_records(order.organization);
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
    let BundleFacts { bytes, sha256, tables, rows, .. } = facts;
    Ok(KeptFile { object, bytes, sha256, held: Some(Held { tables, rows }) })
}

/// What was kept before and lies there whole; nothing if nothing does. All of it is read.
pub async fn find_records(
    store: &Store,
    keystore: &dyn Keystore,
    organization: TenantId,
) -> Result<Option<KeptFile>, RecordsError> {
    let mut zip = match open_records(store, keystore, organization).await {
        Ok(zip) => zip,
        Err(RecordsError::Missing) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut hash = Sha256::new();
    let (mut bytes, mut tail) = (0, Vec::new());
    let mut piece = vec![0; BUFFER_BYTES];
    loop {
        let read = zip.read(&mut piece).await.map_err(RecordsError::Read)?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
        bytes += read as u64;
        tail.extend_from_slice(&piece[..read]);
        tail.drain(..tail.len().saturating_sub(ZIP_END.len() + ZIP_END_BYTES));
    }
    // An attempt that failed leaves a whole object of half a zip.
    let is_whole = tail.windows(ZIP_END.len()).any(|it| it == ZIP_END);
    let object = object_of_records(organization);
    let sha256 = hexadecimal(&hash.finalize());
    Ok(is_whole.then_some(KeptFile { object, bytes, sha256, held: None }))
}

/// Reads the zip. What was changed on the way is an error where it stands.
pub async fn open_records(
    store: &Store,
    keystore: &dyn Keystore,
    organization: TenantId,
) -> Result<impl AsyncRead + Send + Unpin + 'static, RecordsError> {
    let key = stored_pair(store, &place_of_key(organization)).await?;
    let key = key.ok_or(RecordsError::Missing)?;
    let identity =
        key.identity(keystore, KeyName::Fiscal(organization)).await.map_err(BackupError::from)?;
    let sealed = store.get(&object_of_records(organization)).await;
    let sealed = sealed.map_err(BackupError::from)?.ok_or(RecordsError::Missing)?;
    Ok(open(sealed, &identity).await?)
}

/// Whether anything is kept of it.
pub async fn has_records(store: &Store, organization: TenantId) -> Result<bool, StoreError> {
    let folder = folder_of_records(organization);
    Ok(store.list(Some(&folder)).try_next().await?.is_some())
}

/// The records and their key's private half. The keystore's key stays: its name could never be used again.
pub async fn delete_records(store: &Store, organization: TenantId) -> Result<(), BackupError> {
    store.delete_prefix(&folder_of_records(organization)).await?;
    Ok(())
}

fn place_of_key(organization: TenantId) -> ObjectKey {
    object(organization, "key.json")
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
            Self::Bundle(BundleError::Out(_)) | Self::Read(_) => RetryClass::Passing,
            Self::Bundle(_) | Self::Missing | Self::Open(_) => RetryClass::Lasting,
        }
    }
}
