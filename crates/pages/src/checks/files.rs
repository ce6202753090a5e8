//! Reading what lies in the folders of a crate.

use std::fs;
use std::path::{Path, PathBuf};

/// What asks for words: a crate's own files, and those that all pages have. Not these checks, which only speak of it.
pub fn sources(of_crate: &Path) -> Vec<(PathBuf, String)> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in [of_crate, pages] {
        found.extend(files(&folder.join("src"), "rs"));
        found.extend(files(&folder.join("templates"), "html"));
    }
    found.retain(|(path, _)| !path.starts_with(pages.join("src/checks")));
    found
}

/// All files with this extension in a folder and those below it, with their text.
pub fn files(folder: &Path, extension: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it is listed").path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|it| it == extension) {
                let text = fs::read_to_string(&path).expect("it is text");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, extension, &mut found);
    assert!(!found.is_empty(), "no .{extension} in {}", folder.display());
    found
}
