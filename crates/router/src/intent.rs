//! What a connection is wanted for.

use std::time::Duration;

/// What the caller means to do with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Intent {
    /// Read and write, on the tenant's primary server.
    ReadWrite,
    /// Read only, on any server that is at most so far behind the primary. A statement that writes is
    /// refused (SQLSTATE 25006), on the primary, too: what works here today must work on a replica
    /// tomorrow.
    ///
    /// It guards against mistakes, not against malice: a session can undo it.
    ReadOnly {
        /// How old an answer may be. Zero is the primary.
        max_lag: Duration,
    },
}

impl Intent {
    /// Read only, however far behind.
    pub const ANY_AGE: Self = Self::ReadOnly { max_lag: Duration::MAX };

    pub(crate) fn is_read_only(self) -> bool {
        match self {
            Self::ReadWrite => false,
            Self::ReadOnly { max_lag: _ } => true,
        }
    }
}
