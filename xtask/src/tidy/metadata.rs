//! What `cargo metadata` says, as far as the rules need it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::output;
use crate::workspace::root;

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    pub(super) workspace_members: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license: Option<String>,
    pub(super) manifest_path: PathBuf,
    pub(super) dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// `dev`, `build`, or nothing for an ordinary one.
    pub(super) kind: Option<String>,
    /// There for a dependency that lies in this workspace.
    pub(super) path: Option<PathBuf>,
}

impl Metadata {
    /// Asks for the platform that servers run on: what only other systems need is not shipped.
    pub(super) fn load() -> Result<Self> {
        let json = output(Command::new("cargo").current_dir(root()).args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--all-features",
            "--filter-platform=x86_64-unknown-linux-gnu",
        ]))?;
        serde_json::from_str(&json).context("read what cargo metadata says")
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }

    pub(super) fn foreign(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !self.workspace_members.contains(&package.id))
    }
}

impl Package {
    /// The manifest's path inside the workspace.
    pub(super) fn manifest(&self) -> &Path {
        self.manifest_path.strip_prefix(root()).unwrap_or(&self.manifest_path)
    }
}
