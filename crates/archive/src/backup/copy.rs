//! Making a database of a backup.

use std::process::Stdio;

use age::x25519::Identity;
use tokio::process::Command;

use super::error::BackupError;
use super::manifest::Manifest;
use super::meter::Meter;
use super::read::pass;
use crate::programs::{ProgramFailure, ended};
use crate::store::Store;

/// Fills an empty database. `restore` is `pg_restore`, at work on that database's server; what it is to do is not said yet.
///
/// What the dump needs of roles must be there. The meter counts what of the dump has been restored.
///
/// # Errors
///
/// Then the database holds whatever was restored until then.
pub async fn restore(
    store: &Store,
    manifest: &Manifest,
    identity: &Identity,
    mut restore: Command,
    database: &str,
    meter: &Meter,
) -> Result<(), BackupError> {
    let mut child = restore
        .args(["--exit-on-error", "--no-password"])
        .arg(format!("--dbname={database}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| ProgramFailure::lasting(format!("cannot start pg_restore: {error}")))?;
    let mut stdin = child.stdin.take().expect("it was asked for");
    // A dump that breaks off is an error of `pg_restore` as well; ours says more.
    let feed = async move { pass(store, manifest, identity, &mut stdin, meter).await };
    let (passed, restored) = tokio::join!(feed, ended("pg_restore", &mut child));
    match (passed, restored) {
        // It has gone, and says why.
        (Err(BackupError::Pass(_)), Err(failure)) => Err(failure.into()),
        (Err(error), _) => Err(error),
        (Ok(()), restored) => Ok(restored?),
    }
}
