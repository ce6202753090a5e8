//! A platform whose migrations are in a folder: the studio's own, and what a test puts beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::output::stdout;
use crate::up::{Up, cloison, fresh_data_dir};

pub(crate) struct Fleet {
    pub(crate) up: Up,
    folder: PathBuf,
}

/// Adds, and can be taken back.
pub(crate) const NOTE: (&str, &str) = (
    "0009_note.sql",
    "-- phase: expand\nalter table rooms add column note text not null default '';\n",
);
pub(crate) const NOTE_DOWN: (&str, &str) =
    ("0009_note.down.sql", "alter table rooms drop column note;\n");

/// Breaks in the studio whose name it forbids, `demo`.
pub(crate) const STRICT: (&str, &str) = (
    "0009_strict.sql",
    "-- phase: expand
-- lint: allow constraint-missing-not-valid because the table has one row
alter table studio_settings add constraint not_the_demo check (name <> 'Studio Marée');
",
);
pub(crate) const STRICT_DOWN: (&str, &str) =
    ("0009_strict.down.sql", "alter table studio_settings drop constraint not_the_demo;\n");

impl Fleet {
    /// With the demo's two studios, `demo` and `lantern`, at version 8.
    pub(crate) fn start() -> Self {
        Self::start_by(Up::start, &["--demo"])
    }

    /// With no tenants.
    pub(crate) fn start_empty() -> Self {
        Self::start_by(Up::start_without_spares, &[])
    }

    /// The process is killed, and another takes its place.
    pub(crate) fn kill_and_start(self) -> Self {
        let migrations = self.folder.display().to_string();
        let data_dir = self.up.kill();
        let up = Up::start_without_spares(&data_dir, &["--migrations", &migrations]);
        Self { up, folder: self.folder }
    }

    fn start_by(start: fn(&Path, &[&str]) -> Up, options: &[&str]) -> Self {
        let data_dir = fresh_data_dir();
        let folder = data_dir.join("migrations");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in cloison_studio::MIGRATIONS {
            fs::write(folder.join(name), text).unwrap();
        }
        let migrations = folder.display().to_string();
        let up = start(&data_dir, &[options, &["--migrations", &migrations]].concat());
        Self { up, folder }
    }

    pub(crate) fn put(&self, (name, text): (&str, &str)) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    pub(crate) fn remove(&self, (name, _): (&str, &str)) {
        fs::remove_file(self.folder.join(name)).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = cloison(&self.up.data_dir);
        command.arg("migrations").args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Of one that works: what it prints, without how fast it was.
    pub(crate) fn told(&self, arguments: &[&str]) -> String {
        without_rates(&stdout(&self.run(arguments)))
    }

    /// Of one that fails with 1: what it prints on stdout and on stderr.
    pub(crate) fn failed(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let text = |bytes| without_rates(&String::from_utf8(bytes).unwrap());
        (text(output.stdout), text(output.stderr))
    }
}

/// `2 of 2 tenants done, 7.5 a second, about 3 s left` without what comes of the machine.
fn without_rates(text: &str) -> String {
    let line = |line: &str| {
        let rate = line.find(" a second").and_then(|end| line[..end].rfind(", "));
        rate.map_or(line, |at| &line[..at]).to_owned() + "\n"
    };
    text.lines().map(line).collect()
}
