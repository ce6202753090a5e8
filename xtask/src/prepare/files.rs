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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{apply, compare_directories};
    use crate::workspace::Temporary;

    /// `files` is one word a file: `path=content`.
    fn write(directory: &Path, files: &str) {
        fs::create_dir_all(directory).unwrap();
        for (path, content) in files.split_whitespace().filter_map(|file| file.split_once('=')) {
            let path = directory.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
    }

    #[test]
    fn what_differs_is_named_and_then_no_longer_differs() {
        let directory = Temporary::create().unwrap();
        let (generated, committed) =
            (directory.path().join("generated"), directory.path().join("committed"));
        write(&generated, "lib.rs=a queries/rooms.rs=b client.rs=c");
        write(&committed, "lib.rs=a queries/clients.rs=b client.rs=old");

        let changes = compare_directories(&generated, &committed).unwrap();
        let mut words: Vec<String> = changes
            .iter()
            .map(|change| change.to_string().replace(&format!("{}/", committed.display()), ""))
            .collect();
        words.sort();
        assert_eq!(
            words,
            [
                "client.rs (differs)",
                "queries/clients.rs (no longer generated)",
                "queries/rooms.rs (missing)"
            ]
        );

        apply(&changes).unwrap();
        assert!(compare_directories(&generated, &committed).unwrap().is_empty());
    }
}
