//! A keystore that is a folder, with a file a key.
//!
//! A key is gone with its file, and the time of that is kept in a second file for ever. Overwriting the first would promise more than
//! disks do today. **Copies of the folder made before still hold the key**: snapshots of the disk, images of the machine, a backup that took in
//! all of it. So keep it out of backups that outlive the promise, and keep one copy elsewhere, to be pruned as keys are destroyed: whoever
//! loses the folder has lost every archive.

mod files;
mod key_file;
mod tombstone;

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::task::spawn_blocking;

use self::tombstone::Tombstone;
use super::sealing::{self, KeyBytes};
use super::{Destroyed, KeyName, Keystore, KeystoreError, SecretBytes};

/// Tells a keystore's folder from an empty one, such as the place where its disk is not mounted: keys made there would not be the keys.
const MARK: &str = "README";
const MARK_TEXT: &str = "\
Cloison keystore, format 1.

The files here open every archive that Cloison makes. Without them no archive can be restored.
Keep a copy of this folder apart from the archives and from the backups of the control database.
A file NAME.destroyed says that the key NAME is gone on purpose: remove NAME.key from the copies too.
";

/// Keys in files of a folder that only their owner may enter. Cheap to clone.
#[derive(Clone, Debug)]
pub struct DirectoryKeystore {
    folder: PathBuf,
}

impl DirectoryKeystore {
    /// Uses a keystore that is there.
    pub fn open(folder: &Path) -> Result<Self, KeystoreError> {
        let keystore = Self { folder: folder.to_owned() };
        keystore.check_folder()?;
        Ok(keystore)
    }

    /// Makes a keystore where there is no folder yet, or an empty one that was made for it. One that is there stays as it is.
    pub fn make(folder: &Path) -> Result<Self, KeystoreError> {
        let keystore = Self { folder: folder.to_owned() };
        let failed = |error| keystore.unusable("cannot make the folder", error);
        if folder.try_exists().map_err(failed)? {
            let mut inside = folder.read_dir().map_err(failed)?;
            if inside.all(|it| it.is_ok_and(|it| files::is_leftover_of(&it.path(), MARK))) {
                files::write_new(folder, MARK, MARK_TEXT.as_bytes()).map_err(failed)?;
            }
        } else {
            files::make_folder(folder, MARK, MARK_TEXT.as_bytes()).map_err(failed)?;
        }
        keystore.check_folder()?;
        Ok(keystore)
    }

    /// Makes a keystore if there is no such folder. Where a folder is, it must be one already.
    pub fn open_or_make(folder: &Path) -> Result<Self, KeystoreError> {
        match folder.try_exists() {
            Ok(false) => Self::make(folder),
            Ok(true) | Err(_) => Self::open(folder),
        }
    }

    pub(super) fn ensure_now(&self, name: KeyName) -> Result<(), KeystoreError> {
        self.check_alive(name)?;
        if self.key_find(name)?.is_none() {
            let made = key_file::make(&self.folder, name, &sealing::random_key());
            // Whoever destroyed it meanwhile has removed what we were at, or came too early to see it.
            if let Err(dead) = self.check_alive(name) {
                key_file::remove(&self.folder, name)
                    .map_err(|error| self.failed("remove", name, error))?;
                return Err(dead);
            }
            made.map_err(|error| self.failed("make", name, error))?;
            self.key(name)?;
        }
        // Also where another process has made it a moment ago: nothing may be wrapped with a key that a power cut takes away.
        files::sync(&self.folder).map_err(|error| self.failed("make", name, error))
    }

    pub(super) fn destroy_now(
        &self,
        name: KeyName,
        now: impl Fn() -> Timestamp,
    ) -> Result<Destroyed, KeystoreError> {
        self.check_folder()?;
        let failed = |error| self.failed("destroy", name, error);
        // The tombstone first: a key without it that is missing would be made anew.
        let found = self.tombstone(name)?;
        let begun = found.unwrap_or_else(|| Tombstone { begun_at: now(), gone_at: None });
        tombstone::write_begun(&self.folder, name, begun.begun_at).map_err(failed)?;
        // Its writer may not have got so far.
        files::sync(&self.folder).map_err(failed)?;
        let removed = key_file::remove(&self.folder, name).map_err(failed)?;
        files::sync(&self.folder).map_err(failed)?;
        if let (Some(gone_at), 0) = (begun.gone_at, removed) {
            return Ok(Destroyed { gone_at });
        }
        let gone_at = now();
        tombstone::write_gone(&self.folder, name, begun.begun_at, gone_at).map_err(failed)?;
        Ok(Destroyed { gone_at })
    }

    fn key(&self, name: KeyName) -> Result<KeyBytes, KeystoreError> {
        self.check_alive(name)?;
        self.key_find(name)?
            .ok_or_else(|| KeystoreError::NeverMade { name, keystore: self.describe() })
    }

    fn key_find(&self, name: KeyName) -> Result<Option<KeyBytes>, KeystoreError> {
        key_file::read(&self.folder, name).map_err(|error| self.failed("read", name, error))
    }

    fn check_alive(&self, name: KeyName) -> Result<(), KeystoreError> {
        self.check_folder()?;
        match self.tombstone(name)? {
            None => Ok(()),
            Some(it) => {
                Err(KeystoreError::Destroyed { name, at: it.gone_at.unwrap_or(it.begun_at) })
            }
        }
    }

    fn tombstone(&self, name: KeyName) -> Result<Option<Tombstone>, KeystoreError> {
        tombstone::read(&self.folder, name).map_err(|error| self.failed("read", name, error))
    }

    /// Each time: a folder can be unmounted, and its rights changed, while the program runs.
    fn check_folder(&self) -> Result<(), KeystoreError> {
        let why = match self.folder.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                "the folder is missing: mount it, or bring it back from its copy; if there never was one, make it".to_owned()
            }
            Err(error) => return Err(self.unusable("cannot look at the folder", error)),
            Ok(it) if !it.is_dir() => "it is not a folder".to_owned(),
            Ok(it) if files::is_open_to_others(&it) => format!(
                "others than its owner may enter the folder; see who was there, then: chmod 700 {}",
                self.folder.display()
            ),
            Ok(_) if !self.folder.join(MARK).exists() => format!(
                "the folder holds no keystore (it has no file {MARK}): its disk may not be mounted; if it is new, make a keystore in it"
            ),
            Ok(_) => return Ok(()),
        };
        Err(KeystoreError::Unusable { keystore: self.describe(), why, source: None })
    }

    fn failed(&self, verb: &str, name: KeyName, error: io::Error) -> KeystoreError {
        self.unusable(format!("cannot {verb} the key '{name}'"), error)
    }

    fn unusable(&self, why: impl Display, error: io::Error) -> KeystoreError {
        KeystoreError::Unusable {
            keystore: self.describe(),
            why: why.to_string(),
            source: Some(Box::new(error)),
        }
    }

    /// Runs where waiting for a disk stops nobody.
    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, KeystoreError> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, KeystoreError>> {
        let keystore = self.clone();
        Box::pin(async move {
            let describe = keystore.describe();
            let done = spawn_blocking(move || work(&keystore)).await;
            done.unwrap_or_else(|stopped| {
                Err(KeystoreError::Away {
                    keystore: describe,
                    why: "the program is being stopped".to_owned(),
                    source: Some(Box::new(stopped)),
                })
            })
        })
    }
}

impl Keystore for DirectoryKeystore {
    fn ensure(&self, name: KeyName) -> BoxFuture<'_, Result<(), KeystoreError>> {
        self.run(move |it| it.ensure_now(name))
    }

    fn wrap<'a>(
        &'a self,
        name: KeyName,
        secret: &'a [u8],
    ) -> BoxFuture<'a, Result<Vec<u8>, KeystoreError>> {
        let secret = SecretBytes::new(secret.to_vec());
        self.run(move |it| Ok(sealing::seal(&it.key(name)?, name, secret.expose())))
    }

    fn unwrap<'a>(
        &'a self,
        name: KeyName,
        wrapped: &'a [u8],
    ) -> BoxFuture<'a, Result<SecretBytes, KeystoreError>> {
        let wrapped = wrapped.to_vec();
        self.run(move |it| {
            sealing::open(&it.key(name)?, name, &wrapped)
                .ok_or_else(|| KeystoreError::DoesNotOpen { name, keystore: it.describe() })
        })
    }

    fn destroy(&self, name: KeyName) -> BoxFuture<'_, Result<Destroyed, KeystoreError>> {
        self.run(move |it| it.destroy_now(name, Timestamp::now))
    }

    fn describe(&self) -> String {
        format!("directory {}", self.folder.display())
    }
}
