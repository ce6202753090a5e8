//! How the other commands reach what `up` has started: a small file in its data directory.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::complaint::Complaint;

/// Where `up` keeps its state unless told otherwise.
pub(crate) const DATA_DIR: &str = ".cloison";
const FILE: &str = "profile.toml";

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// The console's.
    pub(crate) url: String,
    pub(crate) token: String,
}

pub(crate) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

/// The profile of this data directory, or of the nearest `.cloison` here or above.
pub(crate) fn find(data_dir: Option<&Path>) -> anyhow::Result<Profile> {
    let here = env::current_dir().context("read the current directory")?;
    let found = match data_dir {
        Some(it) => Some(path(it)),
        None => here.ancestors().map(|it| path(&it.join(DATA_DIR))).find(|it| it.exists()),
    };
    let missing = |place: &str| {
        Complaint::new(
            format!("no profile in {place}"),
            "nothing says where Cloison runs and with which token to ask it",
            "start it here with: cloison up, or set CLOISON_URL and CLOISON_TOKEN",
        )
    };
    let file = found.ok_or_else(|| missing(&format!("{} or above", here.display())))?;
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(missing(&file.display().to_string()).into());
        }
        Err(error) => return Err(error).with_context(|| format!("read {}", file.display())),
    };
    toml::from_str(&text).with_context(|| format!("read {}", file.display()))
}
