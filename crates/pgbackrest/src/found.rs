//! Where a server's stanza is, for whoever has not made it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

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

    /// All that have been configured below `parent`, by name.
    pub fn find_all(program: &Program, parent: &Path) -> io::Result<Vec<Self>> {
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(parent)? {
            let name = entry?.file_name();
            let Some(name) = name.to_str() else { continue };
            names.insert(name.strip_suffix(ELSEWHERE).unwrap_or(name).to_owned());
        }
        Ok(names.iter().filter_map(|it| Self::find(program, parent, it)).collect())
    }
}

/// Ends the name of a file that says where a folder is.
const ELSEWHERE: &str = "-at";

/// Where a data directory is closed to the server's user, there is a file that says where the folder went instead.
fn folder_of(parent: &Path, name: &str) -> PathBuf {
    let elsewhere = fs::read_to_string(parent.join(format!("{name}{ELSEWHERE}"))).ok();
    elsewhere.map_or_else(|| parent.join(name), |it| PathBuf::from(it.trim_end()))
}
