//! `cloison tenants create --from`: many tenants at once, each with its own answer.
//!
//! A row's idempotency key follows from what the row says. So the same file can be sent again after whatever
//! has gone wrong: what is made is found, and only the rest is done.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_api::{Client, ClientError, CreateTenant, Operation};
use cloison_model::hexadecimal;
use futures_util::{StreamExt, stream};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::bulk::{self, Row};
use crate::complaint::Complaint;
use crate::output::{Output, table};
use crate::progress::Progress;

/// Enough to keep a server's disk busy, and not so much that others wait for theirs.
const AT_ONCE: usize = 8;
/// A row is a few hundred bytes, and there are ten thousand at most.
const BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How often a row that failed can be sent again, by sending its file again.
const ATTEMPTS_MAX: u32 = 20;
/// A tenant is made in seconds; after this, waiting is the operator's choice.
const WAIT_MAX: Duration = Duration::from_mins(10);
const TICK: Duration = Duration::from_secs(1);

#[derive(Serialize)]
struct Report {
    rows: Vec<Answer>,
}

/// What became of one row.
#[derive(Serialize)]
struct Answer {
    line: u64,
    subdomain: String,
    result: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Done,
    Failed,
}

pub(super) async fn create(from: &Path, client: &Client, output: Output) -> Result<ExitCode> {
    let rows = bulk::read(&bytes(from)?).map_err(|mistake| {
        Complaint::new(
            format!("{}:{}: {}", shown(from), mistake.line, mistake.why),
            "no tenant was created, since the rest of the file may be wrong too",
            "correct it, and send the whole file again",
        )
    })?;
    let answers = create_all(rows, client, output).await;
    let failed = answers.iter().any(|it| it.result == Outcome::Failed);
    let report = Report { rows: answers };
    output.print(&report, || text(&report.rows))?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn bytes(from: &Path) -> Result<Vec<u8>> {
    let whole = |source: &mut dyn Read| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        source.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let read = if is_stdin(from) {
        whole(&mut io::stdin().lock())
    } else {
        File::open(from).and_then(|mut it| whole(&mut it))
    };
    let bytes = read.with_context(|| format!("read {}", shown(from)))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Complaint::new(
            format!("{} is larger than 16 MiB", shown(from)),
            "a list of tenants is never that long; it may be another file",
            "give the list, or cut it into several files",
        )
        .into());
    }
    Ok(bytes)
}

fn is_stdin(from: &Path) -> bool {
    from == Path::new("-")
}

fn shown(from: &Path) -> String {
    if is_stdin(from) { "standard input".to_owned() } else { from.display().to_string() }
}

/// In the order of the file. A row that fails stops no other.
async fn create_all(rows: Vec<Row>, client: &Client, output: Output) -> Vec<Answer> {
    let total = rows.len() as u64;
    let mut progress = Progress::new(total, "tenants", output, Instant::now());
    let mut working = stream::iter(rows)
        .map(|row| async move {
            let made = create_one(client, &row.tenant).await;
            answer(row, made)
        })
        .buffer_unordered(AT_ONCE);
    let mut ticks = tokio::time::interval(TICK);
    let mut answers = Vec::new();
    loop {
        tokio::select! {
            next = working.next() => match next {
                Some(answer) => {
                    answers.push(answer);
                    progress.advance(Instant::now());
                }
                None => break,
            },
            _ = ticks.tick() => progress.tick(Instant::now()),
        }
    }
    progress.finish();
    answers.sort_by_key(|it| it.line);
    answers
}

/// Follows the newest attempt of this row to its end, or starts one if every earlier one has failed.
async fn create_one(client: &Client, tenant: &CreateTenant) -> Result<Operation, ClientError> {
    let mut attempt = 1;
    loop {
        let key = key(tenant, attempt);
        let operation = client.tenant_create(tenant, None, Some(&key)).await?.operation;
        // What has ended when we hear of it is of an earlier time.
        match State::of(&operation) {
            State::Failed if attempt < ATTEMPTS_MAX => attempt += 1,
            State::Done | State::Failed => return Ok(operation),
            State::Running => return follow(client, operation).await,
        }
    }
}

async fn follow(client: &Client, mut operation: Operation) -> Result<Operation, ClientError> {
    let following = client.operation_follow(operation.id, |_| ());
    match tokio::time::timeout(WAIT_MAX, following).await {
        Ok(ended) => ended,
        Err(_still_running) => {
            operation = client.operation_fetch(operation.id).await?;
            Ok(operation)
        }
    }
}

/// What the words of the API mean to whoever waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Done,
    Failed,
}

impl State {
    fn of(operation: &Operation) -> Self {
        match operation.state.as_str() {
            "DONE" => Self::Done,
            "FAILED" | "CANCELLED" => Self::Failed,
            // A server may have more words for work that goes on than this client knows.
            _ => Self::Running,
        }
    }
}

/// The same for the same row, whatever line it is on.
fn key(tenant: &CreateTenant, attempt: u32) -> String {
    let row = serde_json::to_vec(tenant).expect("a tenant of strings is JSON");
    format!("bulk-{}-{attempt}", hexadecimal(&Sha256::digest(row)))
}

fn answer(row: Row, made: Result<Operation, ClientError>) -> Answer {
    let (result, operation, reason) = match made {
        Ok(it) => match State::of(&it) {
            State::Done => (Outcome::Done, Some(it), None),
            State::Failed => {
                let reason = it.error.clone().unwrap_or_else(|| "it was taken back".to_owned());
                (Outcome::Failed, Some(it), Some(reason))
            }
            State::Running => {
                let reason = format!("still not done; see: cloison operations show {}", it.id);
                (Outcome::Failed, Some(it), Some(reason))
            }
        },
        Err(ClientError::Problem(it)) => (Outcome::Failed, None, Some(it.detail)),
        Err(error @ (ClientError::Unreachable { .. } | ClientError::NotOurs { .. })) => {
            (Outcome::Failed, None, Some(error.to_string()))
        }
    };
    let (url, sign_in_url) = operation.map_or((None, None), |it| (it.url, it.sign_in_url));
    Answer { line: row.line, subdomain: row.tenant.subdomain, result, url, sign_in_url, reason }
}

fn text(answers: &[Answer]) -> String {
    let rows: Vec<Vec<String>> = answers
        .iter()
        .map(|it| {
            let result = match it.result {
                Outcome::Done => "done",
                Outcome::Failed => "failed",
            };
            let last = it.reason.as_ref().or(it.url.as_ref()).cloned().unwrap_or_default();
            vec![it.line.to_string(), it.subdomain.clone(), result.to_owned(), last]
        })
        .collect();
    let failed = answers.iter().filter(|it| it.result == Outcome::Failed).count();
    let mut text = table(&["line", "subdomain", "result", "url or reason"], &rows);
    if failed > 0 {
        text.push_str("\nSend the same file again for what failed; nothing is made twice.\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_that_of_the_row_and_the_attempt() {
        let tenant = |name: &str| CreateTenant {
            subdomain: "blue".to_owned(),
            name: name.to_owned(),
            region: None,
            plan: None,
            owner_email: "a@b.fr".to_owned(),
            locale: None,
            time_zone: None,
        };
        assert_eq!(key(&tenant("a"), 1), key(&tenant("a"), 1));
        assert_ne!(key(&tenant("a"), 1), key(&tenant("b"), 1));
        assert_ne!(key(&tenant("a"), 1), key(&tenant("a"), 2));
        assert!(key(&tenant("a"), 20).len() <= 200, "the server takes no longer ones");
    }
}
