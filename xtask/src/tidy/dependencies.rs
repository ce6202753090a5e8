//! Who may use whom.
//!
//! A crate of ours exists where a rule is worth a compiler's check; this is that check.

use super::Finding;
use super::metadata::{Dependency, Metadata, Package};

/// For each crate, the crates of ours that it may depend on. What is not here may depend on none.
const ALLOWED: [(&str, &[&str]); 16] = [
    ("catalog", &["model", "catalog-queries"]),
    ("router", &["model"]),
    ("lint", &["model"]),
    ("telemetry", &["model"]),
    ("archive", &["model"]),
    ("pgbackrest", &["local-postgres"]),
    ("control", &["model", "catalog", "router", "lint", "archive", "pgbackrest"]),
    // Pages for operators, and what they are put together from: all of it reading, but for sign-ins.
    ("console", &["model", "catalog", "control", "router", "pages"]),
    ("server", &["model", "catalog", "control", "router", "api", "archive", "console"]),
    ("studio", &["router", "api", "studio-queries", "pages"]),
    // The composition root puts everything together, but for the queries, which have one user each in the product.
    (
        "cli",
        &[
            "model",
            "catalog",
            "control",
            "router",
            "server",
            "api",
            "studio",
            "local-postgres",
            "lint",
            "archive",
            "pgbackrest",
            "telemetry",
        ],
    ),
    ("testkit", &["local-postgres"]),
    // A measured program that compares layouts; it runs the product's generated statements on a client of its own.
    ("bench", &["model", "router", "studio", "studio-queries", "local-postgres"]),
    // The chores call the product from outside, as any program does: by its published client, and by the router, which
    // is made to be embedded.
    ("xtask", &["model", "router", "api", "local-postgres", "testkit"]),
    ("catalog-queries", &[]),
    ("studio-queries", &[]),
];

/// Crates that only tests, and the project's own chores, may use.
const FOR_TESTS: &str = "testkit";

pub(super) fn check(metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in metadata.members() {
        for dependency in package.dependencies.iter().filter(|it| it.path.is_some()) {
            if let Some(message) = refuse(package, dependency) {
                findings.push(Finding::new(package.manifest(), 0, message));
            }
        }
    }
    findings
}

fn refuse(package: &Package, dependency: &Dependency) -> Option<String> {
    let from = folder(&package.name);
    let to = folder(&dependency.name);
    if to == FOR_TESTS && from != "xtask" {
        let only_in_tests = dependency.kind.as_deref() == Some("dev");
        return (!only_in_tests).then(|| format!("{to} is for tests: make it a dev-dependency"));
    }
    let allowed = allowed(from);
    let is_for_tests = dependency.kind.as_deref() == Some("dev");
    if allowed.contains(&to) || (is_for_tests && reaches(from, to)) {
        return None;
    }
    Some(match allowed {
        [] => format!("{from} may not depend on {to}, nor on any crate of ours"),
        allowed => format!("{from} may not depend on {to}, only on {}", allowed.join(", ")),
    })
}

fn allowed(from: &str) -> &'static [&'static str] {
    ALLOWED.iter().find(|(name, _)| *name == from).map_or(&[], |(_, allowed)| allowed)
}

/// Whether `to` is below `from`, at any depth: a test may set up the world that its crate sees a part of.
fn reaches(from: &str, to: &str) -> bool {
    allowed(from).iter().any(|next| *next == to || reaches(next, to))
}

fn folder(name: &str) -> &str {
    name.strip_prefix("cloison-").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::metadata::{Dependency, Package};
    use super::refuse;

    /// `edge` is `from -> to`, or `from -> to (dev)`.
    fn check(edge: &str) -> Option<String> {
        let (from, to) = edge.split_once(" -> ").expect("an arrow");
        let (to, kind) = match to.strip_suffix(" (dev)") {
            Some(to) => (to, Some("dev".to_owned())),
            None => (to, None),
        };
        let package = Package {
            id: String::new(),
            name: format!("cloison-{from}"),
            version: String::new(),
            license: None,
            manifest_path: PathBuf::new(),
            dependencies: Vec::new(),
        };
        let dependency =
            Dependency { name: format!("cloison-{to}"), kind, path: Some(PathBuf::new()) };
        refuse(&package, &dependency)
    }

    #[test]
    fn the_rule_in_examples() {
        for allowed in [
            "catalog -> model",
            "control -> router",
            "studio -> router",
            "cli -> studio",
            "studio -> testkit (dev)",
            "testkit -> local-postgres",
            "studio -> model (dev)",
        ] {
            assert_eq!(check(allowed), None, "{allowed}");
        }
        for (refused, why) in [
            ("model -> api", "model may not depend on api, nor on any crate of ours"),
            (
                "studio -> catalog",
                "studio may not depend on catalog, only on router, api, studio-queries, pages",
            ),
            (
                "cli -> catalog-queries",
                "cli may not depend on catalog-queries, only on model, catalog, control, router, server, api, studio, local-postgres, lint, archive, pgbackrest, telemetry",
            ),
            (
                "studio -> model",
                "studio may not depend on model, only on router, api, studio-queries, pages",
            ),
            ("studio -> testkit", "testkit is for tests: make it a dev-dependency"),
            ("router -> catalog (dev)", "router may not depend on catalog, only on model"),
        ] {
            assert_eq!(check(refused).as_deref(), Some(why), "{refused}");
        }
    }
}
