//! How things stand before a statement, as far as the release's own statements tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;

/// What the statements so far have made, and what they hold.
#[derive(Debug, Default)]
pub(crate) struct Before<'o> {
    /// Names by kind: objects that no running program knows yet, and tables that have no rows.
    created: BTreeMap<String, BTreeSet<String>>,
    /// Tables that the same transaction has altered, and so keeps others out of until it ends.
    locked: BTreeSet<String>,
    /// What was made further out, by the files that this one may take back.
    outer: Option<&'o Self>,
}

/// What one statement meets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// All that it is about is made by the release itself.
    pub is_new: bool,
    /// Its table, or one that it writes, is in use and was altered in the same transaction.
    pub is_locked: bool,
}

impl<'o> Before<'o> {
    /// For a file whose own statements count for itself alone.
    pub(crate) fn inside(outer: &'o Self) -> Self {
        Self { outer: Some(outer), ..Self::default() }
    }

    /// Goes over one statement.
    pub(crate) fn pass(&mut self, command: &Command<'_>) -> Standing {
        let is_new = self.has_all_of(command);
        let mut tables = command.table.iter().chain(&command.writes);
        let is_locked = tables.any(|it| self.locked.contains(it) && !self.has_table(it));
        // With IF NOT EXISTS it may have been there, with OR REPLACE too.
        if command.verb() == "create" && !command.is_guarded && !command.or_replaces {
            let names = command.names.iter().cloned();
            self.created.entry(command.kind.clone()).or_default().extend(names);
        }
        // A new one, too: it may have grown old when the transaction comes to the next statement.
        self.locked.extend(command.table.clone().filter(|_| command.verb() == "alter"));
        Standing { is_new, is_locked }
    }

    /// From here on, there are databases that have all that was made so far, and rows in it.
    pub(crate) fn grow_old(&mut self) {
        self.created.clear();
    }

    /// A transaction ends here, or begins.
    pub(crate) fn unlock(&mut self) {
        self.locked.clear();
    }

    fn has_all_of(&self, command: &Command<'_>) -> bool {
        match &command.table {
            Some(table) => self.has_table(table),
            None if command.verb() == "create" => false,
            None => {
                !command.names.is_empty()
                    && command.names.iter().all(|it| self.has(&command.kind, it))
            }
        }
    }

    fn has_table(&self, name: &str) -> bool {
        self.has("table", name) || self.has("materialized view", name)
    }

    fn has(&self, kind: &str, name: &str) -> bool {
        self.created.get(kind).is_some_and(|it| it.contains(name))
            || self.outer.is_some_and(|it| it.has(kind, name))
    }
}
