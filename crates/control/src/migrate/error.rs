//! Why a database was not brought where it was to go.

use std::fmt;

use cloison_model::{HistoryError, Part, RetryClass};
use tokio_postgres::error::SqlState;

use super::failure::MigrationFailure;
use super::holder::Holder;

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("another session is migrating this database")]
    Busy,
    #[error(transparent)]
    History(#[from] HistoryError),
    #[error("the database is at version {found}, older than the {known} that this build needs")]
    Older { found: i64, known: i64 },
    #[error(transparent)]
    Locked(Box<Locked>),
    #[error(transparent)]
    Failed(Box<MigrationFailure>),
    /// Whether it is done is in the history; running again reads that first.
    #[error("the connection was lost while {file} ran")]
    Lost { file: String, source: tokio_postgres::Error },
    #[error("cannot read or write the migration history")]
    Database(#[from] tokio_postgres::Error),
}

impl std::error::Error for MigrationFailure {}

/// A migration that did not get a lock, however often it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    pub version: i64,
    pub name: String,
    /// In one line, and no longer than an excerpt.
    pub statement: String,
    pub attempts: u32,
    /// Nobody, if whoever it was has let go meanwhile.
    pub holder: Option<Holder>,
    /// The version that the database is at.
    pub at: i64,
}

impl std::error::Error for Locked {}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, name, attempts, .. } = self;
        let times = if *attempts == 1 { "once" } else { "each time" };
        write!(
            f,
            "migration {version} ({name}) was tried {attempts} {} and found a lock in its way {times}",
            if *attempts == 1 { "time" } else { "times" }
        )?;
        match &self.holder {
            Some(holder) => write!(f, ": {holder}"),
            None => f.write_str("; whoever held it has let go"),
        }
    }
}

impl MigrateError {
    /// PostgreSQL's code, of whatever kept it from being done; none if the connection broke.
    pub fn sqlstate(&self) -> Option<&str> {
        match self {
            Self::Busy | Self::Locked(_) => Some(SqlState::LOCK_NOT_AVAILABLE.code()),
            Self::History(_) | Self::Older { .. } => Some(SqlState::RAISE_EXCEPTION.code()),
            Self::Failed(failure) => Some(&failure.sqlstate),
            Self::Lost { source, .. } | Self::Database(source) => source.code().map(SqlState::code),
        }
    }

    /// Whether the same may work in a moment.
    pub fn class(&self) -> RetryClass {
        match self {
            Self::Busy | Self::Locked(_) | Self::Lost { .. } => RetryClass::Passing,
            Self::History(_) | Self::Older { .. } => RetryClass::Lasting,
            Self::Failed(failure) => failure.class(),
            Self::Database(error) => RetryClass::of_sqlstate(error.code().map(SqlState::code)),
        }
    }

    pub(super) fn lost(part: &Part<'_>, source: tokio_postgres::Error) -> Self {
        Self::Lost { file: file_name(part), source }
    }
}

/// Of the file that was run, up or down.
pub(super) fn file_name(part: &Part<'_>) -> String {
    let up = part.migration.file_name();
    if part.is_up { up } else { up.replace(".sql", ".down.sql") }
}
