//! Reads what a configuration only points at, and refuses what others can read too.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use cloison_control::MasterKey;
use cloison_model::Secret;

use super::mistake::{From, Mistake};
use super::reader::SecretPlace;
use crate::complaint::Complaint;

/// What group and others may do with a file.
const OTHERS: u32 = 0o077;

/// `file` is the configuration file.
pub(super) fn master_key(place: &(SecretPlace, From), file: Option<&Path>) -> Result<MasterKey> {
    let text = secret(place, file)?;
    let kept = |key: MasterKey| match &place.0 {
        SecretPlace::File(path) => key.kept_in(&resolved(path, place.1, file)),
        SecretPlace::Given(_) => key,
    };
    MasterKey::parse(text.expose()).map(kept).map_err(|error| {
        let words = Mistake {
            from: place.1,
            what: error.to_string(),
            meaning: "no tenant's password can be opened with it".to_owned(),
            advice: "give the key that this installation was made with".to_owned(),
        };
        words.complaint(file).into()
    })
}

pub(super) fn password(place: &(SecretPlace, From), file: Option<&Path>) -> Result<Secret> {
    if let ((SecretPlace::Given(_), From::Line(_)), Some(path)) = (place, file) {
        let mode = fs::metadata(path).map_or(0, |it| it.permissions().mode());
        closed(path, mode, place.1, file)?;
    }
    secret(place, file)
}

pub(super) fn secret(place: &(SecretPlace, From), file: Option<&Path>) -> Result<Secret> {
    let (path, from) = match place {
        (SecretPlace::Given(secret), _) => return Ok(secret.clone()),
        (SecretPlace::File(path), from) => (resolved(path, *from, file), *from),
    };
    let refused = |error: std::io::Error| {
        let words = Mistake {
            from,
            what: format!("cannot read {}: {error}", path.display()),
            meaning: "a secret is to be in it".to_owned(),
            advice: "a path in the file counts from the file's own folder".to_owned(),
        };
        words.complaint(file)
    };
    // The permissions of what is read, whatever happens to the name meanwhile.
    let mut opened = File::open(&path).map_err(refused)?;
    let mode = opened.metadata().map_err(refused)?.permissions().mode();
    closed(&path, mode, from, file)?;
    let mut text = String::new();
    opened.read_to_string(&mut text).map_err(refused)?;
    Ok(Secret::new(text.trim()))
}

/// A path in the file counts from the file's own folder.
pub(super) fn resolved(path: &Path, from: From, file: Option<&Path>) -> PathBuf {
    match (from, file.and_then(Path::parent)) {
        (From::Line(_), Some(folder)) => folder.join(path),
        (From::Line(_) | From::Variable(_) | From::Option(_) | From::Default, _) => path.to_owned(),
    }
}

fn closed(path: &Path, mode: u32, from: From, file: Option<&Path>) -> Result<(), Complaint> {
    if mode & OTHERS == 0 {
        return Ok(());
    }
    let words = Mistake {
        from,
        what: format!("others can read {} (mode {:04o})", path.display(), mode & 0o7777),
        meaning: "a secret in it is not one any more".to_owned(),
        advice: format!("close it with: chmod 600 {}", path.display()),
    };
    Err(words.complaint(file))
}
