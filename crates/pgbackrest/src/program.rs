//! The installed pgBackRest. Nothing is installed here: where there is none, the answer is what that means and the
//! command that installs it.

use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The oldest version that Cloison works with, which is Debian 12's.
const VERSION_MIN: Version = Version { major: 2, minor: 45 };

/// Where it is besides the PATH: Debian and RPMs, from source, Homebrew.
const USUAL: [&str; 3] = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// What `pgbackrest version` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u32,
    pub minor: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// A pgBackRest that is new enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    path: PathBuf,
    version: Version,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotFound {
    #[error(
        "pgBackRest is not installed, so no database can be taken back to a point in time; \
         install it with: {}",
        install_command()
    )]
    Missing,
    #[error(
        "pgBackRest {version} in {} is too old, {VERSION_MIN} or later is needed, so no database can be taken back \
         to a point in time; install a newer one with: {}",
        .path.display(),
        install_command()
    )]
    TooOld { version: Version, path: PathBuf },
    #[error("{} is no working pgBackRest; give the path of the program itself, such as /usr/bin/pgbackrest", .path.display())]
    NotThere { path: PathBuf },
}

impl Program {
    /// The first one on the PATH or in the usual places; `explicit`, if given, is the only one looked at.
    pub fn find(explicit: Option<&Path>) -> Result<Self, NotFound> {
        if let Some(path) = explicit {
            return Self::at(path)
                .ok_or_else(|| NotFound::NotThere { path: path.to_owned() })?
                .new_enough();
        }
        let path = env::var_os("PATH").unwrap_or_default();
        Self::first(env::split_paths(&path).chain(USUAL.map(PathBuf::from)))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn version(&self) -> Version {
        self.version
    }

    fn first(folders: impl IntoIterator<Item = PathBuf>) -> Result<Self, NotFound> {
        let mut found = folders.into_iter().filter_map(|it| Self::at(&it.join("pgbackrest")));
        found.next().ok_or(NotFound::Missing)?.new_enough()
    }

    /// The path has to be absolute: PostgreSQL runs the program from its data directory.
    fn at(path: &Path) -> Option<Self> {
        if !path.is_absolute() || !path.is_file() {
            return None;
        }
        let output = Command::new(path)
            .arg("version")
            .env_clear()
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let version = parse_version(str::from_utf8(&output.stdout).ok()?)?;
        Some(Self { path: path.to_owned(), version })
    }

    fn new_enough(self) -> Result<Self, NotFound> {
        if self.version < VERSION_MIN {
            return Err(NotFound::TooOld { version: self.version, path: self.path });
        }
        Ok(self)
    }
}

/// `pgBackRest 2.45`; from 2.56 on there may be a patch number, from source `2.46dev`.
fn parse_version(text: &str) -> Option<Version> {
    let (major, rest) = text.trim().strip_prefix("pgBackRest ")?.split_once('.')?;
    let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    Some(Version { major: major.parse().ok()?, minor: rest[..digits].parse().ok()? })
}

fn install_command() -> &'static str {
    if cfg!(target_os = "macos") {
        "brew install pgbackrest"
    } else if Path::new("/etc/debian_version").exists() {
        "sudo apt-get install pgbackrest"
    } else if Path::new("/usr/bin/dnf").exists() {
        "sudo dnf install pgbackrest"
    } else {
        "the package manager of this system (the package is often called pgbackrest)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_program_prints_them() {
        for (text, expected) in [
            ("pgBackRest 2.45\n", Some((2, 45))),
            ("pgBackRest 2.56.1\n", Some((2, 56))),
            ("pgBackRest 2.46dev\n", Some((2, 46))),
            ("pgBackRest\n", None),
            ("pgBackRest 2.\n", None),
            ("something 2.45\n", None),
            ("", None),
        ] {
            let expected = expected.map(|(major, minor)| Version { major, minor });
            assert_eq!(parse_version(text), expected, "{text:?}");
        }
    }

    #[test]
    fn where_it_is_missing_it_says_what_that_means_and_what_to_do() {
        let error = Program::first([PathBuf::from("/nonexistent")]).unwrap_err();
        assert_eq!(error, NotFound::Missing);
        let words = error.to_string();
        assert!(words.contains("no database can be taken back to a point in time"), "{words}");
        assert!(words.contains("install it with: "), "{words}");
    }

    #[test]
    fn another_program_is_not_passed_off_as_it() {
        for path in ["/bin/true", "/nonexistent", "pgbackrest"] {
            let error = Program::find(Some(Path::new(path))).unwrap_err();
            assert_eq!(error, NotFound::NotThere { path: path.into() });
        }
    }

    #[test]
    fn an_old_one_is_named() {
        let old =
            Program { path: "/opt/pgbackrest".into(), version: Version { major: 2, minor: 39 } };
        let words = old.new_enough().unwrap_err().to_string();
        assert!(
            words.starts_with("pgBackRest 2.39 in /opt/pgbackrest is too old, 2.45"),
            "{words}"
        );
    }

    #[test]
    fn this_machine_has_one() {
        let found = Program::find(None).unwrap();
        assert_eq!(Program::find(Some(found.path())), Ok(found));
    }
}
