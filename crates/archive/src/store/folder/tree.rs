//! The files below a store's folder: listed, and deleted so that they stay deleted.
//!
//! All of it blocks. A link is never followed: it is no object, and is deleted as what it is.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;

use super::{UNFINISHED, if_there, stored_object};
use crate::store::key::ObjectKey;
use crate::store::object::{Deleted, StoredObject};

/// In the order of their names.
pub(super) fn list(root: &Path, below: Option<&ObjectKey>) -> io::Result<Vec<StoredObject>> {
    let mut objects = Vec::new();
    let mut folders = vec![below.map_or_else(String::new, ToString::to_string)];
    while let Some(folder) = folders.pop() {
        for entry in entries(&root.join(&folder))? {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let key = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            // Gone since it was listed.
            let Some(metadata) = if_there(entry.metadata())? else { continue };
            if metadata.is_dir() {
                folders.push(key);
            } else if metadata.is_file()
                && let Ok(key) = key.parse()
            {
                objects.push(stored_object(key, &metadata)?);
            }
        }
    }
    objects.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    Ok(objects)
}

pub(super) fn delete(root: &Path, keys: &[ObjectKey]) -> io::Result<()> {
    let mut folders = BTreeSet::new();
    for key in keys {
        let path = root.join(key.as_str());
        if if_there(fs::remove_file(&path))?.is_some() {
            folders.extend(path.parent().map(Path::to_owned));
        }
    }
    // The deepest first, so that one which held nothing but empty ones goes as well.
    for folder in folders.iter().rev() {
        let mut above = folder.ancestors().take_while(|it| *it != root);
        let kept = above.find(|it| fs::remove_dir(it).is_err());
        sync_folder(kept.unwrap_or(root))?;
    }
    Ok(())
}

/// Files that were last written to before this and have no name of their own yet.
pub(super) fn delete_unfinished(root: &Path, before: Timestamp) -> io::Result<u64> {
    let mut deleted = 0;
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder)? {
            let Some(metadata) = if_there(entry.metadata())? else { continue };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if is_unfinished(&entry)
                && metadata.modified()? < SystemTime::from(before)
                && if_there(fs::remove_file(entry.path()))?.is_some()
            {
                deleted += 1;
            }
        }
    }
    Ok(deleted)
}

fn is_unfinished(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().contains(UNFINISHED)
}

/// What a folder has been cleared of.
#[derive(Debug, Default)]
pub(super) struct Cleared {
    pub(super) deleted: Deleted,
    /// How many could not be deleted, and why the first could not.
    pub(super) failed: Option<(u64, io::Error)>,
}

/// Deletes all that is in it, and the folder.
pub(super) fn clear(root: &Path, below: &Path) -> io::Result<Cleared> {
    let mut cleared = Cleared::default();
    // An object of that very name is not below it.
    if !fs::symlink_metadata(below).is_ok_and(|it| it.is_dir()) {
        return Ok(cleared);
    }
    cleared.folder(below);
    let kept = below.ancestors().find(|it| it.is_dir()).unwrap_or(root);
    sync_folder(kept)?;
    Ok(cleared)
}

impl Cleared {
    fn folder(&mut self, folder: &Path) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return self.note(error),
        };
        for entry in entries {
            let is_folder = match entry.file_type() {
                Ok(it) => it.is_dir(),
                Err(error) => {
                    self.note(error);
                    continue;
                }
            };
            if is_folder {
                self.folder(&entry.path());
            } else {
                match if_there(fs::remove_file(entry.path())) {
                    Ok(None) => {}
                    Ok(Some(())) if is_unfinished(&entry) => {
                        self.deleted.unfinished += 1;
                    }
                    Ok(Some(())) => self.deleted.objects += 1,
                    Err(error) => self.note(error),
                }
            }
        }
        match fs::remove_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            // What is in it has been counted.
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty && self.failed.is_some() => {
            }
            Err(error) => self.note(error),
        }
    }

    fn note(&mut self, error: io::Error) {
        match &mut self.failed {
            Some((count, _)) => *count += 1,
            None => self.failed = Some((1, error)),
        }
    }
}

fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    if_there(fs::read_dir(folder))?.into_iter().flatten().collect()
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    if_there(File::open(folder).and_then(|it| it.sync_all())).map(drop)
}
