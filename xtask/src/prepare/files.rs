//! What differs between what was generated and what is committed.
//!
//! Only files that differ are written, so that a preparation that changes nothing rebuilds nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::root;

/// A file that must be written, or removed if there is no content.
pub(super) struct Change {
    path: PathBuf,
    content: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.strip_prefix(root()).unwrap_or(&self.path);
        let why = match (&self.content, self.path.exists()) {
            (None, _) => "no longer generated",
            (Some(_), true) => "differs",
            (Some(_), false) => "missing",
        };
        write!(f, "{} ({why})", path.display())
    }
}

/// The change that makes the file at `path` hold `content`, if it does not.
pub(super) fn compare(path: PathBuf, content: String) -> Result<Option<Change>> {
    let committed = match fs::read_to_string(&path) {
        Ok(committed) => Some(committed),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("read {}", path.display())),
    };
    Ok((committed.as_deref() != Some(&content)).then_some(Change { path, content: Some(content) }))
}

/// The changes that make `committed` hold exactly the files of `generated`.
pub(super) fn compare_directories(generated: &Path, committed: &Path) -> Result<Vec<Change>> {
    let wanted = list(generated)?;
    let mut changes = Vec::new();
    for relative in &wanted {
        let content = fs::read_to_string(generated.join(relative))?;
        changes.extend(compare(committed.join(relative), content)?);
    }
    for relative in list(committed)?.difference(&wanted) {
        changes.push(Change { path: committed.join(relative), content: None });
    }
    Ok(changes)
}

fn list(directory: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![PathBuf::new()];
    while let Some(relative) = ahead.pop() {
        let here = directory.join(&relative);
        let entries = fs::read_dir(&here).with_context(|| format!("read {}", here.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                ahead.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

pub(super) fn apply(changes: &[Change]) -> Result<()> {
    for Change { path, content } in changes {
        match content {
            Some(content) => {
                fs::create_dir_all(path.parent().expect("a file has a directory"))?;
                fs::write(path, content)
            }
            None => fs::remove_file(path),
        }
        .with_context(|| path.display().to_string())?;
    }
    Ok(())
}
