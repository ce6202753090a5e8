//! Where `pg_dump` and `pg_restore` are on this machine.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders of the programs of one major version, as Debian and the PostgreSQL project's RPMs lay them out.
const LAYOUTS: [(&str, &str); 2] = [("/usr/lib/postgresql/", "/bin"), ("/usr/pgsql-", "/bin")];

/// Where they are looked for.
#[derive(Clone, Debug, Default)]
pub enum ProgramPlaces {
    /// The PATH, and where distributions put them.
    #[default]
    Machine,
    Only(Vec<PathBuf>),
}

/// Both from one folder, so that they understand each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programs {
    pub(super) dump: PathBuf,
    pub(super) restore: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the shadow run copies tenants with pg_dump and pg_restore, and they are not on this machine; install them (Debian, Ubuntu: apt-get install postgresql-client-{major}; Fedora, RHEL: dnf install postgresql{major}), or go without the shadow run by --skip-shadow, and the canaries are the first to find out"
)]
pub(super) struct NoPrograms {
    pub(super) major: u32,
}

impl ProgramPlaces {
    /// Those of the server's own version before those on the PATH: an older `pg_dump` refuses the server, and what a newer
    /// one writes may be too new for it. Of other versions, the newest.
    pub(super) fn find(&self, major: u32) -> Result<Programs, NoPrograms> {
        let folders = match self {
            Self::Only(folders) => folders.clone(),
            Self::Machine => machine(major),
        };
        folders.iter().find_map(|it| programs_in(it)).ok_or(NoPrograms { major })
    }
}

fn programs_in(folder: &Path) -> Option<Programs> {
    let programs = Programs { dump: folder.join("pg_dump"), restore: folder.join("pg_restore") };
    (programs.dump.is_file() && programs.restore.is_file()).then_some(programs)
}

fn machine(major: u32) -> Vec<PathBuf> {
    let of = |major: u32| {
        LAYOUTS.map(|(before, after)| PathBuf::from(format!("{before}{major}{after}")))
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = Vec::from(of(major));
    folders.extend(std::env::split_paths(&path));
    let mut others: Vec<u32> = LAYOUTS.iter().flat_map(|it| majors(it.0)).collect();
    others.sort_unstable();
    folders.extend(others.into_iter().rev().flat_map(of));
    folders
}

/// What stands in the place of the version, in the names of folders.
fn majors(before: &str) -> Vec<u32> {
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|it| it.file_name().to_str()?.strip_prefix(prefix)?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_version_comes_first() {
        let found = machine(15);
        assert_eq!(found[0], Path::new("/usr/lib/postgresql/15/bin"));
        assert_eq!(found[1], Path::new("/usr/pgsql-15/bin"));
    }

    #[test]
    fn what_is_missing_is_said_and_how_to_install_it() {
        let why = ProgramPlaces::Only(vec![PathBuf::from("/nowhere")]).find(16).unwrap_err();
        let words = why.to_string();
        assert!(words.contains("apt-get install postgresql-client-16"), "{words}");
        assert!(words.contains("--skip-shadow"), "{words}");
    }
}
