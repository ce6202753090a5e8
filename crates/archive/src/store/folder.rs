//! A store that is a folder on this machine.
//!
//! An object is written beside its place under a name that no object has, synced, and then given its own; the folder is synced
//! after that. So a crash leaves at most a file that no list shows, and nothing that was acknowledged is lost with the power.
//!
//! Folders are 0700 and files 0600 from the moment they exist, which is why `object_store`'s own folders are not used here:
//! theirs are what the process's umask makes of them.

mod tree;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncSeekExt as _};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::error::StoreError;
use super::key::ObjectKey;
use super::object::{Created, Deleted, ObjectReader, Stored, StoredObject};
use super::upload::{Sum, fill};

/// What the name of a file that is being written has and no object's has.
const UNFINISHED: char = '~';

/// What is handed to the disk at once.
const BLOCK_BYTES: usize = 1 << 20;

/// Someone who tidies up may take an empty folder away before a file is in it. Not so often in a row.
const STAGE_TRIES_MAX: usize = 5;

#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: Arc<Path>,
    /// As it is shown.
    store: Arc<str>,
    tasks: TaskTracker,
}

impl Folder {
    pub(super) fn new(root: PathBuf, store: String, tasks: TaskTracker) -> Self {
        Self { root: root.into(), store: store.into(), tasks }
    }

    pub(super) async fn put(
        &self,
        key: &ObjectKey,
        input: impl AsyncRead + Send,
    ) -> Result<Stored, StoreError> {
        let mut input = pin!(input);
        let mut staged = self.stage(key).await?;
        let mut sum = Sum::new();
        let mut block = BytesMut::new();
        loop {
            let ended = fill(&mut input, &mut block, BLOCK_BYTES).await;
            let ended =
                ended.map_err(|source| StoreError::Input { key: key.to_string(), source })?;
            (staged, block, sum) = self
                .blocking(format!("write {key}"), move || {
                    sum.add(&block);
                    staged.file.write_all(&block)?;
                    block.clear();
                    Ok((staged, block, sum))
                })
                .await?;
            if ended {
                break;
            }
        }
        let path = self.path(key);
        self.blocking(format!("finish {key}"), move || staged.replace(&path)).await?;
        Ok(sum.stored())
    }

    pub(super) async fn create(
        &self,
        key: &ObjectKey,
        bytes: Bytes,
    ) -> Result<Created, StoreError> {
        let mut staged = self.stage(key).await?;
        let path = self.path(key);
        self.blocking(format!("create {key}"), move || {
            staged.file.write_all(&bytes)?;
            if staged.add(&path)? {
                return Ok(Created::New);
            }
            // Not more than it takes to tell.
            let mut there = Vec::new();
            let file = File::open(&path)?;
            (&file).take(bytes.len() as u64 + 1).read_to_end(&mut there)?;
            if there != bytes {
                return Ok(Created::Other);
            }
            // Whoever made it may have been stopped before it was on the disk.
            file.sync_all()?;
            sync_parent(&path)?;
            Ok(Created::Same)
        })
        .await
    }

    pub(super) async fn get(
        &self,
        key: &ObjectKey,
        offset: u64,
    ) -> Result<Option<ObjectReader>, StoreError> {
        let doing = format!("open {key}");
        let path = self.path(key);
        let opened = self
            .blocking(doing.clone(), move || {
                let Some(file) = if_there(File::open(path))? else { return Ok(None) };
                let metadata = file.metadata()?;
                Ok(metadata.is_file().then_some((file, metadata.len())))
            })
            .await?;
        let Some((file, bytes)) = opened else { return Ok(None) };
        if offset > bytes {
            let why = format!("it ends before byte {offset}");
            return Err(StoreError::Broken {
                store: self.store.to_string(),
                key: key.to_string(),
                why,
            });
        }
        let mut file = tokio::fs::File::from_std(file);
        file.seek(SeekFrom::Start(offset)).await.map_err(|error| self.failed(&doing, error))?;
        Ok(Some(ObjectReader::new(bytes, file)))
    }

    pub(super) async fn stat(&self, key: &ObjectKey) -> Result<Option<StoredObject>, StoreError> {
        let path = self.path(key);
        let key = key.clone();
        self.blocking(format!("look at {key}"), move || {
            let metadata = if_there(fs::metadata(path))?.filter(fs::Metadata::is_file);
            metadata.map(|it| stored_object(key, &it)).transpose()
        })
        .await
    }

    pub(super) fn list(
        &self,
        below: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<StoredObject, StoreError>> {
        let (folder, below) = (self.clone(), below.cloned());
        let listed = async move {
            let root = Arc::clone(&folder.root);
            let doing = "list the objects".to_owned();
            let listed = folder.blocking(doing, move || tree::list(&root, below.as_ref())).await;
            match listed {
                Ok(objects) => stream::iter(objects).map(Ok).boxed(),
                Err(error) => stream::iter([Err(error)]).boxed(),
            }
        };
        stream::once(listed).flatten().boxed()
    }

    pub(super) async fn delete(&self, keys: &[ObjectKey]) -> Result<(), StoreError> {
        let (root, keys) = (Arc::clone(&self.root), keys.to_vec());
        self.blocking("delete objects".to_owned(), move || tree::delete(&root, &keys)).await
    }

    pub(super) async fn delete_unfinished(&self, before: Timestamp) -> Result<u64, StoreError> {
        let root = Arc::clone(&self.root);
        let doing = "delete what never came to an end".to_owned();
        self.blocking(doing, move || tree::delete_unfinished(&root, before)).await
    }

    pub(super) async fn delete_prefix(&self, prefix: &ObjectKey) -> Result<Deleted, StoreError> {
        let (root, below) = (Arc::clone(&self.root), self.path(prefix));
        let cleared = self
            .blocking(format!("delete what is below {prefix}"), move || tree::clear(&root, &below))
            .await?;
        match cleared.failed {
            None => Ok(cleared.deleted),
            Some((left, first)) => Err(StoreError::Left {
                store: self.store.to_string(),
                prefix: prefix.to_string(),
                left,
                first: first.to_string(),
                // Someone has put an object there meanwhile.
                passing: first.kind() == ErrorKind::DirectoryNotEmpty,
            }),
        }
    }

    /// A file for what will be the object, in a folder that is there to stay.
    async fn stage(&self, key: &ObjectKey) -> Result<Staged, StoreError> {
        let path = self.path(key);
        let (root, tasks) = (Arc::clone(&self.root), self.tasks.clone());
        self.blocking(format!("create {key}"), move || {
            let mut tries = 0;
            loop {
                tries += 1;
                make_folders(&root, &path)?;
                let staged = staged_path(&path)?;
                let mut options = OpenOptions::new();
                match options.write(true).create_new(true).mode(0o600).open(&staged) {
                    Ok(file) => {
                        let waited_for = tasks.token();
                        let path = Some(staged);
                        return Ok(Staged { file, path, tasks, _waited_for: waited_for });
                    }
                    Err(error)
                        if error.kind() == ErrorKind::NotFound && tries < STAGE_TRIES_MAX => {}
                    Err(error) => return Err(error),
                }
            }
        })
        .await
    }

    fn path(&self, key: &ObjectKey) -> PathBuf {
        self.root.join(key.as_str())
    }

    /// `doing` is verb and object, for the error.
    async fn blocking<T: Send + 'static>(
        &self,
        doing: String,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let done = spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
        done.map_err(|error| self.failed(&doing, error))
    }

    fn failed(&self, doing: &str, error: io::Error) -> StoreError {
        StoreError::of_folder(self.store.to_string(), doing, error)
    }
}

/// A file that is being written. It is removed when it is dropped, whatever has become of it.
#[derive(Debug)]
struct Staged {
    file: File,
    /// None once it has gone, or has its own name.
    path: Option<PathBuf>,
    tasks: TaskTracker,
    /// As long as it is there, a shutdown waits.
    _waited_for: TaskTrackerToken,
}

impl Staged {
    /// Takes the place of what is there.
    fn replace(mut self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        if let Some(staged) = &self.path {
            fs::rename(staged, path)?;
            self.path = None;
        }
        sync_parent(path)
    }

    /// Takes the place if nothing is there; false if something is.
    fn add(mut self, path: &Path) -> io::Result<bool> {
        self.file.sync_all()?;
        let Some(staged) = self.path.take() else { return Ok(false) };
        let linked = fs::hard_link(&staged, path);
        fs::remove_file(staged)?;
        match linked {
            Ok(()) => sync_parent(path).map(|()| true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let Some(path) = self.path.take() else { return };
        let remove = move || drop(fs::remove_file(path));
        // Giving back what a large file takes is work for a disk.
        match Handle::try_current() {
            Ok(runtime) => drop(self.tasks.spawn_blocking_on(remove, &runtime)),
            Err(_outside) => remove(),
        }
    }
}

fn staged_path(path: &Path) -> io::Result<PathBuf> {
    let random = getrandom::u64().map_err(io::Error::from)?;
    let mut staged = path.as_os_str().to_owned();
    staged.push(format!("{UNFINISHED}{random:016x}"));
    Ok(staged.into())
}

/// Those above `path`, each of them on the disk.
fn make_folders(root: &Path, path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(root);
    let missing: Vec<_> = folder.ancestors().take_while(|it| !it.is_dir()).collect();
    for folder in missing.into_iter().rev() {
        match DirBuilder::new().mode(0o700).create(folder) {
            Ok(()) => sync_parent(folder)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A name is on the disk when its folder is.
fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// A name that leads through a file leads nowhere.
fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(it) => Ok(Some(it)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn stored_object(key: ObjectKey, metadata: &fs::Metadata) -> io::Result<StoredObject> {
    let modified = Timestamp::try_from(metadata.modified()?).map_err(io::Error::other)?;
    Ok(StoredObject { key, bytes: metadata.len(), modified })
}
