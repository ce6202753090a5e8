//! One process at a time starts, adopts and stops the cluster of a data directory.
//!
//! The kernel frees the lock when its holder dies, so there is no stale one to clean up. The pid in the file is for
//! the message alone.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{ErrorKind, Read as _, Seek as _, Write as _},
    path::Path,
};

use crate::{
    account::Account,
    error::{StartError, at},
};

#[derive(Debug)]
pub(crate) struct Lock {
    _held: File,
}

impl Lock {
    pub(crate) fn take(data_dir: &Path, account: &Account) -> Result<Self, StartError> {
        let path = data_dir.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| match error.kind() {
                ErrorKind::PermissionDenied => {
                    StartError::NotYours { data_dir: data_dir.to_owned(), source: error }
                }
                _ => at("open the lock file", &path)(error),
            })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                // A holder that has not written its pid yet is a holder all the same.
                let pid = file.read_to_string(&mut pid).ok().and_then(|_| pid.trim().parse().ok());
                return Err(StartError::Busy { data_dir: data_dir.to_owned(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(at("lock", &path)(source)),
        }
        account.own(&path)?;
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(at("write", &path))?;
        Ok(Self { _held: file })
    }
}
