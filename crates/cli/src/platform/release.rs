//! Which tenant migrations a process has: the studio's, which are built in, or those of a folder; and what is said of a
//! folder that is no release.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use cloison_control::releases::{FolderError, ReleaseSource, ReleasesError, read_folder};
use cloison_model::{HistoryError, Release, ReleaseError};

use crate::complaint::Complaint;

const NAMES: &str = "a release is a folder of <version>_<name>.sql files, each with a <version>_<name>.down.sql if it can be taken back";

/// The tenant schema that this build carries.
pub(crate) fn release() -> Result<Release> {
    Release::from_files(cloison_studio::MIGRATIONS).context("read the studio's migrations")
}

/// Reads the `.sql` files right in the folder; whatever else is there, as a README, is none of ours.
pub(crate) fn release_folder(folder: &Path) -> Result<Release, Complaint> {
    read_folder(folder).map_err(|error| of_folder(&error))
}

/// The folder, which is looked at once now and read anew at each rollout, or what is built in.
pub(crate) fn release_source(folder: Option<&Path>) -> Result<ReleaseSource, Complaint> {
    let Some(folder) = folder else {
        let release = release().map_err(|it| Complaint::new(format!("{it:#}"), "", ""))?;
        return Ok(ReleaseSource::Carried(Arc::new(release)));
    };
    release_folder(folder)?;
    // Whatever becomes of the working directory.
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Ok(ReleaseSource::Folder(absolute))
}

/// Whether its tenants are studios: the studio's own migrations are its beginning, and others may follow.
pub(crate) fn is_studio(release: &Release) -> Result<bool> {
    Ok(release.begins_with(&self::release()?))
}

/// In three lines, where the migrations are at fault.
pub(crate) fn release_complaint(error: ReleasesError) -> anyhow::Error {
    match error {
        ReleasesError::Folder(error) => of_folder(&error).into(),
        ReleasesError::History(error) => of_history(&error).into(),
        error @ (ReleasesError::Stored(_)
        | ReleasesError::Unavailable(_)
        | ReleasesError::Database(_)) => anyhow::Error::from(error).context("look at the release"),
    }
}

fn of_folder(error: &FolderError) -> Complaint {
    let what = match error.source() {
        Some(source) if !matches!(error, FolderError::NoRelease { .. }) => {
            format!("{error}: {source}")
        }
        Some(_) | None => error.to_string(),
    };
    match error {
        FolderError::Read { .. } => Complaint::new(what, NAMES, ""),
        FolderError::TooLarge { .. } => {
            Complaint::new(what, "", "load data by a program, not by a migration")
        }
        FolderError::NotUtf8 { .. } => {
            Complaint::new(what, "tenants' databases take UTF-8 only", "save the file as UTF-8")
        }
        FolderError::NoRelease { path: _, files, source } => {
            let (meaning, advice) = no_release(files, source);
            Complaint::new(what, meaning, advice)
        }
    }
}

fn no_release(files: &[String], error: &ReleaseError) -> (String, &'static str) {
    match error {
        ReleaseError::Empty => ("there is no .sql file in it".to_owned(), NAMES),
        ReleaseError::FileName(_) | ReleaseError::DownAlone(_) => (error.to_string(), NAMES),
        ReleaseError::SameVersion(version) => (
            format!("{} have the same version", of_version(files, *version).join(" and ")),
            "give the newer one a version above all others",
        ),
        ReleaseError::Phase { .. } | ReleaseError::Timeout { .. } => (error.to_string(), ""),
    }
}

fn of_version(files: &[String], version: i64) -> Vec<&str> {
    let names = files.iter().map(String::as_str).filter(|it| !it.ends_with(".down.sql"));
    names
        .filter(|it| it.split('_').next().and_then(|it| it.parse().ok()) == Some(version))
        .collect()
}

fn of_history(error: &HistoryError) -> Complaint {
    let advice = match error {
        HistoryError::Newer { .. } => {
            "run the build, or give the folder, that the tenants have had"
        }
        HistoryError::Edited { .. } => {
            "put its text back as it was, and write the change into a new file"
        }
        HistoryError::Missing { .. } => "put it back; a new file can undo what it did",
        HistoryError::OutOfOrder { .. } => "give it a version above all others",
        HistoryError::NoWayBack { .. } => "write a down file for it",
    };
    let meaning = "tenants that were migrated would not be like new ones, so nothing was started";
    Complaint::new(error.to_string(), meaning, advice)
}
