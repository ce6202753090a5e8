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
    let pointer = data_dir.join(POINTER);
    let known = fs::read_to_string(&pointer).ok().map(|it| PathBuf::from(it.trim_end()));
    // Anybody may write to the short place, and a reboot empties it: what is there now need not be ours.
    if let Some(known) = known.filter(|it| account.is_private_dir(it)) {
        return Ok(known);
    }
    let made = unused(Path::new(SHORT), "cloison-socket", data_dir, |it| account.private_dir(it))?;
    fs::write(&pointer, format!("{}\n", made.display())).map_err(at("write", &pointer))?;
    account.own(&pointer)?;
    tracing::info!(socket_dir = %made.display(), "{} is too long a path for a socket, which is therefore in {}", beside.display(), made.display());
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

/// Removes a socket directory that is not inside the data directory. An absent one is fine.
pub(crate) fn remove(socket_dir: &Path, home: &Path) {
    if !socket_dir.starts_with(home)
        && let Err(error) = fs::remove_dir_all(socket_dir)
    {
        tracing::debug!(%error, "left the socket directory {} behind", socket_dir.display());
    }
}

fn fits(dir: &Path) -> bool {
    dir.as_os_str().len() + "/.s.PGSQL.65535".len() <= SOCKET_PATH_MAX
}
