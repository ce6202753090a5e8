//! Making an export: one snapshot, `pg_dump` at work on it, and all of it as one stream into the store.

use std::io;
use std::process::Stdio;

use futures_util::{Stream, TryStreamExt as _};
use jiff::Timestamp;
use tokio::io::BufReader;
use tokio::process::Command;
use tokio::sync::oneshot;
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::error::ExportError;
use super::place::{folder_of_files, object};
use crate::bundle::{
    BundleFacts, BundleFile, BundleOptions, Dump, ProgramOutput, Source, dump_arguments,
    write_bundle,
};
use crate::keystore::KeyName;
use crate::pipe::produced;
use crate::programs::ProgramFailure;
use crate::seal::seal;
use crate::store::{ObjectKey, Store, StoredObject};
use crate::tables::{Snapshot, facts};
use crate::tenant_key::TenantKey;

/// Between the bundle and what packs it.
const BUFFER_BYTES: usize = 256 << 10;

/// What is to be exported, and how.
pub struct ExportOrder<'a> {
    pub id: Uuid,
    /// Another for each attempt.
    pub attempt: i64,
    pub organization: Uuid,
    /// Of what it leaves out, what the database does not have is left alone: it may be at an older version of the schema.
    pub options: BundleOptions,
    pub key: &'a TenantKey,
    pub key_name: KeyName,
    /// `pg_dump`, at work on the database; what it is to do is not said yet.
    pub dump: Command,
    /// As it says itself.
    pub dump_version: String,
    /// To the same database, as a superuser, in no transaction.
    pub client: Client,
    pub tracker: &'a TaskTracker,
}

/// An export that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportWritten {
    pub object: ObjectKey,
    pub taken_at: Timestamp,
    pub bundle: BundleFacts,
    /// Of what lies in the store.
    pub stored_bytes: u64,
}

/// Makes it anew, whatever earlier attempts have left.
///
/// # Errors
///
/// Then there is no export.
pub async fn write_export(
    store: &Store,
    order: ExportOrder<'_>,
) -> Result<ExportWritten, ExportError> {
    let recipient = order.key.recipient(order.key_name)?;
    let object = object(order.organization, order.id, order.attempt);
    let snapshot = Snapshot::open(order.client, order.tracker).await?;
    let facts = facts(&snapshot).await?;
    let mut options = order.options;
    options.leave_out.retain(|it| it.is_in(&snapshot));
    let source = Source {
        snapshot: &snapshot,
        facts: &facts,
        dump: Dump {
            content: start(order.dump, &dump_arguments(&snapshot, &options))?,
            made_with: format!("pg_dump (PostgreSQL) {}", order.dump_version),
        },
        files: files(store, folder_of_files(order.organization)),
    };
    let (written, outcome) = oneshot::channel();
    let (options, is_left) = (&options, "the export was not completed");
    let plain = produced(async move |to| {
        let bundle = write_bundle(source, options, to).await;
        let ended = if bundle.is_ok() { Ok(()) } else { Err(io::Error::other(is_left)) };
        // If nobody wants to know any more, the store has failed and says why.
        drop(written.send(bundle));
        ended
    });
    let sealed = seal(BufReader::with_capacity(BUFFER_BYTES, plain), &recipient);
    let stored = store.put(&object, sealed).await;
    // What the bundle failed with says more than that the store had nothing more to read.
    let bundle = match outcome.await {
        Ok(bundle) => Some(bundle?),
        Err(_never_ended) => None,
    };
    let stored = stored?;
    let taken_at = snapshot.taken_at();
    drop(snapshot.close().await?);
    let bundle = bundle.expect("what is stored ends only where the bundle does");
    Ok(ExportWritten { object, taken_at, bundle, stored_bytes: stored.bytes })
}

fn start(mut dump: Command, arguments: &[String]) -> Result<ProgramOutput, ExportError> {
    let child = dump
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let started = child.and_then(|it| ProgramOutput::new("pg_dump", it));
    started
        .map_err(|error| ProgramFailure::lasting(format!("cannot start pg_dump: {error}")).into())
}

/// Those that there are, by what is behind the folder in their names.
fn files(store: &Store, folder: ObjectKey) -> impl Stream<Item = io::Result<BundleFile>> + Send {
    let listed = store.list(Some(&folder)).map_err(io::Error::other);
    listed.try_filter_map(move |object: StoredObject| {
        let name = object.key.as_str()[folder.as_str().len()..].trim_start_matches('/').to_owned();
        let store = store.clone();
        async move {
            // One that has been deleted since it was listed is none of the customer's any more.
            let reader = store.get(&object.key).await.map_err(io::Error::other)?;
            Ok(reader.map(|it| BundleFile { name, bytes: it.bytes(), content: Box::new(it) }))
        }
    })
}
