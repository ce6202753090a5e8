//! What programs that run rely on.

use super::{Place, Verdict};

/// What to do about whatever takes something away too early.
pub(crate) const HELP: &str = "If no program that runs needs it any more, say -- phase: contract; else split it: add what is new first (expand), take away what is old in a later release (contract).";

/// What squawk knows no rule for.
const KINDS: [&str; 9] = [
    "collation",
    "conversion",
    "foreign data wrapper",
    "language",
    "server",
    "text search configuration",
    "text search dictionary",
    "text search parser",
    "text search template",
];

pub(super) fn drop_object(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let drops = command.verb() == "drop" && KINDS.contains(&command.kind.as_str());
    (drops && !place.file.may_take_away() && !place.standing.is_new)
        .then(|| Verdict::refused("It drops something that programs may use.", HELP))
}

/// In a file that may do it, squawk looks at whether rows are read meanwhile.
pub(super) fn set_not_null(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let sets = command.verb() == "alter" && command.has(&["set", "not", "null"]);
    (sets && !place.file.may_take_away() && !place.standing.is_new)
        .then(|| Verdict::refused("Programs that run may still leave the column empty.", HELP))
}
