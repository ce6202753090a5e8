//! How long files are.
//!
//! A file is one noun; past the limit it is two.

use std::path::Path;

use super::{File, Finding};

/// The longest file that a person still reads in one go, tests included.
const LINES_MAX: usize = 600;

pub(super) fn check(path: &Path, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    (lines > LINES_MAX).then(|| {
        Finding::new(path, 0, format!("{lines} lines, {LINES_MAX} at most: which two nouns is it?"))
    })
}

/// One line about all the hand-written Rust files.
pub(super) fn summary(files: &[File]) -> String {
    let mut lengths: Vec<(usize, &Path)> = files
        .iter()
        .filter(|file| file.is_written_in("rs"))
        .map(|file| (file.text.lines().count(), file.path.as_path()))
        .collect();
    lengths.sort_unstable();
    let Some((longest, path)) = lengths.last() else {
        return "no Rust file".to_owned();
    };
    let (median, _) = lengths[lengths.len() / 2];
    format!(
        "{} of them Rust by hand, median {median} lines, longest {longest} ({})",
        lengths.len(),
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{LINES_MAX, check, summary};
    use crate::tidy::File;

    #[test]
    fn a_file_over_the_limit_is_found() {
        let path = Path::new("crates/model/src/tenant.rs");
        assert_eq!(check(path, &"x\n".repeat(LINES_MAX)), None);
        assert!(check(path, &"x\n".repeat(LINES_MAX + 1)).is_some());
    }

    #[test]
    fn the_median_is_that_of_the_hand_written_files() {
        let file = |path: &str, lines: usize| File {
            path: PathBuf::from(path),
            text: "x\n".repeat(lines),
        };
        let files = [
            file("crates/model/src/a.rs", 10),
            file("crates/model/src/b.rs", 90),
            file("crates/model/src/c.rs", 30),
            file("crates/catalog-queries/src/lib.rs", 5000),
            file("README.md", 700),
        ];
        assert_eq!(
            summary(&files),
            "3 of them Rust by hand, median 30 lines, longest 90 (crates/model/src/b.rs)"
        );
    }
}
