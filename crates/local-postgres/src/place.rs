//! Where a cluster's files are: in its data directory, unless the server's user cannot get there.
//!
//! That happens to root alone, which steps down to a user that cannot enter, say, a checkout below a closed home. The
//! home stays closed: the cluster goes to a place that both can reach, and the data directory keeps a pointer to it.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _},
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    config::Durability,
    error::{StartError, at},
};

/// The folder of the cluster, in its data directory.
const CLUSTER: &str = "cluster";

/// Where clusters go that the server's user could not reach in their data directory.
const ELSEWHERE: &str = "/var/lib/cloison";
/// The same for clusters of tests, which no machine should be littered with for good.
const ELSEWHERE_DISPOSABLE: &str = "/tmp";

/// How many names are tried in a place that others write to as well.
const NAMES_MAX: u32 = 1000;

/// Where the cluster of a data directory is, or would be.
pub(crate) fn known(data_dir: &Path) -> PathBuf {
    known_as(data_dir, CLUSTER)
}

fn known_as(parent: &Path, name: &str) -> PathBuf {
    let pointer = fs::read_to_string(pointer(parent, name)).ok();
    pointer.map_or_else(|| parent.join(name), |it| PathBuf::from(it.trim_end()))
}

/// The file beside a folder that says where the folder went.
fn pointer(parent: &Path, name: &str) -> PathBuf {
    parent.join(format!("{name}-at"))
}

/// A folder for what belongs to a cluster but is not in it, as its backups are: open to the server's user alone. It is
/// in `parent` under this name, or where a file beside it points to, if the server's user cannot get there.
pub fn private_folder(
    parent: &Path,
    name: &str,
    account: &Account,
    durability: Durability,
) -> Result<PathBuf, StartError> {
    prepare_as(&make_data_dir(parent)?, name, account, durability)
}

/// Makes the data directory itself. If we are root, another user runs the server and passes through it, though it
/// may not list it; else it is nobody's business.
pub(crate) fn make_data_dir(data_dir: &Path) -> Result<PathBuf, StartError> {
    let mode = if rustix::process::geteuid().is_root() { 0o711 } else { 0o700 };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(data_dir)
        .and_then(|()| fs::canonicalize(data_dir))
        .map_err(at("make the data directory", data_dir))
}

/// Makes the folder that holds the cluster, which belongs to the server's user and is closed to others.
pub(crate) fn prepare(
    data_dir: &Path,
    account: &Account,
    durability: Durability,
) -> Result<PathBuf, StartError> {
    prepare_as(data_dir, CLUSTER, account, durability)
}

fn prepare_as(
    data_dir: &Path,
    name: &str,
    account: &Account,
    durability: Durability,
) -> Result<PathBuf, StartError> {
    let home = known_as(data_dir, name);
    let pointer = pointer(data_dir, name);
    if home.is_dir() {
        if account.can_enter(&home) && account.is_private_dir(&home) {
            return Ok(home);
        }
        if pointer.exists() || home.join("data").exists() {
            let source = io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!("`{}` cannot use it", account.name),
            );
            return Err(at("run a server in", &home)(source));
        }
        // Made by a start that was killed before the folder was given away; there is nothing in it, or this fails.
        fs::remove_dir(&home).map_err(at("remove the unusable folder", &home))?;
    } else if pointer.exists() {
        return Err(StartError::PlaceGone { pointer, target: home });
    }
    if account.can_enter(data_dir) {
        account.private_dir(&home).map_err(at("make the folder", &home))?;
        return Ok(home);
    }
    let home = elsewhere(data_dir, name, account, durability)?;
    fs::write(&pointer, format!("{}\n", home.display())).map_err(at("write", &pointer))?;
    tracing::warn!(
        "the user `{}`, which runs PostgreSQL, cannot enter {}; its {name} is in {} instead",
        account.name,
        data_dir.display(),
        home.display()
    );
    Ok(home)
}

fn elsewhere(
    data_dir: &Path,
    name: &str,
    account: &Account,
    durability: Durability,
) -> Result<PathBuf, StartError> {
    let parent = match durability {
        Durability::Durable => ELSEWHERE,
        Durability::Disposable => ELSEWHERE_DISPOSABLE,
    };
    let parent = Path::new(parent);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o755)
        .create(parent)
        .map_err(at("make the folder", parent))?;
    unused(parent, name, data_dir, |it| account.private_dir(it))
}

/// Removes all that [`prepare`] made.
pub(crate) fn remove(data_dir: &Path, home: &Path) -> io::Result<()> {
    let gone = |removed: io::Result<()>| match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    gone(fs::remove_dir_all(home))?;
    gone(fs::remove_file(pointer(data_dir, CLUSTER)))
}

/// Makes a folder whose name nobody has taken, in a place where others make theirs: what exists is never used.
pub(crate) fn unused(
    parent: &Path,
    what: &str,
    data_dir: &Path,
    make: impl Fn(&Path) -> io::Result<()>,
) -> Result<PathBuf, StartError> {
    // The inode tells data directories apart that have the same name; the number settles all else.
    let inode = fs::metadata(data_dir).map_err(at("look at", data_dir))?.ino();
    let name = data_dir.file_name().and_then(|it| it.to_str()).unwrap_or("root");
    let name: String =
        name.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(20).collect();
    for number in 1..=NAMES_MAX {
        let dir = parent.join(format!("{what}-{name}-{inode:x}-{number}"));
        match make(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at("make the folder", &dir)(error)),
        }
    }
    Err(at("find an unused name in", parent)(io::ErrorKind::AlreadyExists.into()))
}
