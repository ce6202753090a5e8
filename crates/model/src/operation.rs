//! Operations: durable work on one tenant or one spare, as values and pure decisions.
//!
//! An operation is a list of steps. Each step is one effect that can be run twice, and then one commit in the
//! control database; so a crash is answered by reading which step the row names. Not here: running one.

mod kind;
mod retry;
mod step;

pub use kind::{Cancel, Course, OperationKind};
pub use retry::{ATTEMPTS_MAX, Retry, RetryClass, retry};
pub use step::{Direction, Step};

use crate::words::words;

words! {
    /// How far an operation has come.
    OperationState {
        /// Not at its end: somebody works on it, or it waits and says why.
        Running = "RUNNING",
        Done = "DONE",
        Failed = "FAILED",
        Cancelled = "CANCELLED",
    }
}

impl OperationState {
    pub fn is_end(self) -> bool {
        match self {
            Self::Running => false,
            Self::Done | Self::Failed | Self::Cancelled => true,
        }
    }
}
