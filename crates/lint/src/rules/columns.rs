//! Columns that are added to a table with rows.

use super::{Place, Verdict};

const SERIAL: [&str; 6] = ["serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"];

pub(super) fn serial(place: &Place<'_>) -> Option<Verdict> {
    let mut columns = place.command.added_columns();
    let is_serial = columns.any(|it| it.get(1).is_some_and(|it| SERIAL.contains(&it.as_str())));
    (is_serial && !place.standing.is_new).then(|| {
        Verdict::refused(
            "Every row gets a number of its own, so the table is written anew, and nobody gets at it meanwhile.",
            "Add a plain column, create the sequence, and set nextval as the default in a later statement (it counts for new rows); then fill the old ones in a file with -- phase: backfill.",
        )
    })
}

/// squawk looks at constraints that are added, and of those in a column at NOT NULL, UNIQUE and REFERENCES.
pub(super) fn checked(place: &Place<'_>) -> Option<Verdict> {
    // CHECK is no name in PostgreSQL, so the word is nothing else.
    let is_checked = place.command.added_columns().any(|it| it.iter().any(|it| it == "check"));
    (is_checked && !place.standing.is_new).then(|| {
        Verdict::refused(
            "All rows are read for the check, though the column is new, and nobody gets at the table meanwhile.",
            "Add the column without it, then ADD CONSTRAINT .. CHECK (..) NOT VALID, and validate it in a later file with -- phase: backfill or -- no-transaction.",
        )
    })
}
