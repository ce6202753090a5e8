//! Locks that a statement takes by its name, and holds or waits with.

use super::{Place, Verdict};

pub(super) fn lock_table(place: &Place<'_>) -> Option<Verdict> {
    (place.command.verb() == "lock" && !place.standing.is_new).then(|| {
        Verdict::refused(
            "The lock is held until all files of the transaction are done, and programs wait for it.",
            "Leave it out: each statement takes the locks that it needs.",
        )
    })
}

pub(super) fn attach_partition(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let attaches = command.verb() == "alter"
        && command.kind == "table"
        && command.has(&["attach", "partition"]);
    (attaches && !place.standing.is_new).then(|| {
        Verdict::refused(
            "All rows of the partition are read to see whether they belong there, and nobody gets at it meanwhile.",
            "Attach a new table and fill it afterwards. Nothing is read if a validated CHECK says the same as its bounds; then allow it, with that reason.",
        )
    })
}
