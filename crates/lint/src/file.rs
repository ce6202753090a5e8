//! One file of a release as the rules see it.

use cloison_model::{Migration, MigrationPhase, Script, header_values};

use crate::before::{Before, Standing};
use crate::command::Command;
use crate::statements::{line, statements};

/// Which way a file leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Up,
    /// It takes another one back, so taking away is what it is for.
    Down,
}

pub(crate) struct File<'a> {
    pub name: String,
    pub sql: &'a str,
    pub way: Way,
    pub phase: MigrationPhase,
    pub in_transaction: bool,
    pub commands: Vec<(Command<'a>, Standing)>,
}

impl<'a> File<'a> {
    /// `before` is how the files before it leave things, and afterwards how this one does.
    pub(crate) fn new(
        migration: &Migration,
        script: &'a Script,
        way: Way,
        before: &mut Before<'_>,
    ) -> Self {
        let up = migration.file_name();
        let name = match way {
            Way::Up => up,
            Way::Down => format!("{}.down.sql", up.trim_end_matches(".sql")),
        };
        // As `Release::upgrade` puts files together.
        let is_alone = !script.in_transaction || migration.phase == MigrationPhase::Backfill;
        if is_alone {
            before.unlock();
        }
        let mut commands = Vec::new();
        for statement in statements(&script.sql) {
            let command = Command::read(&statement);
            let standing = before.pass(&command);
            if !script.in_transaction {
                before.unlock();
            }
            commands.push((command, standing));
        }
        if is_alone {
            before.unlock();
        }
        let (phase, in_transaction) = (migration.phase, script.in_transaction);
        Self { name, sql: &script.sql, way, phase, in_transaction, commands }
    }

    /// Whether it may take something away that programs know.
    pub(crate) fn may_take_away(&self) -> bool {
        self.way == Way::Down || self.phase == MigrationPhase::Contract
    }

    pub(crate) fn says_its_phase(&self) -> bool {
        header_values(self.sql, "phase").next().is_some()
    }

    pub(crate) fn line(&self, offset: usize) -> usize {
        line(self.sql, offset)
    }

    /// The statement that a place is in.
    pub(crate) fn command_at(&self, offset: usize) -> Option<&(Command<'a>, Standing)> {
        self.commands.iter().rev().find(|(it, _)| it.offset <= offset)
    }
}
