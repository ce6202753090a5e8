//! Nothing names the machine that it was written on.
//!
//! A path of someone's home or a package mirror works there and nowhere else.

use std::path::Path;

use super::Finding;

/// Written so that this file does not find itself.
const FOLDERS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Use", "rs/")];
const HOST_WORDS: [&str; 5] =
    ["registry", "mirror", "artifactory", concat!("nexus", "."), concat!("proxy", ".")];
const PUBLIC_REGISTRY: &str = "\"registry+https://github.com/rust-lang/crates.io-index\"";

pub(super) fn check(path: &Path, text: &str) -> Vec<Finding> {
    let is_lock = path == Path::new("Cargo.lock");
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut found = |message: String| findings.push(Finding::new(path, index + 1, message));
        if is_lock {
            if line.strip_prefix("source = ").is_some_and(|source| source != PUBLIC_REGISTRY) {
                found("not from crates.io: whoever builds this cannot get it".to_owned());
            }
            continue;
        }
        if let Some(folder) = FOLDERS.iter().find(|folder| names_folder(line, folder)) {
            found(format!("`{folder}` is a place on one machine; take it from the environment"));
        }
        if let Some(host) = hosts(line).find(|host| is_registry(host)) {
            found(format!("`{host}` is a package registry; configure it on the machine, not here"));
        }
    }
    findings
}

/// Whether `folder` stands in `line` as the start of a path, not inside a longer one.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || "_-.})".contains(it))
    })
}

fn hosts(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("://").map(|(at, separator)| {
        let rest = &line[at + separator.len()..];
        let end = rest.find(|it: char| !(it.is_alphanumeric() || ".-:@".contains(it)));
        let authority = &rest[..end.unwrap_or(rest.len())];
        authority.rsplit('@').next().expect("a split has one part at least")
    })
}

fn is_registry(host: &str) -> bool {
    HOST_WORDS.iter().any(|word| host.contains(word))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    fn count(line: &str) -> usize {
        check(Path::new("docs/page.md"), line).len()
    }

    #[test]
    fn places_of_one_machine_are_found() {
        assert_eq!(count(concat!("cd /ho", "me/ada/cloison")), 1);
        assert_eq!(count(concat!("path = \"/ro", "ot/x\"")), 1);
        assert_eq!(count("crates/ho/me/x.rs"), 0);
        assert_eq!(count(concat!("see docs/wo", "rk/x")), 0);
        assert_eq!(count(concat!("https://user:word@regi", "stry.example/simple")), 1);
        assert_eq!(count("https://www.postgresql.org/docs/"), 0);
    }

    #[test]
    fn the_lock_file_names_crates_io_alone() {
        let lock =
            |source: &str| check(Path::new("Cargo.lock"), &format!("source = {source}")).len();
        assert_eq!(lock(super::PUBLIC_REGISTRY), 0);
        assert_eq!(lock("\"git+https://example.org/x\""), 1);
    }
}
