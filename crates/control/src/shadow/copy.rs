//! Copies one tenant's database with PostgreSQL's own programs.
//!
//! A clone (`create database .. template`) would need the tenant's database free of connections. A dump reads as any
//! transaction does, and nobody waits for it but whoever wants to change the schema meanwhile.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use cloison_model::{DatabaseName, ShadowTenant};
use tokio::io::{AsyncRead, AsyncReadExt as _, copy, sink};
use tokio::process::{Child, ChildStderr, ChildStdout};
use tokio::time::timeout;

use super::WORK_ON_COPY;
use super::programs::Programs;
use super::survey::Server;
use crate::operations::StepError;
use crate::pg::ddl;

/// Of what a program says; the first error is in it.
const WORDS_MAX: u64 = 16 << 10;

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
        return Err(refused(tenant, &format!("it takes longer than {} s", time_max.as_secs())));
    };
    if let Err(why) = ran {
        // A server that is away is tried again.
        let failed = StepError::server(WORK_ON_COPY);
        let client = server.admin.connect("postgres").await.map_err(&failed)?;
        let from: DatabaseName = tenant.database.parse()?;
        if !ddl::database_exists(&client, &from).await.map_err(&failed)? {
            return Ok(false);
        }
        return Err(refused(tenant, &why));
    }
    let failed = StepError::server("count the rows of a copy");
    let client = server.admin.connect(to.as_str()).await.map_err(&failed)?;
    let cancel = client.cancel_on_drop(&server.admin);
    ddl::shadow_analyze(&client).await.map_err(&failed)?;
    cancel.disarm();
    Ok(true)
}

fn refused(tenant: &ShadowTenant, why: &str) -> StepError {
    StepError::Refused(format!(
        "{} cannot be copied for the shadow run: {why}; no tenant was touched: mend it and start again, or go without by --skip-shadow",
        tenant.subdomain
    ))
}

/// An error is what the first of the programs to fail says.
async fn dump_and_restore(
    server: &Server,
    tenant: &ShadowTenant,
    to: &DatabaseName,
    programs: &Programs,
) -> Result<(), String> {
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
        .map_err(|error| format!("cannot start {}: {error}", programs.dump.display()))?;
    let rows: ChildStdout = dump.stdout.take().expect("it was asked for");
    let rows: Stdio = rows.try_into().map_err(|error| format!("cannot read a dump: {error}"))?;
    let mut restore = server
        .admin
        .command(&programs.restore, to.as_str())
        .args(["--exit-on-error", "--no-password"])
        .arg(format!("--dbname={to}"))
        .stdin(rows)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", programs.restore.display()))?;
    let (dumped, restored) = tokio::join!(end(&mut dump), end(&mut restore));
    match (dumped?, restored?) {
        ((dumped, _), (restored, _)) if dumped.success() && restored.success() => Ok(()),
        // A dump whose reader has died fails because of that.
        ((dumped, said), (restored, _))
            if restored.success() || !said.contains("roken pipe") && !dumped.success() =>
        {
            Err(error_of("pg_dump", &said))
        }
        (_, (_, said)) => Err(error_of("pg_restore", &said)),
    }
}

async fn end(child: &mut Child) -> Result<(ExitStatus, String), String> {
    let stderr: Option<ChildStderr> = child.stderr.take();
    let said = words(stderr.expect("it was asked for")).await;
    let status = child.wait().await.map_err(|error| format!("lost a program: {error}"))?;
    Ok((status, said))
}

/// Reads to the end and keeps the beginning, so that nobody is stopped by a full pipe.
async fn words(mut stderr: impl AsyncRead + Unpin) -> String {
    let mut beginning = Vec::new();
    // What cannot be read is not there; the exit status says whether it failed.
    drop((&mut stderr).take(WORDS_MAX).read_to_end(&mut beginning).await);
    drop(copy(&mut stderr, &mut sink()).await);
    String::from_utf8_lossy(&beginning).into_owned()
}

/// The first line with an error. What follows it may quote a row of the customer's.
fn error_of(program: &str, said: &str) -> String {
    let line = said.lines().find(|it| it.contains("error:")).or_else(|| said.lines().next());
    match line {
        Some(line) => line.trim().to_owned(),
        None => format!("{program} failed and did not say why"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_program_says_only_the_error_is_told() {
        let said = "pg_restore: while PROCESSING TOC:\npg_restore: error: COPY failed for table \"a\": ERROR: x\nCONTEXT:  COPY a, line 1: \"secret\"\n";
        assert_eq!(
            error_of("pg_restore", said),
            "pg_restore: error: COPY failed for table \"a\": ERROR: x"
        );
        assert_eq!(error_of("pg_dump", ""), "pg_dump failed and did not say why");
    }
}
