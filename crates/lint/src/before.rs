//! What a release makes itself: objects that no running program knows yet, and tables that have no rows.

use std::collections::BTreeSet;

use crate::command::Command;

/// How things stand before a statement, as far as the release's own statements tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    /// Kind and name.
    created: BTreeSet<(String, String)>,
    /// Tables in use that the same transaction has altered, and so keeps others out of until it ends.
    locked: BTreeSet<String>,
}

impl Before {
    pub(crate) fn add(&mut self, command: &Command<'_>) {
        // With IF NOT EXISTS it may have been there, with OR REPLACE too.
        if command.verb() == "create" && !command.is_guarded && !command.or_replaces {
            self.created.extend(command.names.iter().map(|it| (command.kind.clone(), it.clone())));
        }
        let alters = command.verb() == "alter" && !self.has_all_of(command);
        self.locked.extend(command.table.clone().filter(|_| alters));
    }

    /// A transaction ends here, or begins.
    pub(crate) fn unlock(&mut self) {
        self.locked.clear();
    }

    pub(crate) fn is_locked(&self, table: &str) -> bool {
        self.locked.contains(table)
    }

    /// Whether all that a statement is about is new.
    pub(crate) fn has_all_of(&self, command: &Command<'_>) -> bool {
        let has =
            |kind: &str, name: &String| self.created.contains(&(kind.to_owned(), name.clone()));
        match &command.table {
            Some(table) => has("table", table) || has("materialized view", table),
            None if command.verb() == "create" => false,
            None => {
                !command.names.is_empty() && command.names.iter().all(|it| has(&command.kind, it))
            }
        }
    }
}
