//! From one database into another, without anything in between.

use std::process::Stdio;

use tokio::process::{ChildStdout, Command};

use super::DUMP_ARGUMENTS;
use super::ended::{ProgramFailure, ended};

/// Fills the empty database `to`. `dump` is `pg_dump` and `restore` `pg_restore`, each at work on its own server; what they are to do
/// is not said yet.
///
/// # Errors
///
/// What the first of the programs to fail says.
pub async fn pass_on(
    mut dump: Command,
    mut restore: Command,
    to: &str,
) -> Result<(), ProgramFailure> {
    let lasting = ProgramFailure::lasting;
    let mut dump = dump
        .args(DUMP_ARGUMENTS)
        // It goes through a pipe, so it is not worth packing.
        .arg("--compress=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| lasting(format!("cannot start pg_dump: {error}")))?;
    let rows: ChildStdout = dump.stdout.take().expect("it was asked for");
    let rows: Stdio =
        rows.try_into().map_err(|error| lasting(format!("cannot read a dump: {error}")))?;
    let mut restore = restore
        .args(["--exit-on-error", "--no-password"])
        .arg(format!("--dbname={to}"))
        .stdin(rows)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| lasting(format!("cannot start pg_restore: {error}")))?;
    let (dumped, restored) =
        tokio::join!(ended("pg_dump", &mut dump), ended("pg_restore", &mut restore));
    match (dumped, restored) {
        (Ok(()), Ok(())) => Ok(()),
        // A dump whose reader has died fails because of that.
        (Err(dumped), Err(restored)) => Err(if dumped.is_unread { restored } else { dumped }),
        (Err(failure), Ok(())) | (Ok(()), Err(failure)) => Err(failure),
    }
}
