//! Where a server's stanza is, for whoever has not made it.

use std::fs;
use std::path::{Path, PathBuf};

use cloison_local_postgres::Account;

use crate::config::CONFIG;
use crate::program::Program;
use crate::stanza::Stanza;

impl Stanza {
    /// The stanza `name` in its folder below `parent`, if it has been configured there. It is worked with as whoever owns it.
    pub fn find(program: &Program, parent: &Path, name: &str) -> Option<Self> {
        let folder = folder_of(parent, name);
        let account = Account::choose(&folder.join(CONFIG)).ok()?;
        folder.join(CONFIG).is_file().then_some(())?;
        Some(Self::new(program.clone(), name.parse().ok()?, folder, account))
    }
}

/// Where a data directory is closed to the server's user, there is a file that says where the folder went instead.
fn folder_of(parent: &Path, name: &str) -> PathBuf {
    let elsewhere = fs::read_to_string(parent.join(format!("{name}-at"))).ok();
    elsewhere.map_or_else(|| parent.join(name), |it| PathBuf::from(it.trim_end()))
}
