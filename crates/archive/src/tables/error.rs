//! Why a database could not be read.

use tokio_postgres::error::SqlState;

#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// Wait, and try again.
    #[error(
        "a table stayed locked for {seconds} s, most likely by a migration; nothing was read; try again when it is over"
    )]
    Locked { seconds: u64, source: tokio_postgres::Error },
    /// Wait, and try again.
    #[error(
        "tables were made or dropped in the very moment of reading, {attempts} times in a row; try again when that is over"
    )]
    Restless { attempts: u32 },
    #[error("cannot {doing}")]
    Server { doing: String, source: tokio_postgres::Error },
}

impl TablesError {
    pub(crate) fn server(doing: impl Into<String>) -> impl FnOnce(tokio_postgres::Error) -> Self {
        |source| Self::Server { doing: doing.into(), source }
    }

    /// What the server says of it, if it was the server's.
    pub fn sqlstate(&self) -> Option<&SqlState> {
        match self {
            Self::Locked { source, .. } | Self::Server { source, .. } => source.code(),
            Self::Restless { .. } => None,
        }
    }
}
