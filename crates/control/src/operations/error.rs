//! Why a step did not work, and whether the same may work in a moment.

use cloison_archive::{BackupError, ExportError, RecordsError};
use cloison_catalog::Unavailable;
use cloison_model::{
    NameError, OperationId, RetryClass, UnknownWord, chain_without_rows, may_quote_a_row,
};

use tokio_postgres::error::SqlState;

use super::start::StartError;
use crate::backups::NotConfigured;
use crate::control::ServerError;
use crate::master_key::KeyError;
use crate::migrate::MigrateError;
use crate::pg::{NotAVerifier, TurnError};
use crate::point_in_time::PointInTimeError;
use crate::releases::ReleasesError;
use crate::rollout;

/// A server that cannot be reached is waited for by whoever has nothing else to do for a tenant.
pub(crate) const CONNECT_TO_TENANT: &str = "connect to the tenant's database";

#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// On a tenant's server.
    #[error("{verb}")]
    Server { verb: &'static str, source: tokio_postgres::Error },
    #[error("{0}")]
    InTheWay(&'static str),
    #[error("it took longer than {seconds} s")]
    TooSlow { seconds: u64 },
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Catalog(#[from] tokio_postgres::Error),
    #[error(transparent)]
    Admin(#[from] ServerError),
    #[error(transparent)]
    Migration(#[from] MigrateError),
    #[error(transparent)]
    Releases(#[from] ReleasesError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Records(#[from] RecordsError),
    #[error(transparent)]
    NoStore(#[from] NotConfigured),
    #[error(transparent)]
    Past(#[from] PointInTimeError),
    /// A copy is not what it should be.
    #[error("{0}")]
    Different(String),
    /// A test has killed the worker in the middle of the step.
    #[error("killed")]
    Killed,
    /// A gate says no.
    #[error("{0}")]
    Refused(String),
    /// A gate cannot say yet.
    #[error("{0}")]
    NotNow(String),
    #[error("a secret cannot be opened")]
    Key(#[from] KeyError),
    #[error("the tenant's rows have gone")]
    Gone,
    #[error("the step would leave the tenant in states that do not go together")]
    Illegal,
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
    #[error("the control database holds a name that is not one")]
    Name(#[from] NameError),
    #[error(transparent)]
    Verifier(#[from] NotAVerifier),
    #[error("its step '{0}' needs what the row does not have")]
    Incomplete(&'static str),
}

impl StepError {
    /// For `map_err`: an error of a tenant's server, with what was being done.
    pub(crate) fn server(verb: &'static str) -> impl Fn(tokio_postgres::Error) -> Self {
        move |source| Self::Server { verb, source }
    }

    pub(crate) fn turn(error: TurnError) -> Self {
        match error {
            TurnError::InTheWay => Self::InTheWay(
                "another session on the server works on the tenant and cannot be ended",
            ),
            TurnError::Postgres(source) => Self::Server { verb: "connect to the server", source },
        }
    }

    /// For a spare, which has no other operation.
    pub(crate) fn start(error: StartError) -> Self {
        match error {
            StartError::Busy => Self::InTheWay("another operation is under way"),
            StartError::Database(source) => Self::Catalog(source),
        }
    }

    /// PostgreSQL's code, where it was PostgreSQL that refused.
    pub(crate) fn sqlstate(&self) -> Option<&str> {
        match self {
            Self::Migration(source) => source.sqlstate(),
            Self::Server { source, .. } | Self::Catalog(source) => code_of(source),
            _ => None,
        }
    }

    pub(crate) fn class(&self) -> RetryClass {
        match self {
            Self::Migration(source) => rollout::class(source),
            Self::Backup(source) => source.class(),
            Self::Past(source) => source.class(),
            Self::Export(source) => source.class(),
            Self::Records(source) => source.class(),
            Self::Server { verb: CONNECT_TO_TENANT, source } if is_of_server(source) => {
                RetryClass::Away
            }
            Self::Releases(ReleasesError::Database(source))
            | Self::Server { source, .. }
            | Self::Catalog(source)
            | Self::Admin(ServerError::Database(source)) => class_of(source),
            Self::InTheWay(_) | Self::TooSlow { .. } | Self::NotNow(_) | Self::Unavailable(_) => {
                RetryClass::Passing
            }
            Self::Admin(ServerError::Gone(_) | ServerError::Key { .. })
            | Self::Releases(_)
            | Self::NoStore(_)
            | Self::Different(_)
            | Self::Refused(_)
            | Self::Killed
            | Self::Key(_)
            | Self::Gone
            | Self::Illegal
            | Self::Newer(_)
            | Self::Name(_)
            | Self::Verifier(_)
            | Self::Incomplete(_) => RetryClass::Lasting,
        }
    }
}

fn class_of(error: &tokio_postgres::Error) -> RetryClass {
    RetryClass::of_sqlstate(code_of(error))
}

fn is_of_server(error: &tokio_postgres::Error) -> bool {
    RetryClass::is_of_server(code_of(error))
}

fn code_of(error: &tokio_postgres::Error) -> Option<&str> {
    error.code().map(SqlState::code)
}

/// The whole chain as one sentence, as the operation keeps it: without what PostgreSQL adds of a customer's rows.
pub(crate) fn sentence(error: &StepError) -> String {
    // "db error: ERROR: .." says it twice.
    chain_without_rows(error, "ERROR: ").replace(": db error: ", ": ").replace('\n', "; ")
}

/// The same for the log, which more people read than may read the operation.
pub(crate) fn log_words(error: &StepError, operation: OperationId) -> String {
    match error.sqlstate() {
        Some(code) if may_quote_a_row(code) => format!(
            "PostgreSQL refused with {code}, in words that may quote a row; see: cloison operations show {operation}"
        ),
        _ => sentence(error),
    }
}
