//! Where archives are kept: a folder, or a bucket that speaks S3. Both do the same, and are tested by the same suite.
//!
//! What is acknowledged is there: a folder's files and their names are synced to the disk before the answer. What is not
//! acknowledged is never visible half-written. Names are parsed, bytes are streamed with bounded memory.
//!
//! Deliberately absent: what the objects mean, and encryption, which has happened before.

mod bucket;
mod check;
mod erase;
mod error;
mod folder;
mod key;
mod location;
mod object;
mod reader;
mod signed;
mod upload;
mod verdict;
mod wire;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio_util::task::TaskTracker;

use bucket::Bucket;
use folder::Folder;

pub use error::StoreError;
pub use key::{ObjectKey, ObjectKeyError};
pub use location::{BucketName, LocationError, S3Credentials, S3Options, StoreLocation};
pub use object::{Created, Deleted, History, ObjectReader, Stored, StoredObject};

/// What it takes to open a store.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    pub location: StoreLocation,
    /// Of no meaning to a folder, as the next.
    pub s3: S3Options,
    pub credentials: Option<S3Credentials>,
    pub patience: Patience,
}

/// How long a bucket is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect_max: Duration,
    /// With nothing coming. What is sent has a second more for each 128 KiB.
    pub silence_max: Duration,
    /// How often a request is sent again after a failure that may pass.
    pub retries_max: usize,
    /// Before the first of these; it grows from one to the next.
    pub pause: Duration,
    /// After the first try no other begins later than this.
    pub retrying_max: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect_max: Duration::from_secs(10),
            silence_max: Duration::from_secs(30),
            retries_max: 5,
            pause: Duration::from_millis(200),
            retrying_max: Duration::from_mins(2),
        }
    }
}

/// A place for objects. Clones are the same store.
#[derive(Clone)]
pub struct Store {
    location: Arc<StoreLocation>,
    place: Place,
}

#[derive(Clone)]
enum Place {
    Folder(Folder),
    Bucket(Arc<Bucket>),
}

impl Store {
    /// Asks nothing of the store; that is what [`Self::check`] is for. A bucket's client takes rustls' default provider,
    /// which the program has to install first.
    ///
    /// What is left of an upload that was dropped is removed on `tasks`, so that a shutdown waits for it.
    pub fn open(settings: &StoreSettings, tasks: &TaskTracker) -> Result<Self, LocationError> {
        let location = settings.location.clone();
        let place = match &location {
            StoreLocation::Folder(path) => {
                Place::Folder(Folder::new(path.clone(), location.to_string(), tasks.clone()))
            }
            StoreLocation::Bucket { bucket, prefix } => {
                Place::Bucket(Arc::new(Bucket::open(bucket, prefix.as_ref(), settings, tasks)?))
            }
        };
        Ok(Self { location: Arc::new(location), place })
    }

    pub fn location(&self) -> &StoreLocation {
        &self.location
    }

    /// Stores all that can be read, in place of what was there. A bucket takes 78 GiB at most.
    ///
    /// If it fails or is dropped, nothing of it is visible, and what was there before still is; unless a bucket was done with
    /// it, and only the answer was lost.
    pub async fn put(
        &self,
        key: &ObjectKey,
        input: impl AsyncRead + Send,
    ) -> Result<Stored, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.put(key, input).await,
            Place::Bucket(bucket) => bucket.put(key, input).await,
        }
    }

    /// Stores a small object, if there is none of that name. It is known to have been run before by what is there.
    pub async fn create(&self, key: &ObjectKey, bytes: Bytes) -> Result<Created, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.create(key, bytes).await,
            Place::Bucket(bucket) => bucket.create(key, bytes).await,
        }
    }

    /// The object as it is now, to be read at leisure: a broken connection is taken up where it broke. None if it is not there.
    pub async fn get(&self, key: &ObjectKey) -> Result<Option<ObjectReader>, StoreError> {
        self.get_from(key, 0).await
    }

    /// Without its first bytes.
    pub async fn get_from(
        &self,
        key: &ObjectKey,
        offset: u64,
    ) -> Result<Option<ObjectReader>, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.get(key, offset).await,
            Place::Bucket(bucket) => bucket.get(key, offset).await,
        }
    }

    /// All of an object, which must not be longer than this.
    pub async fn get_small(
        &self,
        key: &ObjectKey,
        bytes_max: u64,
    ) -> Result<Option<Bytes>, StoreError> {
        let Some(reader) = self.get(key).await? else { return Ok(None) };
        let bytes = reader.bytes();
        if bytes > bytes_max {
            return Err(self.broken(key, format!("it has {bytes} bytes, over {bytes_max}")));
        }
        self.read(key, reader, bytes).await.map(Some)
    }

    /// A piece of an object, which must be as long as that.
    pub async fn get_range(
        &self,
        key: &ObjectKey,
        range: Range<u64>,
    ) -> Result<Option<Bytes>, StoreError> {
        let Some(reader) = self.get_from(key, range.start).await? else { return Ok(None) };
        if range.end > reader.bytes() {
            return Err(self.broken(key, format!("it ends before byte {}", range.end)));
        }
        let bytes = range.end.saturating_sub(range.start);
        self.read(key, reader, bytes).await.map(Some)
    }

    async fn read(
        &self,
        key: &ObjectKey,
        reader: ObjectReader,
        bytes: u64,
    ) -> Result<Bytes, StoreError> {
        let mut all = Vec::new();
        match reader.take(bytes).read_to_end(&mut all).await {
            Ok(read) if read as u64 == bytes => Ok(all.into()),
            Ok(read) => Err(self.broken(key, format!("it ends after {read} bytes"))),
            Err(error) => Err(StoreError::of_read(&self.to_string(), key.as_str(), error)),
        }
    }

    fn broken(&self, key: &ObjectKey, why: String) -> StoreError {
        StoreError::Broken { store: self.location.to_string(), key: key.to_string(), why }
    }

    /// What is there of an object, without its bytes.
    pub async fn stat(&self, key: &ObjectKey) -> Result<Option<StoredObject>, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.stat(key).await,
            Place::Bucket(bucket) => bucket.stat(key).await,
        }
    }

    /// All objects below a name, or all there are, in the order of their names. What bears a name that is not an
    /// [`ObjectKey`] is not ours and is left out.
    pub fn list(
        &self,
        below: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<StoredObject, StoreError>> {
        match &self.place {
            Place::Folder(folder) => folder.list(below),
            Place::Bucket(bucket) => bucket.list(below),
        }
    }

    /// Whether they are there or not. In a bucket with versions they are hidden by this; see [`Self::delete_prefix`].
    pub async fn delete(&self, keys: &[ObjectKey]) -> Result<(), StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.delete(keys).await,
            Place::Bucket(bucket) => bucket.delete(keys).await,
        }
    }

    /// Deletes what is left of uploads that a process did not live to finish, and says how many there were. Whatever was begun
    /// or written to since `before` may still be at work and stays. Not every store that speaks S3 lists such uploads.
    pub async fn delete_unfinished(&self, before: Timestamp) -> Result<u64, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.delete_unfinished(before).await,
            Place::Bucket(bucket) => bucket.delete_unfinished(before).await,
        }
    }

    /// Everything below a name: objects, in a bucket also all their versions and delete markers, and what is left of uploads
    /// that never ended. One that cannot be deleted does not keep the others; but it is an error.
    pub async fn delete_prefix(&self, prefix: &ObjectKey) -> Result<Deleted, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.delete_prefix(prefix).await,
            Place::Bucket(bucket) => bucket.delete_prefix(prefix).await,
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.location)
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.location.fmt(f)
    }
}
