//! Values of enumerations.

use super::{Place, Verdict};

pub(super) fn value(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let adds =
        command.verb() == "alter" && command.kind == "type" && command.has(&["add", "value"]);
    // A type of the same transaction takes it at once.
    let is_new = place.standing.is_new;
    (adds && place.file.in_transaction && !is_new).then(|| {
        Verdict::noted(
            "The value cannot be used before the transaction has ended, and other files may be a part of that.",
            "If a file of the same release uses it, put this one into a file with -- no-transaction, and say ADD VALUE IF NOT EXISTS.",
        )
    })
}
