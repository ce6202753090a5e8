//! Numbers that are given out.

use super::{Place, Verdict};

pub(super) fn restart(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let restarts = match (command.verb(), command.kind.as_str()) {
        ("alter", "sequence") => command.has_outside("restart"),
        ("alter", "table") => command.actions().iter().any(|it| {
            it.first().is_some_and(|it| it == "alter") && it.iter().any(|it| it == "restart")
        }),
        _ => command.runs("setval"),
    };
    (restarts && !place.standing.is_new).then(|| {
        Verdict::noted(
            "The sequence goes on from somewhere else, in every tenant: numbers may come twice, or be left out.",
            "Nothing to do if nothing that is used has such numbers; else compute where to go on from the rows that are there.",
        )
    })
}
