//! A store of each kind, and what lies behind it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cloison_archive::{
    ObjectKey, Patience, S3Credentials, S3Options, Store, StoreLocation, StoreSettings,
};
use cloison_model::Secret;
use futures_util::TryStreamExt as _;
use tokio_util::task::TaskTracker;

use super::bucket::Server;

pub(crate) const KEY_ID: &str = "AKIAEXAMPLE";
pub(crate) const SECRET: &str = "not-to-be-seen";
pub(crate) const BUCKET: &str = "archives";

/// A store, empty, with all that it runs on.
pub(crate) struct World {
    pub(crate) store: Store,
    /// What it does beside what is asked of it.
    pub(crate) tasks: TaskTracker,
    /// Where the objects are as files, below their names.
    pub(crate) files: PathBuf,
    /// What the network does to it; a folder has none.
    pub(crate) server: Option<Server>,
    folder: Folder,
}

/// A folder that goes when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("cloison-store-{}-{number}", process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

impl World {
    pub(crate) fn folder() -> Self {
        let folder = Folder::new();
        let files = folder.path().join("store");
        let location = StoreLocation::Folder(files.clone());
        let tasks = TaskTracker::new();
        let store = Store::open(&settings(location, 0), &tasks).unwrap();
        Self { store, tasks, files, server: None, folder }
    }

    pub(crate) async fn bucket() -> Self {
        let folder = Folder::new();
        let files = folder.path().join(BUCKET).join("pre/fix");
        fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let server = Server::start(folder.path()).await;
        let tasks = TaskTracker::new();
        let store = open(server.port, patience(), &tasks);
        Self { store, tasks, files, server: Some(server), folder }
    }

    /// The same bucket with another patience, or over another port.
    pub(crate) fn reopen(&self, port: u16, patience: Patience) -> Store {
        open(port, patience, &self.tasks)
    }

    pub(crate) fn server(&self) -> &Server {
        self.server.as_ref().expect("a bucket")
    }

    pub(crate) async fn names(&self, below: Option<&str>) -> Vec<String> {
        let below = below.map(key);
        let listed: Vec<_> = self.store.list(below.as_ref()).try_collect().await.unwrap();
        listed.into_iter().map(|it| it.key.to_string()).collect()
    }

    /// Nothing is left of what never came to an end, neither among the objects nor where a server keeps parts.
    pub(crate) async fn see_nothing_unfinished(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                assert!(!name.contains('~') && !name.contains("upload"), "{}", path.display());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
    }
}

fn open(port: u16, patience: Patience, tasks: &TaskTracker) -> Store {
    let location = format!("s3://{BUCKET}/pre/fix").parse().unwrap();
    let settings = StoreSettings { patience, ..settings(location, port) };
    Store::open(&settings, tasks).unwrap()
}

/// Waits as long as any machine takes, and not at all between tries.
pub(crate) fn patience() -> Patience {
    Patience {
        connect_max: Duration::from_mins(1),
        silence_max: Duration::from_mins(1),
        retries_max: 3,
        pause: Duration::from_millis(1),
        retrying_max: Duration::from_mins(1),
    }
}

pub(crate) fn settings(location: StoreLocation, port: u16) -> StoreSettings {
    drop(rustls::crypto::ring::default_provider().install_default());
    StoreSettings {
        location,
        s3: S3Options {
            endpoint: Some(format!("http://127.0.0.1:{port}")),
            path_style: true,
            ..S3Options::default()
        },
        credentials: Some(S3Credentials {
            access_key_id: KEY_ID.to_owned(),
            secret_access_key: Secret::new(SECRET),
            session_token: None,
        }),
        patience: patience(),
    }
}

pub(crate) fn key(text: &str) -> ObjectKey {
    text.parse().unwrap()
}

/// Bytes that repeat nowhere near, so that no piece is mistaken for another.
pub(crate) fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = Vec::with_capacity(bytes + 8);
    while noise.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        noise.extend_from_slice(&state.to_le_bytes());
    }
    noise.truncate(bytes);
    noise
}
