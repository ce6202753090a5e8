//! Copies one tenant's database with PostgreSQL's own programs.
//!
//! A clone (`create database .. template`) would need the tenant's database free of connections. A dump reads as any
//! transaction does, and nobody waits for it but whoever wants to change the schema meanwhile.

use std::process::Stdio;
use std::time::Duration;

use cloison_archive::{ProgramFailure, Programs, ended};
use cloison_model::{DatabaseName, RetryClass, ShadowTenant};
use tokio::process::ChildStdout;
use tokio::time::timeout;

use super::WORK_ON_COPY;
use super::survey::Server;
use crate::operations::StepError;
use crate::pg::ddl;

/// Fills the empty database `to`. Answers false if the tenant's database has gone meanwhile.
pub(super) async fn copy_tenant(
    server: &Server,
    tenant: &ShadowTenant,
    to: &DatabaseName,
    programs: &Programs,
    time_max: Duration,
) -> Result<bool, StepError> {
    let ran = timeout(time_max, dump_and_restore(server, tenant, to, programs)).await;
    let Ok(ran) = ran else {
        let why = format!("it takes longer than {} s", time_max.as_secs());
        return Err(refused(tenant, &ProgramFailure::lasting(why)));
    };
    if let Err(failure) = ran {
        // A server that is away is tried again.
        let failed = StepError::server(WORK_ON_COPY);
        let client = server.admin.connect("postgres").await.map_err(&failed)?;
        let from: DatabaseName = tenant.database.parse()?;
        if !ddl::database_exists(&client, &from).await.map_err(&failed)? {
            return Ok(false);
        }
        return Err(refused(tenant, &failure));
    }
    let failed = StepError::server("count the rows of a copy");
    let client = server.admin.connect(to.as_str()).await.map_err(&failed)?;
    let cancel = client.cancel_on_drop(&server.admin);
    ddl::shadow_analyze(&client).await.map_err(&failed)?;
    cancel.disarm();
    Ok(true)
}

fn refused(tenant: &ShadowTenant, failure: &ProgramFailure) -> StepError {
    let ProgramFailure { why, class, .. } = failure;
    let words = format!(
        "{} cannot be copied for the shadow run: {why}; no tenant was touched: mend it and start again, or go without by --skip-shadow",
        tenant.subdomain
    );
    match class {
        RetryClass::Passing | RetryClass::Away => StepError::NotNow(words),
        RetryClass::Lasting => StepError::Refused(words),
    }
}

/// An error is what the first of the programs to fail says.
async fn dump_and_restore(
    server: &Server,
    tenant: &ShadowTenant,
    to: &DatabaseName,
    programs: &Programs,
) -> Result<(), ProgramFailure> {
    let lasting = ProgramFailure::lasting;
    let mut dump = server
        .admin
        .command(&programs.dump, &tenant.database)
        // It goes through a pipe, so it is not worth packing.
        .args(["--format=custom", "--compress=0", "--no-password", "--lock-wait-timeout=30000"])
        // A subscription would begin to receive; neither is a table.
        .args(["--no-publications", "--no-subscriptions"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| lasting(format!("cannot start {}: {error}", programs.dump.display())))?;
    let rows: ChildStdout = dump.stdout.take().expect("it was asked for");
    let rows: Stdio =
        rows.try_into().map_err(|error| lasting(format!("cannot read a dump: {error}")))?;
    let mut restore = server
        .admin
        .command(&programs.restore, to.as_str())
        .args(["--exit-on-error", "--no-password"])
        .arg(format!("--dbname={to}"))
        .stdin(rows)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            lasting(format!("cannot start {}: {error}", programs.restore.display()))
        })?;
    let (dumped, restored) =
        tokio::join!(ended("pg_dump", &mut dump), ended("pg_restore", &mut restore));
    match (dumped, restored) {
        (Ok(()), Ok(())) => Ok(()),
        // A dump whose reader has died fails because of that.
        (Err(dumped), Err(restored)) => Err(if dumped.is_unread { restored } else { dumped }),
        (Err(failure), Ok(())) | (Ok(()), Err(failure)) => Err(failure),
    }
}
