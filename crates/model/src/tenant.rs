//! The states of a tenant and of an operation, as words shared by database, API and log.
//!
//! Billing, access and infrastructure are three things: a paid-up customer must not be locked out
//! because their database is being moved.

use std::fmt;
use std::str::FromStr;

/// What the tenant may do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessMode {
    Full,
    ReadOnly,
    ExportOnly,
    Blocked,
}

/// Where the tenant's database is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Provisioning,
    Ready,
    Moving,
    Restoring,
    Archived,
    Erasing,
    Erased,
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationState {
    Running,
    Done,
    Failed,
}

/// A word in the control database that this build does not know: it was written by a newer one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a state this version knows")]
pub struct UnknownWord(String);

impl UnknownWord {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.to_owned())
    }
}

impl AccessMode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::ReadOnly => "READ_ONLY",
            Self::ExportOnly => "EXPORT_ONLY",
            Self::Blocked => "BLOCKED",
        }
    }
}

impl Phase {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Ready => "READY",
            Self::Moving => "MOVING",
            Self::Restoring => "RESTORING",
            Self::Archived => "ARCHIVED",
            Self::Erasing => "ERASING",
            Self::Erased => "ERASED",
        }
    }
}

impl OperationState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Done => "DONE",
            Self::Failed => "FAILED",
        }
    }
}

impl FromStr for AccessMode {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        [Self::Full, Self::ReadOnly, Self::ExportOnly, Self::Blocked]
            .into_iter()
            .find(|it| it.as_str() == word)
            .ok_or_else(|| UnknownWord::new(word))
    }
}

impl FromStr for Phase {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        [
            Self::Provisioning,
            Self::Ready,
            Self::Moving,
            Self::Restoring,
            Self::Archived,
            Self::Erasing,
            Self::Erased,
        ]
        .into_iter()
        .find(|it| it.as_str() == word)
        .ok_or_else(|| UnknownWord::new(word))
    }
}

impl fmt::Display for AccessMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for mode in
            [AccessMode::Full, AccessMode::ReadOnly, AccessMode::ExportOnly, AccessMode::Blocked]
        {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        assert_eq!("READY".parse(), Ok(Phase::Ready));
        assert!("ready".parse::<Phase>().is_err());
    }
}
