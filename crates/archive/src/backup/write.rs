//! Making a backup.

use std::process::Stdio;

use age::x25519::Recipient;
use cloison_model::hexadecimal;
use sha2::{Digest as _, Sha256};
use tokio::io::BufReader;
use tokio::process::{ChildStdout, Command};
use tokio_postgres::Client;
use tokio_util::io::InspectReader;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::error::BackupError;
use super::manifest::{DumpFacts, FORMAT, KeyFacts, Manifest, Subject, Tools};
use super::place::{BackupPlace, place_of};
use super::read::manifest;
use crate::keystore::KeyName;
use crate::programs::{ProgramFailure, ended};
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
    pub schema_version: i64,
    pub schema_fingerprint: String,
    pub key: &'a TenantKey,
    pub key_name: KeyName,
    /// Which keystore has it, for the manifest.
    pub keystore: String,
    pub signer: &'a Signer,
    /// `pg_dump`, at work on the database; what it is to do is not said yet.
    pub dump: Command,
    /// As it says itself.
    pub dump_version: String,
    /// To the same database, as a superuser, in no transaction.
    pub client: Client,
    pub tracker: &'a TaskTracker,
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
    let snapshot = Snapshot::open(order.client, order.tracker).await?;
    // Side by side, from the same snapshot.
    let dump = dump(store, &object, order.dump, &snapshot, &recipient);
    let (dump, facts) = tokio::try_join!(dump, async { Ok(facts(&snapshot).await?) })?;
    drop(snapshot.close().await?);
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        backup: order.id,
        subject: order.subject,
        taken_at: facts.taken_at,
        schema_version: order.schema_version,
        schema_fingerprint: order.schema_fingerprint,
        tools: Tools { cloison: env!("CARGO_PKG_VERSION").to_owned(), pg_dump: order.dump_version },
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
        // What it packs would not be packed again.
        .args(["--format=custom", "--compress=0", "--no-password", "--lock-wait-timeout=30000"])
        .arg(format!("--snapshot={}", snapshot.id()))
        // A subscription would begin to receive in a copy.
        .args(["--no-publications", "--no-subscriptions"])
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
