//! The first of several things that could not be done, for a round that does not end at one.

use crate::operations::StepError;

/// One object that cannot be deleted, as by a lock on it, must not keep those behind it.
#[derive(Debug, Default)]
pub(crate) struct FirstError(Option<StepError>);

impl FirstError {
    /// What was done, if it was.
    pub(crate) fn note<T>(&mut self, done: Result<T, impl Into<StepError>>) -> Option<T> {
        match done {
            Ok(done) => Some(done),
            Err(error) => {
                self.0.get_or_insert(error.into());
                None
            }
        }
    }

    /// What came of the round; an error if anything of it failed.
    pub(crate) fn told<T>(self, done: T) -> Result<T, StepError> {
        match self.0 {
            Some(error) => Err(error),
            None => Ok(done),
        }
    }
}
