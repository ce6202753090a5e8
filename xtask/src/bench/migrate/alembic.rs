//! Alembic, which most programs that have a database a customer would use: in one process over all of them, and in one
//! process for each.
//!
//! It is installed from `PyPI` into a folder beside the build, once. The scripts are ours; the loop is that of its own
//! cookbook for many databases.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::shop::Set;
use crate::clusters::Cluster;
use crate::process;
use crate::workspace::target;

const REQUIREMENTS: &str = include_str!("../../../assets/migrate/requirements.txt");
const SETTINGS: &str = include_str!("../../../assets/migrate/alembic.ini");
const ENVIRONMENT: &str = include_str!("../../../assets/migrate/env.py");
const REVISION: &str = include_str!("../../../assets/migrate/revision.py");
/// Where it begins, so that its own table is there before anything is timed.
const FIRST: &str = "revision = \"r0\"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n";

/// An environment whose revisions grow by one with each round.
pub(super) struct Alembic {
    program: PathBuf,
    folder: PathBuf,
    server: Cluster,
    rounds: u32,
}

impl Alembic {
    /// `folder` is made.
    pub(super) fn create(folder: &Path, server: &Cluster) -> Result<Self> {
        let program = install().context("install Alembic")?;
        fs::create_dir_all(folder.join("versions"))?;
        let alembic =
            Self { program, folder: folder.to_owned(), server: server.clone(), rounds: 0 };
        alembic.write("alembic.ini", SETTINGS)?;
        alembic.write("env.py", ENVIRONMENT)?;
        alembic.write("versions/r0.py", FIRST)?;
        Ok(alembic)
    }

    pub(super) fn version() -> &'static str {
        let pinned = REQUIREMENTS.lines().find_map(|it| it.strip_prefix("alembic=="));
        pinned.expect("its version is pinned")
    }

    /// One revision more.
    pub(super) fn grow(&mut self) -> Result<()> {
        let before = format!("\"r{}\"", self.rounds);
        self.rounds += 1;
        let text = REVISION
            .replace("{set}", Set::Alembic.name())
            .replace("{round}", &self.rounds.to_string())
            .replace("{before}", &before);
        self.write(&format!("versions/r{}.py", self.rounds), &text)
    }

    /// From the process's start to its end, over all of them.
    pub(super) fn migrate(&self, databases: &[String]) -> Result<Duration> {
        let list: Vec<String> = databases.iter().map(|it| self.server.database(it)).collect();
        self.write("databases", &list.join("\n"))?;
        let started = Instant::now();
        process::output(Command::new(&self.program).current_dir(&self.folder).args([
            "-x",
            "databases=databases",
            "upgrade",
            "head",
        ]))
        .context("migrate by Alembic")?;
        Ok(started.elapsed())
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.folder.join(name);
        fs::write(&file, text).with_context(|| format!("write {}", file.display()))
    }
}

/// The program, in an environment of just the versions that are asked for.
fn install() -> Result<PathBuf> {
    let folder = target()?.join("bench").join(format!("alembic-{}", Alembic::version()));
    let (programs, done) = (folder.join("bin"), folder.join("requirements.txt"));
    if fs::read_to_string(&done).is_ok_and(|it| it == REQUIREMENTS) {
        return Ok(programs.join("alembic"));
    }
    fs::create_dir_all(&folder)?;
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let wanted = folder.join("wanted.txt");
    fs::write(&wanted, REQUIREMENTS)?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    process::run(Command::new(programs.join("python")).args(pip).arg(&wanted))?;
    // The last thing, so that an installation that was cut off is begun anew.
    fs::rename(&wanted, &done)?;
    Ok(programs.join("alembic"))
}
