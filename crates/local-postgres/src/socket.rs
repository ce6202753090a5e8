//! The directory of the server's Unix socket: private, and of a path short enough for the kernel.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    error::{StartError, at},
    place::unused,
};

/// `sun_path` is 104 bytes on macOS and 108 on Linux, its closing NUL included.
const SOCKET_PATH_MAX: usize = 103;

/// Where a socket goes whose own place has too long a path. Short, and there on every Unix.
const SHORT: &str = "/tmp";

/// The file in the data directory that says where the socket went.
const POINTER: &str = "socket-at";

/// Makes the socket directory: `home/socket`, or a short one that the data directory points to.
pub(crate) fn prepare(
    data_dir: &Path,
    home: &Path,
    account: &Account,
) -> Result<PathBuf, StartError> {
    let beside = home.join("socket");
    if fits(&beside) {
        if !account.is_private_dir(&beside) {
            account.private_dir(&beside).map_err(at("make the socket directory", &beside))?;
        }
        return Ok(beside);
    }
    // Anybody may write to the short place, and a reboot empties it: what is there now need not be ours.
    if let Some(known) = elsewhere(data_dir).filter(|it| account.is_private_dir(it)) {
        return Ok(known);
    }
    let pointer = data_dir.join(POINTER);
    let made = unused(Path::new(SHORT), "cloison-socket", data_dir, |it| account.private_dir(it))?;
    fs::write(&pointer, format!("{}\n", made.display())).map_err(at("write", &pointer))?;
    account.own(&pointer)?;
    tracing::info!(
        socket_dir = %made.display(),
        "{} is too long a path for a socket; it is in {} instead",
        beside.display(),
        made.display()
    );
    Ok(made)
}

/// Removes what a server that was killed left in its socket directory. PostgreSQL would do so too, but not if another
/// process has got the server's pid since. The directory is ours alone, and no server runs.
pub(crate) fn clear(socket_dir: &Path) -> Result<(), StartError> {
    for entry in fs::read_dir(socket_dir).map_err(at("list", socket_dir))?.flatten() {
        fs::remove_file(entry.path()).map_err(at("remove", &entry.path()))?;
    }
    Ok(())
}

/// Removes a socket directory that is not inside the data directory, if there is one.
pub(crate) fn remove(data_dir: &Path) {
    let Some(socket_dir) = elsewhere(data_dir) else {
        return;
    };
    for removed in [fs::remove_dir_all(&socket_dir), fs::remove_file(data_dir.join(POINTER))] {
        if let Err(error) = removed {
            tracing::debug!(%error, "could not clean up the socket directory {}", socket_dir.display());
        }
    }
}

fn elsewhere(data_dir: &Path) -> Option<PathBuf> {
    Some(PathBuf::from(fs::read_to_string(data_dir.join(POINTER)).ok()?.trim_end()))
}

fn fits(dir: &Path) -> bool {
    dir.as_os_str().len() + "/.s.PGSQL.65535".len() <= SOCKET_PATH_MAX
}
