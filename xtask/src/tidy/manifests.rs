//! Every crate takes the workspace's lints.

use std::path::Path;

use super::Finding;
use crate::prepare::PAIRS;

pub(super) fn check(path: &Path, text: &str) -> Vec<Finding> {
    let is_exempt = path == Path::new("Cargo.toml")
        || PAIRS
            .iter()
            .any(|pair| path == Path::new("crates").join(pair.generated).join("Cargo.toml"));
    let takes_lints = || {
        let manifest: Option<toml::Table> = toml::from_str(text).ok();
        manifest.and_then(|it| it.get("lints")?.get("workspace")?.as_bool()).unwrap_or(false)
    };
    if is_exempt || takes_lints() {
        return Vec::new();
    }
    vec![Finding::new(
        path,
        0,
        "add `[lints] workspace = true`, so that the project's lints hold here too",
    )]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    #[test]
    fn a_crate_without_the_lints_is_found() {
        let path = Path::new("crates/model/Cargo.toml");
        assert_eq!(check(path, "[lints]\nworkspace = true").len(), 0);
        assert_eq!(check(path, "[package]\nname = 'a'").len(), 1);
        assert_eq!(check(path, "[lints]\nworkspace = false").len(), 1);
        assert_eq!(check(Path::new("Cargo.toml"), "[workspace]").len(), 0);
        assert_eq!(check(Path::new("crates/studio-queries/Cargo.toml"), "").len(), 0);
    }
}
