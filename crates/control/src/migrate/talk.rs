//! Files that would talk to the client while they run.
//!
//! The driver does not know how to answer in the middle of a text, and a server that waits for rows would wait for ever,
//! with all its locks. So this is found out before anything is run.

use cloison_lint::{Statement, statements};
use cloison_model::Segment;

use super::failure::MigrationFailure;

/// The first COPY from or to the client of what is to be run; `at` is the version that the database is at.
pub(super) fn talk(segments: &[Segment<'_>], at: i64) -> Option<MigrationFailure> {
    let mut parts = segments.iter().flat_map(|it| &it.parts);
    parts.find_map(|part| Some(MigrationFailure::talks(part, &talking(&part.script.sql)?, at)))
}

fn talking(sql: &str) -> Option<Statement<'_>> {
    // Hardly any file has these three letters, and no other is cut into statements for this.
    if !sql.as_bytes().windows(3).any(|it| it.eq_ignore_ascii_case(b"std")) {
        return None;
    }
    statements(sql).into_iter().find(|it| {
        let words = super::words::words(it.text);
        words.first().is_some_and(|it| it == "copy")
            && words.iter().any(|it| ["stdin", "stdout"].contains(&it.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::talking;

    #[test]
    fn copy_from_and_to_the_client() {
        for (sql, line) in [
            ("select 1;\ncopy notes from stdin", Some(2)),
            ("COPY (select 1) TO STDOUT", Some(1)),
            ("copy notes from '/tmp/stdin.csv'; create table stdin ()", None),
            ("comment on table copy is 'stdin'", None),
        ] {
            assert_eq!(talking(sql).map(|it| it.line), line, "{sql}");
        }
    }
}
