//! Pages in Markdown lead where they say.

use std::path::{Component, Path, PathBuf};

use super::{File, Finding};

/// The map of the code. A crate that is not on it has no place yet.
const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let exists = |path: &Path| files.iter().any(|file| file.path.starts_with(path));
    let pages = files.iter().filter(|file| file.is("md"));
    let mut findings: Vec<Finding> =
        pages.flat_map(|page| dead_links(&page.path, &page.text, exists)).collect();
    if let Some(map) = files.iter().find(|file| file.path == Path::new(MAP)) {
        findings.extend(missing_crates(&map.text, files));
    }
    findings
}

/// Links to files that are not there. Addresses on the web are not looked at.
fn dead_links(path: &Path, text: &str, exists: impl Fn(&Path) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for target in targets(line).filter(|it| !it.contains(':') && !it.is_empty()) {
            if !exists(&beside(path, target)) {
                findings.push(Finding::new(path, index + 1, format!("`{target}` leads nowhere")));
            }
        }
    }
    findings
}

/// What stands in `](..)`, without the place inside the page.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = &rest[..rest.find(')')?];
        target.split('#').next()
    })
}

fn beside(page: &Path, target: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    path
}

fn missing_crates(map: &str, files: &[File]) -> Vec<Finding> {
    let manifests = files.iter().filter(|file| file.path.ends_with("Cargo.toml"));
    let folders = manifests
        .filter_map(|file| file.path.parent())
        .filter(|folder| folder.starts_with("crates"));
    folders
        .filter(|folder| !map.contains(&format!("`{}`", folder.display())))
        .map(|folder| {
            Finding::new(Path::new(MAP), 0, format!("`{}` is not on the map", folder.display()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{check, dead_links};
    use crate::tidy::File;

    #[test]
    fn links_to_nothing_are_found() {
        let exists = |path: &Path| path == Path::new("docs/decisions/README.md");
        let page = "[a](../decisions/README.md#why), [b](https://example.org), [c](#here)\n![d](images/e.png)";
        let findings = dead_links(Path::new("docs/other/page.md"), page, exists);
        assert_eq!(
            findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["docs/other/page.md:2: `images/e.png` leads nowhere"]
        );
    }

    #[test]
    fn every_crate_is_on_the_map() {
        let file =
            |path: &str, text: &str| File { path: PathBuf::from(path), text: text.to_owned() };
        let crates = [file("crates/model/Cargo.toml", ""), file("crates/api/Cargo.toml", "")];
        let findings =
            check(&[[file("ARCHITECTURE.md", "### `crates/api`")].as_slice(), &crates].concat());
        assert_eq!(
            findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["ARCHITECTURE.md: `crates/model` is not on the map"]
        );
    }
}
