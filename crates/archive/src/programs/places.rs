//! Where they are, and whether they are new enough for a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

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
pub struct Programs {
    pub dump: PathBuf,
    pub restore: PathBuf,
}

/// Why a server's databases cannot be dumped from here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPrograms {
    #[error(
        "pg_dump and pg_restore are not on this machine; install them (Debian, Ubuntu: apt-get install postgresql-client-{major}; Fedora, RHEL: dnf install postgresql{major})"
    )]
    Missing { major: u32 },
    /// It would refuse the server anyway, in words that name neither the machine nor what to install.
    #[error(
        "the server is PostgreSQL {major} and {program} here is of version {found}, which cannot read it; install a newer one (Debian, Ubuntu: apt-get install postgresql-client-{major}; Fedora, RHEL: dnf install postgresql{major})"
    )]
    TooOld { major: u32, found: u32, program: PathBuf },
    #[error("cannot ask {program} for its version: {why}")]
    Unknown { program: PathBuf, why: String },
}

impl ProgramPlaces {
    /// Those of the server's own version before those on the PATH: an older `pg_dump` refuses the server, and what a newer
    /// one writes may be too new for it. Of other versions, the newest.
    ///
    /// # Errors
    ///
    /// If there are none. Whether those that there are will do, [`Programs::suit`] says.
    pub fn find(&self, major: u32) -> Result<Programs, NoPrograms> {
        let folders = match self {
            Self::Only(folders) => folders.clone(),
            Self::Machine => machine(major),
        };
        folders.iter().find_map(|it| programs_in(it)).ok_or(NoPrograms::Missing { major })
    }
}

impl Programs {
    /// Answers the version of `pg_dump`, as it says it itself, if that can read a server of this major version.
    ///
    /// # Errors
    ///
    /// If it is older than the server, or does not say.
    pub async fn suit(&self, major: u32) -> Result<String, NoPrograms> {
        let unknown = |why: String| NoPrograms::Unknown { program: self.dump.clone(), why };
        let mut command = Command::new(&self.dump);
        command.arg("--version").stdin(Stdio::null()).env("LC_ALL", "C").kill_on_drop(true);
        let output = command.output().await.map_err(|error| unknown(error.to_string()))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let version =
            version_in(&said).ok_or_else(|| unknown(format!("it says '{}'", said.trim())))?;
        let found = version.split('.').next().and_then(|it| it.parse().ok());
        match found {
            Some(found) if found < major => {
                Err(NoPrograms::TooOld { major, found, program: self.dump.clone() })
            }
            Some(_) => Ok(version.to_owned()),
            None => Err(unknown(format!("it says '{}'", said.trim()))),
        }
    }
}

/// `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `pg_dump (PostgreSQL) 19beta1`.
fn version_in(said: &str) -> Option<&str> {
    let rest = said.split_once("(PostgreSQL) ")?.1;
    rest.split(|it: char| !it.is_ascii_digit() && it != '.').next().filter(|it| !it.is_empty())
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
        assert!(why.to_string().contains("apt-get install postgresql-client-16"), "{why}");
    }

    #[test]
    fn a_version_is_read_out_of_what_a_program_says() {
        for (said, version) in [
            ("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some("15.18")),
            ("pg_dump (PostgreSQL) 19beta1\n", Some("19")),
            ("pg_dump (EnterpriseDB)", None),
        ] {
            assert_eq!(version_in(said), version, "{said}");
        }
    }
}
