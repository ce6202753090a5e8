//! What can go wrong with a store, by what the caller can do about it.
//!
//! Not here: how an answer of an S3 server is read; see [`super::verdict`].

use std::error::Error;
use std::io;

/// What lies behind an error.
pub(super) type Source = Box<dyn Error + Send + Sync>;

/// Why a store did not do what it was asked.
///
/// `store` is the store's address, as [`super::StoreLocation`] shows it: no error holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nobody answers, not in time, or with a failure of its own. It may pass.
    #[error(
        "the object store {store} cannot be worked with: {why}; see that it is up and can be reached from here, then try again"
    )]
    Unreachable { store: String, why: String, source: Option<Source> },
    /// The credentials are wrong, or lack a right.
    #[error("the object store {store} refuses: {why}; {advice}")]
    Refused { store: String, why: String, advice: &'static str, source: Option<Source> },
    #[error("the object store {store} has no such bucket: make it, or correct its name")]
    MissingBucket { store: String },
    /// Someone else works on the same object at the same time. It passes.
    #[error("{key} in the object store {store} is being written by someone else: try again")]
    Conflict { store: String, key: String },
    /// An object is not what it must be.
    #[error("{key} in the object store {store} cannot be used: {why}")]
    Broken { store: String, key: String, why: String },
    /// It passes once there is room.
    #[error("the object store {store} is full: make room, then try again")]
    Full { store: String, source: Option<Source> },
    /// It is not such a store.
    #[error("the object store {store} cannot {what}: {advice}")]
    Unable { store: String, what: &'static str, advice: &'static str },
    /// Not the store, but what was to be put into it.
    #[error("what was to be stored as {key} cannot be read to its end")]
    Input { key: String, source: io::Error },
    /// Something that was to be deleted is still there.
    #[error(
        "{left} of the objects and versions below {prefix} in the object store {store} could not be deleted, the first because of: {first}"
    )]
    Left { store: String, prefix: String, left: u64, first: String, passing: bool },
    /// All else.
    #[error("the object store {store} failed: {why}")]
    Other { store: String, why: String, source: Option<Source> },
}

impl StoreError {
    /// Whether the same call may well succeed later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Conflict { .. } | Self::Full { .. } => true,
            Self::Left { passing, .. } => *passing,
            Self::Refused { .. }
            | Self::MissingBucket { .. }
            | Self::Broken { .. }
            | Self::Unable { .. }
            | Self::Input { .. }
            | Self::Other { .. } => false,
        }
    }

    /// What the reading of an object failed with, which may be inside.
    pub fn of_read(store: &str, key: &str, error: io::Error) -> Self {
        let store = store.to_owned();
        error.downcast().unwrap_or_else(|it| Self::of_folder(store, &format!("read {key}"), it))
    }

    /// What the file system says. `doing` is verb and object.
    pub(super) fn of_folder(store: String, doing: &str, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full { store, source: Some(error.into()) }
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Refused {
                store,
                why: format!("cannot {doing}: {error}"),
                advice: "let the account that Cloison runs as read and write there",
                source: Some(error.into()),
            },
            _ => Self::Other {
                store,
                why: format!("cannot {doing}: {error}"),
                source: Some(error.into()),
            },
        }
    }
}

impl From<StoreError> for io::Error {
    fn from(error: StoreError) -> Self {
        Self::other(error)
    }
}
