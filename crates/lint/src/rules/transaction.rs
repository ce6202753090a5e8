//! What goes with the transaction that files are run in, and what does not.

use super::{Place, Verdict};
use crate::command::Command;

/// If it is cut off, the partition is half detached, and a second run fails at that.
pub(super) const DETACH_HELP: &str = "Leave CONCURRENTLY out, in a file without -- no-transaction: the locks on the table and its partition are held for a moment only.";

/// Whoever runs the file opens the transaction and writes the history in it.
pub(super) fn control(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let controls = match command.verb() {
        "begin" | "commit" | "end" | "rollback" | "abort" | "savepoint" | "release" => true,
        "start" | "prepare" | "set" => command.word(1) == "transaction",
        _ => false,
    };
    controls.then(|| {
        Verdict::refused(
            "The file is run in a transaction that also writes the history; it must not end or open one itself.",
            "Leave the statement out. For what cannot be in a transaction there is a file with -- no-transaction on top.",
        )
    })
}

pub(super) fn needs_none(place: &Place<'_>) -> Option<Verdict> {
    if !place.file.in_transaction || !cannot_be_in_one(place.command) {
        return None;
    }
    let help = if place.command.detaches_concurrently() {
        DETACH_HELP
    } else {
        "Put it into a file of its own with -- no-transaction on top."
    };
    Some(Verdict::refused(
        "PostgreSQL refuses this statement in a transaction, and the file is run in one.",
        help,
    ))
}

fn cannot_be_in_one(command: &Command<'_>) -> bool {
    match command.verb() {
        "vacuum" => true,
        "reindex" => {
            // A row of options comes first, if there are any.
            command.has(&["concurrently"])
                || ["schema", "database", "system"].into_iter().any(|it| command.has_outside(it))
        }
        "create" | "drop" if command.kind == "index" => command.has_outside("concurrently"),
        _ => command.detaches_concurrently(),
    }
}

/// A constraint that is validated in a transaction that has altered its table keeps everybody out while all rows are read.
pub(super) fn validate_apart(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let validates = command.has(&["validate", "constraint"]);
    (validates && place.standing.is_locked).then(|| {
        Verdict::refused(
            "The table was altered in the same transaction, so nobody gets in while all its rows are read.",
            "Put the VALIDATE CONSTRAINT into a file of its own with -- no-transaction on top.",
        )
    })
}

/// The same for rows that are written: the lock of an ALTER TABLE lasts as long as the write does.
pub(super) fn write_apart(place: &Place<'_>) -> Option<Verdict> {
    let writes = !place.command.writes.is_empty();
    (writes && place.standing.is_locked).then(|| {
        Verdict::refused(
            "The table was altered in the same transaction, so nobody gets in while its rows are written.",
            "Put the statement into a file of its own with -- phase: backfill on top.",
        )
    })
}
