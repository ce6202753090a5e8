//! The folder of one scratch server, which goes with it; and those that crashes have left.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, ErrorKind},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process,
    sync::Arc,
};

use cloison_local_postgres::{Cluster, ClusterConfig, Room, StartError};
use tokio::task::spawn_blocking;

use super::{Order, RestoreError};
use crate::stanza::Stanza;

const PREFIX: &str = "scratch-";
/// Held shared while a folder is made and locked, so that nobody takes it for left over in between.
const MAKING: &str = "making.lock";
/// Restores at a time, of all processes.
const SCRATCHES_MAX: u32 = 100;

/// Removed, server and all, when dropped.
#[derive(Debug)]
pub(super) struct Site {
    data_dir: PathBuf,
    /// `None` in its destructor only.
    room: Option<Room>,
}

fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> RestoreError {
    move |source| RestoreError::Io { action, path: path.to_owned(), source }
}

impl Site {
    /// A new folder, with an empty one in it for the files.
    pub(super) async fn make(stanza: &Stanza, order: &Order) -> Result<Arc<Self>, RestoreError> {
        let (folder, account) = (order.folder.clone(), stanza.account().clone());
        let making = move || {
            let _making = making_lock(&folder)?;
            let data_dir = unused(&folder)?;
            let config = ClusterConfig { account: Some(account), ..ClusterConfig::new(&data_dir) };
            let mut site = Self { data_dir, room: None };
            let room = Room::take(&config)?;
            let data = room.data();
            room.account().private_dir(&data).map_err(at("make the folder", &data))?;
            site.room = Some(room);
            Ok(Arc::new(site))
        };
        spawn_blocking(making).await.map_err(|_ended| RestoreError::Ended)?
    }

    pub(super) fn room(&self) -> &Room {
        self.room.as_ref().expect("only the destructor takes it")
    }

    pub(super) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    pub(super) fn data(&self) -> PathBuf {
        self.room().data()
    }

    pub(super) fn log(&self) -> PathBuf {
        self.room().log()
    }

    pub(super) fn log_bytes(&self) -> u64 {
        fs::metadata(self.log()).map_or(0, |it| it.len())
    }

    /// Makes the restored files those of a server that replays an archive, and that knows nothing of what the live one
    /// was told by ALTER SYSTEM.
    pub(super) fn prepare(&self) -> Result<(), RestoreError> {
        for name in ["postgresql.auto.conf", "recovery.signal"] {
            let path = self.data().join(name);
            fs::write(&path, "").map_err(at("write", &path))?;
            self.room().account().own(&path)?;
        }
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // Lets go of the lock.
        drop(self.room.take());
        if let Err(error) = remove(&self.data_dir) {
            tracing::warn!(%error, "{} stays until leftovers are cleared", self.data_dir.display());
        }
    }
}

fn making_lock(folder: &Path) -> Result<File, RestoreError> {
    // Passed through by the server's user, and listed by nobody.
    DirBuilder::new()
        .recursive(true)
        .mode(0o711)
        .create(folder)
        .map_err(at("make the folder", folder))?;
    let path = folder.join(MAKING);
    let file = File::options().create(true).append(true).open(&path).map_err(at("open", &path))?;
    file.lock_shared().map_err(at("lock", &path))?;
    Ok(file)
}

fn unused(folder: &Path) -> Result<PathBuf, RestoreError> {
    for number in 1..=SCRATCHES_MAX {
        let dir = folder.join(format!("{PREFIX}{}-{number}", process::id()));
        match DirBuilder::new().mode(0o711).create(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at("make the folder", &dir)(error)),
        }
    }
    Err(at("find an unused name in", folder)(ErrorKind::AlreadyExists.into()))
}

fn remove(data_dir: &Path) -> Result<(), StartError> {
    Cluster::remove(data_dir)?;
    fs::remove_dir_all(data_dir).map_err(|source| StartError::Io {
        action: "remove",
        path: data_dir.to_owned(),
        source,
    })
}

/// Stops and removes scratch servers whose process has ended without doing so, and says how many. Those in use stay.
/// Blocks for as long as removing takes.
pub fn clear_leftovers(folder: &Path) -> Result<usize, RestoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(at("list", folder)(error)),
    };
    let making = folder.join(MAKING);
    let lock = File::options().create(true).append(true).open(&making);
    let lock = lock.map_err(at("open", &making))?;
    lock.lock().map_err(at("lock", &making))?;
    let mut cleared = 0;
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        match remove(&entry.path()) {
            Ok(()) => cleared += 1,
            Err(StartError::Busy { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(cleared)
}
