//! Making a backup.

use std::process::Stdio;

use age::x25519::Recipient;
use cloison_model::hexadecimal;
use sha2::{Digest as _, Sha256};
use tokio::io::BufReader;
use tokio::process::{ChildStdout, Command};
use tokio_util::io::InspectReader;
use uuid::Uuid;

use super::error::BackupError;
use super::manifest::{DumpFacts, FORMAT, KeyFacts, Manifest, Subject, Tools};
use super::place::{BackupPlace, place_of};
use super::read::manifest;
use crate::keystore::KeyName;
use crate::programs::{DUMP_ARGUMENTS, ProgramFailure, ended};
use crate::seal::seal;
use crate::signing::{Signed, Signer, VerifyingKey};
use crate::store::{Created, ObjectKey, Store};
use crate::tables::{Snapshot, facts};
use crate::tenant_key::TenantKey;

/// Of a pipe from `pg_dump`.
const BUFFER_BYTES: usize = 256 << 10;

/// What is to be backed up, and how.
pub struct BackupOrder<'a> {
    pub id: Uuid,
    /// Another for each attempt.
    pub attempt: i64,
    pub subject: Subject,
    pub source: BackupSource,
    pub key: &'a TenantKey,
    pub key_name: KeyName,
    /// Which keystore has it, for the manifest.
    pub keystore: String,
    pub signer: &'a Signer,
}

/// A database at one moment, all of it as the snapshot sees it.
pub struct BackupSource {
    pub snapshot: Snapshot,
    pub schema_version: i64,
    pub schema_fingerprint: String,
    /// How that was read; see [`Manifest`].
    pub schema_reading: String,
    /// `pg_dump`, at work on the database; what it is to do is not said yet.
    pub dump: Command,
    /// As it says itself.
    pub dump_version: String,
}

/// A backup that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub manifest: Manifest,
    pub manifest_key: ObjectKey,
    /// SHA-256 of the manifest as it lies there.
    pub manifest_hash: [u8; 32],
    pub signed_by: VerifyingKey,
}

/// Makes it, or finds that an earlier attempt has.
///
/// # Errors
///
/// Then there is no backup, and what was written of the dump lies there unnamed.
pub async fn write(store: &Store, order: BackupOrder<'_>) -> Result<Written, BackupError> {
    let place = place_of(&order.subject, order.id);
    match manifest(store, &place, order.id, &order.signer.verifying_key()).await {
        Err(BackupError::NoManifest) => {}
        found => return found,
    }
    let recipient = order.key.recipient(order.key_name)?;
    let object = place.dump(order.attempt);
    let BackupSource {
        snapshot,
        schema_version,
        schema_fingerprint,
        schema_reading,
        dump: program,
        dump_version,
    } = order.source;
    // Side by side, from the same snapshot.
    let dump = dump(store, &object, program, &snapshot, &recipient);
    let (dump, facts) = tokio::try_join!(dump, async { Ok(facts(&snapshot).await?) })?;
    drop(snapshot.close().await?);
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        backup: order.id,
        subject: order.subject,
        taken_at: facts.taken_at,
        schema_version,
        schema_fingerprint,
        schema_reading: Some(schema_reading),
        tools: Tools { cloison: env!("CARGO_PKG_VERSION").to_owned(), pg_dump: dump_version },
        dump,
        key: KeyFacts::of(order.key, order.keystore),
        facts,
    };
    commit(store, &place, manifest, order.signer).await
}

async fn dump(
    store: &Store,
    object: &ObjectKey,
    mut program: Command,
    snapshot: &Snapshot,
    recipient: &Recipient,
) -> Result<DumpFacts, BackupError> {
    let mut child = program
        .args(DUMP_ARGUMENTS)
        // It is packed afterwards.
        .arg("--compress=0")
        .arg(format!("--snapshot={}", snapshot.id()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| ProgramFailure::lasting(format!("cannot start pg_dump: {error}")))?;
    let stdout: ChildStdout = child.stdout.take().expect("it was asked for");
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    let plain = InspectReader::new(stdout, |piece: &[u8]| {
        hash.update(piece);
        bytes += piece.len() as u64;
    });
    let sealed = seal(BufReader::with_capacity(BUFFER_BYTES, plain), recipient);
    let (stored, dumped) = tokio::join!(store.put(object, sealed), ended("pg_dump", &mut child));
    match dumped {
        // Why nobody read it any more says more.
        Err(failure) if failure.is_unread && stored.is_err() => {}
        dumped => dumped?,
    }
    let stored = stored?;
    Ok(DumpFacts {
        object: object.to_string(),
        stored_bytes: stored.bytes,
        stored_sha256: hexadecimal(&stored.sha256),
        dump_bytes: bytes,
        dump_sha256: hexadecimal(&hash.finalize()),
    })
}

/// From here there is a backup. Of two attempts, the first has made it.
async fn commit(
    store: &Store,
    place: &BackupPlace,
    written: Manifest,
    signer: &Signer,
) -> Result<Written, BackupError> {
    let id = written.backup;
    let text = Signed::seal(&written, signer)?.to_json();
    let manifest_hash = Sha256::digest(&text).into();
    let manifest_key = place.manifest();
    match store.create(&manifest_key, text.into()).await? {
        Created::New | Created::Same => {
            let signed_by = signer.verifying_key();
            Ok(Written { manifest: written, manifest_key, manifest_hash, signed_by })
        }
        Created::Other => manifest(store, place, id, &signer.verifying_key()).await,
    }
}
