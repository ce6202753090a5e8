//! What is done to rows, all at once.

use super::{Place, Verdict};
use cloison_model::MigrationPhase;

const TO_BACKFILL: &str = "Put it into a file with -- phase: backfill, which runs apart and holds no other locks meanwhile.";

pub(super) fn whole_table(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let is_whole = match command.verb() {
        "update" | "delete" => !command.has_outside("where"),
        _ => return None,
    };
    let is_at_ease = place.file.phase == MigrationPhase::Backfill || place.standing.is_new;
    (is_whole && !is_at_ease).then(|| {
        Verdict::noted("It writes every row of the table, and locks them until all files of the transaction are done.", TO_BACKFILL)
    })
}

pub(super) fn truncate(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let takes_away = command.verb() == "truncate" && !place.standing.is_new;
    (takes_away && !place.file.may_take_away())
        .then(|| Verdict::refused("It empties a table that programs use.", super::take_away::HELP))
}

pub(super) fn copy(place: &Place<'_>) -> Option<Verdict> {
    (place.command.verb() == "copy").then(|| {
        Verdict::refused(
            "COPY needs somebody who sends the rows, or a file on the server; a migration has neither.",
            "Write the rows with INSERT.",
        )
    })
}

pub(super) fn unlogged(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let is_unlogged = command.has(&["create", "unlogged"]) || command.has(&["set", "unlogged"]);
    is_unlogged.then(|| {
        Verdict::noted(
            "An unlogged table is empty after a crash, and in no replica.",
            "Leave UNLOGGED out, if its rows matter.",
        )
    })
}

/// Statements that write a whole table anew and keep everybody out meanwhile.
pub(super) fn rewrite(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let rewrites = match command.verb() {
        "cluster" => true,
        "vacuum" => command.has(&["full"]),
        _ => false,
    };
    rewrites.then(|| {
        Verdict::refused(
            "It writes the table anew, and nobody can read or write it meanwhile.",
            "Leave it out; a plain VACUUM makes room without a lock.",
        )
    })
}
