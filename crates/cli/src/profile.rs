//! How the other commands reach the platform: a small file that `up` and `login` write.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::complaint::Complaint;
use crate::whole_file;

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

/// Which profile counts: that of this data directory, or of the nearest `.cloison` here or above, or
/// the user's own.
fn place(data_dir: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    if let Some(it) = data_dir {
        return Ok(Some(path(it)));
    }
    let here = env::current_dir().context("read the current directory")?;
    let near = here.ancestors().map(|it| path(&it.join(DATA_DIR))).find(|it| it.exists());
    Ok(near.or_else(|| Some(env::home_dir()?.join(".config/cloison").join(FILE))))
}

/// How to reach the platform, if that is written anywhere.
pub(crate) fn find(data_dir: Option<&Path>) -> anyhow::Result<Profile> {
    let missing = |place: &str| {
        Complaint::new(
            format!("no profile in {place}"),
            "nothing says where Cloison runs and with which token to ask it",
            "start it here with: cloison up, or sign in with: cloison login --url <console's URL>",
        )
    };
    let nowhere = || missing("the home directory, since there is none");
    let file = place(data_dir)?.ok_or_else(nowhere)?;
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(missing(&file.display().to_string()).into());
        }
        Err(error) => return Err(error).with_context(|| format!("read {}", file.display())),
    };
    toml::from_str(&text).with_context(|| format!("read {}", file.display()))
}

/// Writes the profile where [`find`] reads it, and answers where that is.
pub(crate) fn put(data_dir: Option<&Path>, profile: &Profile) -> anyhow::Result<PathBuf> {
    let file = place(data_dir)?.context("find the home directory")?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    }
    write(&file, profile)?;
    Ok(file)
}

/// For its owner's eyes: the token is a secret.
pub(crate) fn write(file: &Path, profile: &Profile) -> anyhow::Result<()> {
    whole_file::write(file, &toml::to_string(profile)?, 0o600)
}
