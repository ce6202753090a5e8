//! Where PostgreSQL's server programs are on this machine, and which of several to take.
//!
//! Distributions keep them off the PATH, so the usual places are searched as well. Nothing is installed here: when
//! there is none, the answer is the command that installs it.

use std::{
    env,
    ffi::OsStr,
    fmt, fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The oldest major version that Cloison works with.
const MAJOR_MIN: u32 = 15;

/// A starting cluster needs both; a folder with only client programs has neither.
const PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// Folders of server programs, as Debian, PGDG's RPMs, Alpine, Homebrew (Apple silicon, Intel) and Postgres.app lay
/// them out. One `*` matches part of one component.
const LAYOUTS: [&str; 6] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// What `postgres --version` says.
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

/// A folder of server programs that can run a cluster, of a version that is new enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    bin_dir: PathBuf,
    version: Version,
}

/// Why there is no usable PostgreSQL, with what to do about it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotFound {
    #[error(
        "no PostgreSQL server was found on this machine; install it with: {}",
        install_command()
    )]
    Missing,
    #[error(
        "PostgreSQL {version} in {} is too old, {MAJOR_MIN} or later is needed; install it with: {}",
        .bin_dir.display(),
        install_command()
    )]
    TooOld { version: Version, bin_dir: PathBuf },
    #[error(
        "{} has no working `initdb` and `postgres`; give the folder of PostgreSQL's server programs, \
         such as /usr/lib/postgresql/15/bin",
        .bin_dir.display()
    )]
    NotThere { bin_dir: PathBuf },
}

impl Installation {
    /// The newest installation on the PATH and in the usual places; `explicit`, if given, is the only one looked at.
    pub fn find(explicit: Option<&Path>) -> Result<Self, NotFound> {
        let Some(bin_dir) = explicit else {
            let path = env::var_os("PATH").unwrap_or_default();
            return Self::newest(&candidates(&path, Path::new("/")));
        };
        Self::at(bin_dir)
            .ok_or_else(|| NotFound::NotThere { bin_dir: bin_dir.to_owned() })?
            .new_enough()
    }

    /// The folder that holds `postgres`, `pg_dump` and the like.
    pub fn bin_dir(&self) -> &Path {
        &self.bin_dir
    }

    /// The path of one of PostgreSQL's programs, whether it is there or not.
    pub fn program(&self, name: &str) -> PathBuf {
        self.bin_dir.join(name)
    }

    pub fn version(&self) -> Version {
        self.version
    }

    fn newest(bin_dirs: &[PathBuf]) -> Result<Self, NotFound> {
        let mut newest: Option<Self> = None;
        for found in bin_dirs.iter().filter_map(|it| Self::at(it)) {
            // The first of equals stays, which is the one on the PATH.
            if newest.as_ref().is_none_or(|it| it.version < found.version) {
                newest = Some(found);
            }
        }
        newest.ok_or(NotFound::Missing)?.new_enough()
    }

    fn at(bin_dir: &Path) -> Option<Self> {
        if !PROGRAMS.iter().all(|it| bin_dir.join(it).is_file()) {
            return None;
        }
        let output = Command::new(bin_dir.join("postgres"))
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let version = parse_version(str::from_utf8(&output.stdout).ok()?)?;
        Some(Self { bin_dir: bin_dir.to_owned(), version })
    }

    fn new_enough(self) -> Result<Self, NotFound> {
        if self.version.major < MAJOR_MIN {
            return Err(NotFound::TooOld { version: self.version, bin_dir: self.bin_dir });
        }
        Ok(self)
    }
}

/// Folders worth a look, the PATH first. Links are resolved, because `initdb` looks for `postgres` beside itself.
fn candidates(path: &OsStr, root: &Path) -> Vec<PathBuf> {
    let on_path = env::split_paths(path)
        .filter_map(|it| fs::canonicalize(it.join("postgres")).ok())
        .filter_map(|it| it.parent().map(Path::to_owned));
    on_path.chain(LAYOUTS.iter().flat_map(|it| expand(root, it))).collect()
}

/// The folders that match a pattern of [`LAYOUTS`], none if its fixed part is absent.
fn expand(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    for component in pattern.split('/').filter(|it| !it.is_empty()) {
        found = match component.split_once('*') {
            None => found.iter().map(|it| it.join(component)).collect(),
            Some((prefix, suffix)) => {
                found.iter().flat_map(|it| matching(it, prefix, suffix)).collect()
            }
        };
    }
    found
}

fn matching(dir: &Path, prefix: &str, suffix: &str) -> Vec<PathBuf> {
    let matches = |entry: io::Result<fs::DirEntry>| {
        let entry = entry.ok()?;
        let name = entry.file_name();
        let rest = name.to_str()?.strip_prefix(prefix)?;
        rest.ends_with(suffix).then(|| entry.path())
    };
    fs::read_dir(dir).map(|entries| entries.filter_map(matches).collect()).unwrap_or_default()
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`; a beta is `17beta1`, a build from source `18devel`.
fn parse_version(text: &str) -> Option<Version> {
    let number = text.trim().strip_prefix("postgres (PostgreSQL) ")?.split_whitespace().next()?;
    let leading = |it: &str| it.find(|c: char| !c.is_ascii_digit()).unwrap_or(it.len());
    let (major, rest) = number.split_at(leading(number));
    let minor = rest.strip_prefix('.').map_or("0", |it| &it[..leading(it)]);
    Some(Version { major: major.parse().ok()?, minor: minor.parse().unwrap_or(0) })
}

fn install_command() -> &'static str {
    if cfg!(target_os = "macos") {
        "brew install postgresql@17"
    } else if Path::new("/etc/debian_version").exists() {
        "sudo apt-get install postgresql"
    } else if Path::new("/usr/bin/dnf").exists() {
        "sudo dnf install postgresql-server postgresql-contrib"
    } else {
        "the package manager of this system (the package is often called postgresql)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A root folder with fake installations: `bin_dir version` each.
    struct Machine(PathBuf);

    impl Machine {
        fn with(name: &str, installations: &[(&str, &str)]) -> Self {
            let root = env::temp_dir().join(format!("cloison-find-{name}-{}", std::process::id()));
            for (bin_dir, version) in installations {
                let bin_dir = root.join(bin_dir);
                fs::create_dir_all(&bin_dir).unwrap();
                for program in PROGRAMS {
                    // Written by a child: a script that this process has open for writing, or had when another test
                    // forked, cannot be run ("text file busy").
                    let script = format!(
                        "echo '#!/bin/sh\necho \"postgres (PostgreSQL) {version}\"' > $0; chmod +x $0"
                    );
                    let status = Command::new("sh")
                        .arg("-c")
                        .arg(script)
                        .arg(bin_dir.join(program))
                        .status();
                    assert!(status.unwrap().success());
                }
            }
            Self(fs::canonicalize(&root).unwrap_or(root))
        }

        fn find(&self, path: &str) -> Result<(String, Version), NotFound> {
            let path = env::join_paths(path.split_whitespace().map(|it| self.0.join(it))).unwrap();
            let found = Installation::newest(&candidates(&path, &self.0))?;
            let bin_dir = found.bin_dir().strip_prefix(&self.0).unwrap().display().to_string();
            Ok((bin_dir, found.version()))
        }
    }

    impl Drop for Machine {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    fn version(major: u32, minor: u32) -> Version {
        Version { major, minor }
    }

    #[test]
    fn versions_are_read_as_the_server_prints_them() {
        for (text, expected) in [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(version(15, 14))),
            ("postgres (PostgreSQL) 17.2 (Homebrew)\n", Some(version(17, 2))),
            ("postgres (PostgreSQL) 17beta1\n", Some(version(17, 0))),
            ("postgres (PostgreSQL) 18devel\n", Some(version(18, 0))),
            ("postgres (PostgreSQL) 9.6.24\n", Some(version(9, 6))),
            ("psql (PostgreSQL) 15.14\n", None),
            ("postgres (PostgreSQL) unknown\n", None),
            ("", None),
        ] {
            assert_eq!(parse_version(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_newest_wins_wherever_it_is() {
        let machine = Machine::with(
            "newest",
            &[
                ("usr/bin", "15.3"),
                ("usr/lib/postgresql/9.6/bin", "9.6.24"),
                ("usr/lib/postgresql/15/bin", "15.14"),
                ("opt/homebrew/opt/postgresql@17/bin", "17.2 (Homebrew)"),
                ("Applications/Postgres.app/Contents/Versions/16/bin", "16.9"),
            ],
        );
        let expected = ("opt/homebrew/opt/postgresql@17/bin".to_owned(), version(17, 2));
        assert_eq!(machine.find("bin usr/bin"), Ok(expected));
    }

    #[test]
    fn the_path_wins_among_equals() {
        let machine =
            Machine::with("path", &[("home/pg", "15.14"), ("usr/lib/postgresql/15/bin", "15.14")]);
        assert_eq!(machine.find("home/pg").unwrap().0, "home/pg");
        assert_eq!(machine.find("").unwrap().0, "usr/lib/postgresql/15/bin");
    }

    #[test]
    fn an_old_one_is_named() {
        let machine = Machine::with("old", &[("usr/lib/postgresql/13/bin", "13.20")]);
        let error = machine.find("").unwrap_err();
        assert!(matches!(&error, NotFound::TooOld { version, .. } if version.major == 13));
        assert!(
            error.to_string().contains("usr/lib/postgresql/13/bin is too old, 15 or later"),
            "{error}"
        );
    }

    #[test]
    fn none_at_all_says_how_to_install_it() {
        let error = Machine::with("none", &[]).find("usr/bin").unwrap_err();
        assert_eq!(error, NotFound::Missing);
        assert!(
            error
                .to_string()
                .starts_with("no PostgreSQL server was found on this machine; install it with: ")
        );
    }

    #[test]
    fn a_wrong_explicit_folder_is_not_passed_over() {
        let error = Installation::find(Some(Path::new("/nonexistent/bin"))).unwrap_err();
        assert_eq!(error, NotFound::NotThere { bin_dir: "/nonexistent/bin".into() });
    }

    #[test]
    fn this_machine_has_one() {
        let found = Installation::find(None).unwrap();
        assert_eq!(Installation::find(Some(found.bin_dir())), Ok(found));
    }
}
