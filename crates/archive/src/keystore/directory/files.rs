//! Files that are there whole or not at all, in a folder that nobody else may enter.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use cloison_model::hexadecimal;

use crate::keystore::sealing::random_bytes;

/// Ends the name of a file that is not finished. What a kill leaves of it is swept with the key that it belongs to.
const UNFINISHED: &str = ".new";

/// The rights of group and others.
const OTHERS: u32 = 0o077;

/// Makes a folder with its first file in it, or leaves the one that somebody else has made meanwhile.
pub(super) fn make_folder(folder: &Path, first: &str, bytes: &[u8]) -> io::Result<()> {
    let above = match folder.parent() {
        Some(above) if above.as_os_str().is_empty() => Path::new("."),
        Some(above) => above,
        None => folder,
    };
    fs::create_dir_all(above)?;
    let mut beside = folder.as_os_str().to_owned();
    beside.push(format!(".{}{UNFINISHED}", hexadecimal(&random_bytes::<8>())));
    let beside = PathBuf::from(beside);
    DirBuilder::new().mode(0o700).create(&beside)?;
    write_new(&beside, first, bytes)?;
    let renamed = fs::rename(&beside, folder);
    if renamed.is_err() {
        fs::remove_dir_all(&beside)?;
    }
    match renamed {
        Err(_) if folder.join(first).exists() => Ok(()),
        renamed => renamed.and_then(|()| sync(above)),
    }
}

/// Writes a file that is not there yet. Answers false if somebody else was first: a link, other than a rename, never puts one file in
/// the place of another.
pub(super) fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<bool> {
    let beside = write_beside(folder, name, bytes)?;
    let linked = fs::hard_link(&beside, folder.join(name));
    let swept = fs::remove_file(&beside);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(error),
        Ok(()) => {}
    }
    swept?;
    sync(folder)?;
    Ok(true)
}

/// Writes a file, in the place of another if there is one.
pub(super) fn write_over(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = write_beside(folder, name, bytes)?;
    fs::rename(&beside, folder.join(name))?;
    sync(folder)
}

/// Makes what happened to the names in a folder outlast a power cut.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & OTHERS != 0
}

/// Whether `path` is what a kill has left of writing the file `name`.
pub(super) fn is_leftover_of(path: &Path, name: &str) -> bool {
    let Some(file) = path.file_name().and_then(|it| it.to_str()) else { return false };
    let rest = file.strip_prefix(name);
    rest.is_some_and(|rest| rest.starts_with('.') && rest.ends_with(UNFINISHED))
}

fn write_beside(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let word = hexadecimal(&random_bytes::<8>());
    let beside = folder.join(format!("{name}.{word}{UNFINISHED}"));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(beside)
}
