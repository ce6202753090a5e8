//! What a program says when it fails, and whether the same may work in a moment.

use std::process::ExitStatus;

use cloison_model::RetryClass;
use tokio::io::{AsyncRead, AsyncReadExt as _, copy, sink};
use tokio::process::{Child, ChildStderr};

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

/// Why a program did not do its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct ProgramFailure {
    /// One line. It quotes no row.
    pub why: String,
    /// Whether the same may work in a moment.
    pub class: RetryClass,
    /// It failed since whoever read its output has gone.
    pub is_unread: bool,
}

impl ProgramFailure {
    /// Of what no second attempt changes.
    pub fn lasting(why: String) -> Self {
        Self { why, class: RetryClass::Lasting, is_unread: false }
    }
}

/// Waits for the end of a program whose standard error is a pipe.
///
/// # Errors
///
/// What it said, if it failed.
pub async fn ended(program: &str, child: &mut Child) -> Result<(), ProgramFailure> {
    let stderr: Option<ChildStderr> = child.stderr.take();
    let said = match stderr {
        Some(stderr) => words(stderr).await,
        None => String::new(),
    };
    let status: ExitStatus = child
        .wait()
        .await
        .map_err(|error| ProgramFailure::lasting(format!("lost {program}: {error}")))?;
    if status.success() { Ok(()) } else { Err(failure_of(program, &said)) }
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
fn failure_of(program: &str, said: &str) -> ProgramFailure {
    let may_pass = MAY_PASS.iter().any(|it| said.contains(it));
    ProgramFailure {
        why: error_of(program, said),
        class: if may_pass { RetryClass::Passing } else { RetryClass::Lasting },
        is_unread: said.contains("roken pipe"),
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
