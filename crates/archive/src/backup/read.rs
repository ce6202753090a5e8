//! Finding out whether a backup is what it says.

use std::io;

use age::x25519::Identity;
use cloison_model::hexadecimal;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio_util::io::InspectReader;
use uuid::Uuid;

use super::error::BackupError;
use super::manifest::{FORMAT, Manifest};
use super::meter::Meter;
use super::place::BackupPlace;
use super::write::Written;
use crate::seal::{OpenError, open};
use crate::signing::{Signed, VerifyingKey};
use crate::store::{ObjectKey, Store, StoreError};

/// A thousand tables take about 200 KiB.
const MANIFEST_BYTES_MAX: u64 = 16 << 20;

const BUFFER_BYTES: usize = 256 << 10;

/// The manifest of a backup, if it is signed by whom it should be.
///
/// # Errors
///
/// Also if there is none.
pub async fn manifest(
    store: &Store,
    place: &BackupPlace,
    id: Uuid,
    key: &VerifyingKey,
) -> Result<Written, BackupError> {
    let manifest_key = place.manifest();
    let bytes = store.get_small(&manifest_key, MANIFEST_BYTES_MAX).await?;
    let bytes = bytes.ok_or(BackupError::NoManifest)?;
    let max = usize::try_from(MANIFEST_BYTES_MAX).unwrap_or(usize::MAX);
    let manifest: Manifest = Signed::parse(&bytes, max)?.verify(Some(key))?;
    if manifest.format != FORMAT {
        let why =
            format!("it is in the format '{}', which this version does not know", manifest.format);
        return Err(BackupError::Broken(why));
    }
    if manifest.backup != id {
        return Err(BackupError::OtherManifest);
    }
    let manifest_hash = Sha256::digest(&bytes).into();
    Ok(Written { manifest, manifest_key, manifest_hash, signed_by: *key })
}

/// Reads all of a dump and throws it away; all that could be wrong with it would be found.
///
/// # Errors
///
/// If it is not what its manifest says, or cannot be read.
pub async fn verify(
    store: &Store,
    manifest: &Manifest,
    identity: &Identity,
) -> Result<(), BackupError> {
    pass(store, manifest, identity, &mut tokio::io::sink(), &Meter::default()).await
}

/// Writes the dump as `pg_restore` reads it. If it ends well, all of it was what the manifest says.
pub(super) async fn pass(
    store: &Store,
    manifest: &Manifest,
    identity: &Identity,
    to: &mut (impl AsyncWrite + Unpin),
    meter: &Meter,
) -> Result<(), BackupError> {
    let dump = &manifest.dump;
    let object: ObjectKey = dump.object.parse().map_err(|_not_a_name| {
        BackupError::Broken("the manifest names an object that no store can have".to_owned())
    })?;
    let sealed = store.get(&object).await?.ok_or_else(|| {
        BackupError::Broken("the dump is not in the object store: it was deleted there".to_owned())
    })?;
    if sealed.bytes() != dump.stored_bytes {
        let (found, bytes) = (sealed.bytes(), dump.stored_bytes);
        return Err(BackupError::Broken(format!(
            "the dump in the object store has {found} bytes and not {bytes}"
        )));
    }
    let mut stored = Sha256::new();
    let sealed = InspectReader::new(sealed, |piece: &[u8]| stored.update(piece));
    let (bytes, hash) = unseal(sealed, identity, to, meter).await?;
    if (bytes, hexadecimal(&hash)) != (dump.dump_bytes, dump.dump_sha256.clone()) {
        return Err(BackupError::Broken("the dump is another than its manifest says".to_owned()));
    }
    if hexadecimal(&stored.finalize()) != dump.stored_sha256 {
        return Err(BackupError::Broken(
            "the object is another than its manifest says, though it opens".to_owned(),
        ));
    }
    Ok(())
}

async fn unseal(
    sealed: impl AsyncRead + Send + Unpin,
    identity: &Identity,
    to: &mut (impl AsyncWrite + Unpin),
    meter: &Meter,
) -> Result<(u64, [u8; 32]), BackupError> {
    let plain = open(sealed, identity).await.map_err(refused)?;
    let mut hash = Sha256::new();
    let mut plain = InspectReader::new(plain, |piece: &[u8]| hash.update(piece));
    let bytes = copy(&mut plain, to, meter).await?;
    Ok((bytes, hash.finalize().into()))
}

/// Like `tokio::io::copy`, but tells a broken dump from a reader that has gone.
async fn copy(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    meter: &Meter,
) -> Result<u64, BackupError> {
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut total = 0;
    loop {
        let read = from.read(&mut buffer).await.map_err(broken)?;
        if read == 0 {
            to.flush().await.map_err(BackupError::Pass)?;
            return Ok(total);
        }
        to.write_all(&buffer[..read]).await.map_err(BackupError::Pass)?;
        total += read as u64;
        meter.add(read as u64);
    }
}

fn refused(error: OpenError) -> BackupError {
    match error {
        OpenError::Read(source) => broken(source),
        OpenError::WrongKey => BackupError::Broken(
            "the dump is encrypted for another key than its manifest says".to_owned(),
        ),
        OpenError::Broken(why) => BackupError::Broken(format!("the dump: {why}")),
    }
}

/// The store's errors come through the readers above it.
fn broken(error: io::Error) -> BackupError {
    let error = match error.downcast::<StoreError>() {
        Ok(source) => return source.into(),
        Err(error) => error,
    };
    match error.kind() {
        // What age and zstd say of bytes.
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
            BackupError::Broken(format!("the dump cannot be opened to its end: {error}"))
        }
        _ => BackupError::Pass(error),
    }
}
