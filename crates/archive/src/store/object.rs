//! What a store answers with.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use jiff::Timestamp;
use tokio::io::{AsyncRead, ReadBuf};

use super::key::ObjectKey;

/// What was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// What became of an object that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    New,
    /// It is there already, and is the same.
    Same,
    /// Another is there, and has been left alone.
    Other,
}

/// An object in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredObject {
    pub key: ObjectKey,
    pub bytes: u64,
    pub modified: Timestamp,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// What was to be seen.
    pub objects: u64,
    /// Older versions, and delete markers.
    pub versions: u64,
    /// Uploads and files that never came to an end.
    pub unfinished: u64,
    pub history: History,
}

/// Whether the store keeps what is deleted or replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// It knows no versions.
    #[default]
    NotKept,
    /// It was asked for all versions.
    Listed,
}

/// An object that is being read. An error is a [`super::StoreError`] inside, or the file system's.
pub struct ObjectReader {
    bytes: u64,
    from: Pin<Box<dyn AsyncRead + Send>>,
}

impl ObjectReader {
    pub(super) fn new(bytes: u64, from: impl AsyncRead + Send + 'static) -> Self {
        Self { bytes, from: Box::pin(from) }
    }

    /// Of the whole object, wherever the reading began.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl AsyncRead for ObjectReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.from.as_mut().poll_read(context, buffer)
    }
}

impl fmt::Debug for ObjectReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectReader").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
