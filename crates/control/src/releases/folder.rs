//! A release from a folder, for products whose migrations are not built in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cloison_model::{Release, ReleaseError};

/// Every tenant runs it in one message; no migration that is written by hand comes near.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What is wrong with a folder of migrations, or with one of its files.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} has {bytes} bytes, and a migration has at most {FILE_BYTES_MAX}")]
    TooLarge { path: PathBuf, bytes: u64 },
    /// `line` is counted from 1.
    #[error("{path} is not UTF-8 in line {line}")]
    NotUtf8 { path: PathBuf, line: usize },
    /// With the names of all its `.sql` files.
    #[error("{path} is no release")]
    NoRelease { path: PathBuf, files: Vec<String>, source: ReleaseError },
}

/// Reads the `.sql` files right in the folder; whatever else is there, as a README, is none of ours.
pub fn read_folder(folder: &Path) -> Result<Release, FolderError> {
    let failed = |source| FolderError::Read { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for path in sql_files(folder).map_err(failed)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, text(&path)?));
    }
    Release::from_files(&files).map_err(|source| FolderError::NoRelease {
        path: folder.to_owned(),
        files: files.into_iter().map(|(name, _)| name).collect(),
        source,
    })
}

/// In the order of their names, so that the first that is wrong is always the same.
fn sql_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "sql") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn text(path: &Path) -> Result<String, FolderError> {
    let failed = |source| FolderError::Read { path: path.to_owned(), source };
    let bytes = fs::metadata(path).map_err(failed)?.len();
    if bytes > FILE_BYTES_MAX {
        return Err(FolderError::TooLarge { path: path.to_owned(), bytes });
    }
    String::from_utf8(fs::read(path).map_err(failed)?).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|it| *it == b'\n').count();
        FolderError::NotUtf8 { path: path.to_owned(), line }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_and_what_is_wrong_in_it_is_named() {
        let folder = std::env::temp_dir().join(format!("cloison-releases-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let put = |name: &str, text: &[u8]| fs::write(folder.join(name), text).unwrap();
        put("README.md", b"not a migration");
        let empty = read_folder(&folder).unwrap_err();
        assert_eq!(empty.to_string(), format!("{} is no release", folder.display()));
        put("1_a.sql", b"select 1");
        put("1_a.down.sql", b"select 2");
        let release = read_folder(&folder).unwrap();
        assert_eq!((release.version(), release.migrations()[0].down.is_some()), (1, true));
        put("notes.sql", b"");
        assert!(matches!(
            read_folder(&folder),
            Err(FolderError::NoRelease { source: ReleaseError::FileName(name), files, .. })
                if name == "notes.sql" && files.len() == 3
        ));
        put("notes.sql", b"\n\n\xff");
        let error = read_folder(&folder).unwrap_err().to_string();
        assert!(error.ends_with("notes.sql is not UTF-8 in line 3"), "{error}");
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(read_folder(&folder), Err(FolderError::Read { .. })));
    }
}
