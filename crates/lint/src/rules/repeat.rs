//! Files outside a transaction: whatever is cut off in the middle is run again from the top.

use super::{Place, Verdict};
use crate::command::Command;
use crate::file::File;

pub(super) fn not_repeatable(place: &Place<'_>) -> Option<Verdict> {
    if place.file.in_transaction || is_repeatable(place.command) {
        return None;
    }
    let help = if place.command.detaches_concurrently() {
        super::transaction::DETACH_HELP
    } else {
        "Say IF NOT EXISTS or IF EXISTS where there is such a thing, or put the statement into a file without -- no-transaction."
    };
    Some(Verdict::refused(
        "The file runs outside a transaction and is run again if it is cut off; this statement cannot be run twice.",
        help,
    ))
}

fn is_repeatable(command: &Command<'_>) -> bool {
    match (command.verb(), command.kind.as_str()) {
        ("vacuum" | "analyze" | "reindex" | "refresh" | "comment" | "grant" | "revoke", _) => true,
        // Its name is what the second run finds it by.
        ("create", "index") => command.is_guarded && !command.names.is_empty(),
        ("create", _) => command.is_guarded || command.or_replaces,
        ("drop", _) => command.is_guarded,
        ("alter", "type") => command.has(&["add", "value", "if", "not", "exists"]),
        ("alter", "table") => command.actions().iter().all(|it| {
            let starts = |words: &[&str]| {
                it.iter().zip(words).filter(|(a, b)| a == b).count() == words.len()
            };
            starts(&["validate", "constraint"])
                || starts(&["add", "column", "if", "not", "exists"])
                || starts(&["drop", "column", "if", "exists"])
                || starts(&["drop", "constraint", "if", "exists"])
        }),
        _ => false,
    }
}

pub(super) fn several_indexes(file: &File<'_>) -> Option<(usize, Verdict)> {
    let mut built =
        file.commands.iter().map(|(it, _)| it).filter(|it| {
            it.verb() == "create" && it.kind == "index" && it.has_outside("concurrently")
        });
    let second = built.nth(1)?;
    let verdict = Verdict::refused(
        "A second index is built concurrently in one file: if it fails, the first one is built but not in the history.",
        "Put each into a file of its own.",
    );
    Some((second.offset, verdict))
}
