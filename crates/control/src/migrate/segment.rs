//! Runs one segment: all of it in a transaction, or statement by statement without one.

use cloison_lint::statements;
use cloison_model::{Part, RoleName, Segment};
use tokio_postgres::Client;
use tokio_postgres::error::{DbError, SqlState};

use super::Limits;
use super::error::{Locked, MigrateError};
use super::failure::{MigrationFailure, excerpt};
use super::holder::holder;
use super::ladder::{lock_timeout, pause};
use super::leftovers::drop_leftovers;
use super::place::{Place, line_of_statement, place};
use crate::master_key::random_bytes;
use crate::pg::ddl;
use crate::pg::ddl::migration::{
    ALONE_END, Batch, Broken, ROLLBACK, alone_begin, history_row, run_counted,
};

/// Where segments are run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner<'a> {
    /// A superuser's.
    pub(super) client: &'a Client,
    pub(super) owner: &'a RoleName,
    pub(super) limits: &'a Limits,
}

/// A segment that was not run to its end.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) error: MigrateError,
    /// Statements of it are done, and it is not in the history.
    pub(super) is_half_done: bool,
}

/// Where a file outside a transaction stopped, not explained yet.
struct Halt<'a> {
    place: Place<'a>,
    broken: Broken,
    is_half_done: bool,
}

impl Stopped {
    fn before_any(error: impl Into<MigrateError>) -> Self {
        Self { error: error.into(), is_half_done: false }
    }
}

impl Runner<'_> {
    /// `at` is the version that the database is at.
    pub(super) async fn run(&self, segment: &Segment<'_>, at: i64) -> Result<(), Stopped> {
        self.make_extensions(segment, at).await.map_err(Stopped::before_any)?;
        if segment.in_transaction {
            return self.run_together(segment, at).await.map_err(Stopped::before_any);
        }
        for part in &segment.parts {
            self.run_alone(part, at).await?;
        }
        Ok(())
    }

    /// The owner may not, so the superuser does, before the rest.
    async fn make_extensions(&self, segment: &Segment<'_>, at: i64) -> Result<(), MigrateError> {
        for part in segment.parts.iter().filter(|it| it.is_up) {
            for extension in part.migration.extensions() {
                if let Err(error) = ddl::extension_ensure(self.client, extension).await {
                    let statement = format!("create extension {extension}");
                    let place = Place::File { part: *part, statement: &statement, line: 1 };
                    return Err(explain(place, error, part, at));
                }
            }
        }
        Ok(())
    }

    async fn run_together(&self, segment: &Segment<'_>, at: i64) -> Result<(), MigrateError> {
        let mut attempt = 1;
        loop {
            let (waits, patience) = (lock_timeout(attempt), self.limits.statement_timeout);
            let batch = Batch::of(segment, self.owner, waits, patience);
            let Err(broken) = run_counted(self.client, &batch.text).await else { return Ok(()) };
            let Broken { completed, error } = broken;
            let position = error.as_db_error().and_then(position);
            let place = place(segment, &batch, completed, position);
            if error.as_db_error().is_none() {
                return Err(explain(place, error, &segment.parts[0], at));
            }
            self.tidy(ROLLBACK).await;
            if !is_lock(&error) {
                return Err(explain(place, error, &segment.parts[0], at));
            }
            if attempt >= self.limits.attempts_max {
                return Err(self.locked(place, &segment.parts[0], attempt, at).await);
            }
            let dice = u64::from_ne_bytes(random_bytes());
            tokio::time::sleep(pause(attempt, dice)).await;
            attempt += 1;
        }
    }

    async fn run_alone(&self, part: &Part<'_>, at: i64) -> Result<(), Stopped> {
        let done = self.run_statements(part).await;
        if done.is_err() {
            // An index that is not valid costs every write and is of no use to anybody. If it cannot be dropped now, the
            // next run does it.
            drop(drop_leftovers(self.client, part.script).await);
        }
        self.tidy(ALONE_END).await;
        let Err(Halt { place, broken, is_half_done }) = done else { return Ok(()) };
        // Asked after the owner's role was laid down, who may not see other sessions.
        let error = if is_lock(&broken.error) {
            self.locked(place, part, 1, at).await
        } else {
            explain(place, broken.error, part, at)
        };
        Err(Stopped { error, is_half_done })
    }

    async fn run_statements<'a>(&self, part: &Part<'a>) -> Result<(), Halt<'a>> {
        let halt = |place, is_half_done| move |broken| Halt { place, broken, is_half_done };
        let patience = part.script.timeout.unwrap_or(self.limits.statement_timeout);
        let begin = alone_begin(self.owner, self.limits.lock_timeout_alone, patience);
        run_counted(self.client, &begin).await.map_err(halt(Place::Opening, false))?;
        drop_leftovers(self.client, part.script).await.map_err(halt(Place::Opening, false))?;
        let all = statements(&part.script.sql);
        for (done, statement) in all.iter().enumerate() {
            run_counted(self.client, statement.text).await.map_err(|broken| {
                let position = broken.error.as_db_error().and_then(position);
                let line = line_of_statement(statement, position);
                let place = Place::File { part: *part, statement: statement.text, line };
                Halt { place, broken, is_half_done: done > 0 }
            })?;
        }
        let row = Place::Row { part: *part };
        let written = run_counted(self.client, &history_row(part, self.owner)).await;
        written.map_err(halt(row, !all.is_empty()))
    }

    async fn locked(
        &self,
        place: Place<'_>,
        first: &Part<'_>,
        attempts: u32,
        at: i64,
    ) -> MigrateError {
        let (part, statement) = match place {
            Place::File { part, statement, .. } => (part, statement),
            Place::Row { part } | Place::Commit { part } => (part, ""),
            Place::Opening => (*first, ""),
        };
        // Without it there is still enough to say.
        let holder = holder(self.client, statement).await.unwrap_or_default();
        MigrateError::Locked(Box::new(Locked {
            version: part.migration.version,
            name: part.migration.name.clone(),
            statement: excerpt(statement),
            attempts,
            holder,
            at,
        }))
    }

    /// After a failure, whose error is the one to tell: if this fails too, the connection is gone.
    async fn tidy(&self, text: &str) {
        if let Err(broken) = run_counted(self.client, text).await {
            tracing::debug!(error = %broken.error, "could not tidy up after a migration");
        }
    }
}

/// `first` is what was run, where the place does not say.
fn explain(
    place: Place<'_>,
    error: tokio_postgres::Error,
    first: &Part<'_>,
    at: i64,
) -> MigrateError {
    let part = match place {
        Place::File { part, .. } | Place::Row { part } | Place::Commit { part } => part,
        Place::Opening => *first,
    };
    let failure = match error.as_db_error() {
        Some(db) if ends_session(db.code()) => None,
        Some(db) => match MigrationFailure::of(place, db, at) {
            Some(failure) => Some(failure),
            None => return error.into(),
        },
        None => None,
    };
    match failure {
        Some(failure) => MigrateError::Failed(Box::new(failure)),
        None => MigrateError::lost(&part, error),
    }
}

fn position(error: &DbError) -> Option<u32> {
    match error.position() {
        Some(tokio_postgres::error::ErrorPosition::Original(at)) => Some(*at),
        // In a text that the server made itself, as a function's.
        Some(tokio_postgres::error::ErrorPosition::Internal { .. }) | None => None,
    }
}

/// Whoever was in the way may be gone in a moment.
fn is_lock(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|it| {
        *it == SqlState::LOCK_NOT_AVAILABLE || *it == SqlState::T_R_DEADLOCK_DETECTED
    })
}

/// Classes 08 and 57P: the server says that it closes the connection.
fn ends_session(code: &SqlState) -> bool {
    ["08", "57P"].iter().any(|it| code.code().starts_with(it))
}
