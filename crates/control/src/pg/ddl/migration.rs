//! The texts that bring a database from one version to another, and the one way to run them.
//!
//! Everything goes by the simple protocol: several statements travel in one round trip, and the server answers each with
//! a command tag, so counting tags tells which one failed. Not here: when, how often, and what a failure means.

use std::ops::Range;
use std::pin::pin;
use std::time::Duration;

use cloison_model::{Part, RoleName, Segment};
use futures_util::TryStreamExt as _;
use postgres_protocol::escape::{escape_identifier, escape_literal};
use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow};

/// How long the server itself looks for what is in the way of a lock. Before a lock's timeout ends, or an autovacuum that
/// holds the lock would never be asked to let go of it.
const DEADLOCK_TIMEOUT_MS: u32 = 20;

/// A text that has failed, and the number of its statements that had not.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) completed: usize,
    pub(crate) error: tokio_postgres::Error,
}

/// One transaction's text.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) text: String,
    /// Where each file stands in it, in bytes.
    pub(crate) files: Vec<Range<usize>>,
}

impl Batch {
    /// Statements before the first file's.
    pub(crate) const OPENING: usize = 4;
    /// Statements of ours before those of each file. After them comes one, the history row's.
    pub(crate) const FILE_OPENING: usize = 2;

    /// All files of a segment with their history rows, as `owner`: either all of it happens or nothing.
    ///
    /// A file's `set local search_path` ends with it. If not, the next file would make other things when it is run in the
    /// same transaction than when it is run alone.
    pub(crate) fn of(
        segment: &Segment<'_>,
        owner: &RoleName,
        lock_timeout: Duration,
        statement_timeout: Duration,
    ) -> Self {
        let mut text = format!(
            "begin;
             set local deadlock_timeout = {DEADLOCK_TIMEOUT_MS};
             set local role {};
             set local lock_timeout = {};\n",
            owner.quoted(),
            lock_timeout.as_millis()
        );
        let mut files = Vec::new();
        for part in &segment.parts {
            let timeout = part.script.timeout.unwrap_or(statement_timeout);
            text.push_str("set local search_path to default;\nset local statement_timeout = ");
            text.push_str(&timeout.as_millis().to_string());
            text.push_str(";\n");
            let start = text.len();
            text.push_str(&part.script.sql);
            files.push(start..text.len());
            // On a line of its own: the file may end with a comment.
            text.push_str("\n;\n");
            text.push_str(&history_row(part, owner));
            text.push_str(";\n");
        }
        text.push_str("commit");
        Self { text, files }
    }
}

/// Takes the turn on the connected database, or does not, and answers the history: two statements.
pub(crate) fn history_take() -> String {
    format!("select pg_try_advisory_lock({TURN}); {HISTORY_READ}")
}

/// Lets the next one in, without waiting until this session has ended.
pub(crate) fn history_release() -> String {
    format!("select pg_advisory_unlock({TURN})")
}

/// Version, name and checksum of each migration that the database has had.
pub(crate) const HISTORY_READ: &str =
    "select version, name, checksum from public.cloison_migrations order by version";

const TURN: &str = "hashtext('cloison migrations')";

/// Where each database keeps what was run on it.
pub(crate) fn history_make(owner: &RoleName) -> String {
    format!(
        "begin;
         set local role {};
         create table if not exists public.cloison_migrations (
             version bigint constraint cloison_migrations_pkey primary key,
             name text not null,
             checksum text not null,
             applied_at timestamptz not null default now()
         );
         commit",
        owner.quoted()
    )
}

/// Writes a migration's row, or takes it away on the way back.
///
/// It fails (22P02) if the session is not the owner any more, as after a file's `reset role` or `commit`: what such a
/// file does, it does with other rights than those it was tried with.
pub(crate) fn history_row(part: &Part<'_>, owner: &RoleName) -> String {
    let version = format!(
        "case when current_user = '{}' then {} else current_user::text::bigint end",
        owner.as_str(),
        part.migration.version
    );
    if part.is_up {
        format!(
            "insert into public.cloison_migrations (version, name, checksum) values ({version}, {}, {})",
            escape_literal(&part.migration.name),
            escape_literal(part.migration.checksum())
        )
    } else {
        format!("delete from public.cloison_migrations where version = {version}")
    }
}

/// What a session is held to that runs a file outside any transaction.
pub(crate) fn alone_begin(
    owner: &RoleName,
    lock_timeout: Duration,
    statement_timeout: Duration,
) -> String {
    format!(
        "set role {}; set lock_timeout = {}; set statement_timeout = {}",
        owner.quoted(),
        lock_timeout.as_millis(),
        statement_timeout.as_millis()
    )
}

pub(crate) const ALONE_END: &str = "reset role; reset lock_timeout; reset statement_timeout";

pub(crate) const ROLLBACK: &str = "rollback";

/// Drops an index that no query uses, without anybody waiting for it.
pub(crate) fn index_drop(schema: &str, name: &str) -> String {
    format!(
        "drop index concurrently if exists {}.{}",
        escape_identifier(schema),
        escape_identifier(name)
    )
}

/// Runs a text as it stands, and answers its rows by statement: `(number of the statement, row)`. An error comes after the
/// rows that were before it.
pub(crate) async fn ask(
    client: &Client,
    text: &str,
) -> (Vec<(usize, SimpleQueryRow)>, Result<(), Broken>) {
    let mut rows = Vec::new();
    let done = each(client, text, |statement, row| rows.push((statement, row))).await;
    (rows, done)
}

/// Runs a text as it stands, and throws its rows away.
pub(crate) async fn run_counted(client: &Client, text: &str) -> Result<(), Broken> {
    each(client, text, |_, _| {}).await
}

async fn each(
    client: &Client,
    text: &str,
    mut found: impl FnMut(usize, SimpleQueryRow),
) -> Result<(), Broken> {
    let mut completed = 0;
    let broken = |completed| move |error| Broken { completed, error };
    let mut answers = pin!(client.simple_query_raw(text).await.map_err(broken(0))?);
    while let Some(answer) = answers.try_next().await.map_err(broken(completed))? {
        match answer {
            SimpleQueryMessage::CommandComplete(_) => completed += 1,
            SimpleQueryMessage::Row(row) => found(completed, row),
            _ => {}
        }
    }
    Ok(())
}
