//! A release from a folder, for products whose migrations are not built in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cloison_model::{Release, ReleaseError};

use crate::complaint::Complaint;

/// Every tenant runs it in one message; no migration that is written by hand comes near.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

const NAMES: &str = "a release is a folder of <version>_<name>.sql files, each with a <version>_<name>.down.sql if it can be taken back";

/// Reads the `.sql` files right in the folder; whatever else is there, as a README, is none of ours.
pub(crate) fn release_folder(folder: &Path) -> Result<Release> {
    let mut files = Vec::new();
    for path in sql_files(folder).with_context(|| format!("read {}", folder.display()))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, text(&path)?));
    }
    Release::from_files(&files).map_err(|error| complain(folder, &files, &error).into())
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

fn text(path: &Path) -> Result<String> {
    let shown = path.display();
    let size = fs::metadata(path).with_context(|| format!("read {shown}"))?.len();
    if size > FILE_BYTES_MAX {
        let what = format!("{shown} has {size} bytes");
        let meaning = format!("a migration has at most {FILE_BYTES_MAX}");
        return Err(
            Complaint::new(what, meaning, "load data by a program, not by a migration").into()
        );
    }
    let bytes = fs::read(path).with_context(|| format!("read {shown}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].split(|it| *it == b'\n').count();
        let what = format!("{shown} is not UTF-8 in line {line}");
        Complaint::new(what, "tenants' databases take UTF-8 only", "save the file as UTF-8").into()
    })
}

fn complain(folder: &Path, files: &[(String, String)], error: &ReleaseError) -> Complaint {
    let what = format!("{} is no release", folder.display());
    let (meaning, advice) = match error {
        ReleaseError::Empty => ("there is no .sql file in it".to_owned(), NAMES),
        ReleaseError::FileName(_) | ReleaseError::DownAlone(_) => (error.to_string(), NAMES),
        ReleaseError::SameVersion(version) => (
            format!("{} have the same version", of_version(files, *version).join(" and ")),
            "give the newer one a version above all others",
        ),
        ReleaseError::Phase { .. } | ReleaseError::Timeout { .. } => (error.to_string(), ""),
    };
    Complaint::new(what, meaning, advice)
}

fn of_version(files: &[(String, String)], version: i64) -> Vec<&str> {
    let names = files.iter().map(|it| it.0.as_str()).filter(|it| !it.ends_with(".down.sql"));
    names
        .filter(|it| it.split('_').next().and_then(|it| it.parse().ok()) == Some(version))
        .collect()
}
