//! The licences and the banned crates of `deny.toml`, without needing `cargo-deny` to be installed.
//!
//! Advisories are not checked here: they need a database from the network.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Finding;
use super::expression;
use super::metadata::{Metadata, Package};

#[derive(Deserialize)]
struct Policy {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    name: String,
    /// Crates that may use it all the same, as in cargo-deny.
    #[serde(default)]
    wrappers: Vec<String>,
}

pub(super) fn check(metadata: &Metadata, policy: &str) -> Result<Vec<Finding>> {
    let policy: Policy = toml::from_str(policy).context("understand deny.toml")?;
    let banned = metadata.foreign().filter_map(|package| ban(&policy.bans, metadata, package));
    let refused = metadata.foreign().filter_map(|package| refuse(&policy.licenses, package));
    Ok(banned
        .chain(refused)
        .map(|message| Finding::new("Cargo.lock".as_ref(), 0, message))
        .collect())
}

fn ban(bans: &Bans, metadata: &Metadata, package: &Package) -> Option<String> {
    let ban = bans.deny.iter().find(|ban| ban.name == package.name)?;
    let user = metadata.packages.iter().find(|user| {
        let uses = user.dependencies.iter().any(|it| it.name == package.name && it.kind.is_none());
        uses && !ban.wrappers.contains(&user.name)
    })?;
    let Package { name, version, .. } = package;
    Some(format!("{name} {version} is banned by deny.toml, and {} uses it", user.name))
}

fn refuse(licenses: &Licenses, package: &Package) -> Option<String> {
    let Package { name, version, license, .. } = package;
    let Some(license) = license else {
        return Some(format!("{name} {version} states no licence"));
    };
    let allowed = |name: &str| licenses.allow.iter().any(|it| it == name);
    (!expression::allows(license, allowed))
        .then(|| format!("{name} {version} is under {license}, which deny.toml does not allow"))
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Metadata;
    use super::check;

    const POLICY: &str = r"
        licenses.allow = ['MIT']
        bans.deny = [{ name = 'openssl' }, { name = 'lazy_static', wrappers = ['sharded-slab'] }]
    ";

    /// What is said of `name` under `license`, which `user` depends on.
    fn messages(name: &str, license: Option<&str>, user: &str) -> Vec<String> {
        let package = |name: &str, license: Option<&str>, uses: &[&str]| {
            let dependencies: Vec<_> =
                uses.iter().map(|name| serde_json::json!({ "name": name })).collect();
            serde_json::json!({
                "id": name, "name": name, "version": "1.0.0", "license": license,
                "manifest_path": "Cargo.toml", "dependencies": dependencies,
            })
        };
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "packages": [package(name, license, &[]), package(user, Some("MIT"), &[name])],
            "workspace_members": [],
        }))
        .unwrap();
        check(&metadata, POLICY).unwrap().into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        assert_eq!(messages("a", Some("MIT OR GPL-3.0"), "b"), [""; 0]);
        assert_eq!(
            messages("a", Some("GPL-3.0"), "b"),
            ["a 1.0.0 is under GPL-3.0, which deny.toml does not allow"]
        );
        assert_eq!(messages("a", None, "b"), ["a 1.0.0 states no licence"]);
    }

    #[test]
    fn a_banned_crate_is_found_unless_wrapped() {
        assert_eq!(
            messages("openssl", Some("MIT"), "b"),
            ["openssl 1.0.0 is banned by deny.toml, and b uses it"]
        );
        assert_eq!(messages("lazy_static", Some("MIT"), "sharded-slab"), [""; 0]);
        assert_eq!(messages("lazy_static", Some("MIT"), "b").len(), 1);
    }
}
