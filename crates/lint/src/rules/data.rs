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
    let moves = [["set", "tablespace"], ["set", "logged"], ["set", "unlogged"], ["set", "access"]];
    let help = match command.verb() {
        "cluster" => "Leave it out, or do it for one tenant at a time when nobody is there.",
        "vacuum" if command.has(&["full"]) => {
            "Leave FULL out; a plain VACUUM makes room without a lock."
        }
        "refresh" if !command.has(&["concurrently"]) && !command.ends(&["with", "no", "data"]) => {
            "Say REFRESH MATERIALIZED VIEW CONCURRENTLY, for which the view needs a unique index."
        }
        "alter" if command.kind == "table" && moves.iter().any(|it| command.has(it)) => {
            "Leave it out: where a table lies and how it is kept is the same in every tenant."
        }
        "alter" if command.kind == "table" && command.has(&["set", "expression"]) => {
            "Add a plain column that a trigger keeps (expand), fill it (backfill), and drop the old one in a later release (contract)."
        }
        _ => return None,
    };
    let message = "All rows are written anew, and nobody gets at them meanwhile.";
    (!place.standing.is_new).then(|| Verdict::refused(message, help))
}
