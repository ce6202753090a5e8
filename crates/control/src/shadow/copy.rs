//! Copies one tenant's database with PostgreSQL's own programs.
//!
//! A clone (`create database .. template`) would need the tenant's database free of connections. A dump reads as any
//! transaction does, and nobody waits for it but whoever wants to change the schema meanwhile.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use cloison_model::{DatabaseName, RetryClass, ShadowTenant};
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

/// What PostgreSQL and its programs say of errors that may pass: the classes of [`RetryClass::of_sqlstate`], which a program
/// does not name. `pg_dump` limits its wait for a lock by the time of the statement.
const MAY_PASS: &[&str] = &[
    "lock timeout",
    "statement timeout",
    "deadlock detected",
    "terminating connection",
    "the database system is",
    "too many clients",
    "too many connections",
    "remaining connection slots",
    "No space left",
    "server closed the connection",
    "no connection to the server",
    "could not receive data from server",
    "could not send data to server",
    "SSL connection has been closed",
    "Connection refused",
    "Connection reset",
    "Connection timed out",
    "timeout expired",
];

/// Why there is no copy.
#[derive(Debug, PartialEq, Eq)]
struct Failure {
    why: String,
    class: RetryClass,
}

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
        return Err(refused(tenant, &Failure { why, class: RetryClass::Lasting }));
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

fn refused(tenant: &ShadowTenant, failure: &Failure) -> StepError {
    let Failure { why, class } = failure;
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
) -> Result<(), Failure> {
    let lasting = |why: String| Failure { why, class: RetryClass::Lasting };
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
    let (dumped, restored) = tokio::join!(end(&mut dump), end(&mut restore));
    match (dumped.map_err(lasting)?, restored.map_err(lasting)?) {
        ((dumped, _), (restored, _)) if dumped.success() && restored.success() => Ok(()),
        // A dump whose reader has died fails because of that.
        ((dumped, said), (restored, _))
            if restored.success() || !said.contains("roken pipe") && !dumped.success() =>
        {
            Err(failure_of("pg_dump", &said))
        }
        (_, (_, said)) => Err(failure_of("pg_restore", &said)),
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

/// All that was said is looked through, for the cause may stand below the error; a row that happens to hold such words costs
/// some more tries.
fn failure_of(program: &str, said: &str) -> Failure {
    let may_pass = MAY_PASS.iter().any(|it| said.contains(it));
    Failure {
        why: error_of(program, said),
        class: if may_pass { RetryClass::Passing } else { RetryClass::Lasting },
    }
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

    #[test]
    fn what_may_pass_is_known_by_its_words() {
        for (said, class) in [
            (
                "pg_dump: error: query failed: ERROR:  canceling statement due to statement timeout\npg_dump: detail: Query was: LOCK TABLE public.notes IN ACCESS SHARE MODE",
                RetryClass::Passing,
            ),
            (
                "pg_dump: error: Dumping the contents of table \"a\" failed: PQgetResult() failed.\npg_dump: detail: Error message from server: FATAL:  terminating connection due to administrator command",
                RetryClass::Passing,
            ),
            (
                "pg_dump: error: connection to server on socket \"/run/.s.PGSQL.5432\" failed: FATAL:  sorry, too many clients already",
                RetryClass::Passing,
            ),
            (
                "pg_restore: error: could not connect: FATAL:  the database system is starting up",
                RetryClass::Passing,
            ),
            (
                "pg_restore: error: COPY failed for table \"a\": ERROR:  could not extend file \"base/1/2\": No space left on device",
                RetryClass::Passing,
            ),
            (
                "pg_restore: error: could not execute query: ERROR:  function public.f() does not exist",
                RetryClass::Lasting,
            ),
            ("", RetryClass::Lasting),
        ] {
            assert_eq!(failure_of("pg_dump", said).class, class, "{said}");
        }
    }
}
