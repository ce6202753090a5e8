//! Which statement of which file has failed.
//!
//! PostgreSQL says it in one of two ways: by a place in the text, or by how many answers came before the error.

use cloison_lint::statements;
use cloison_model::{Part, Segment};

use crate::pg::ddl::migration::Batch;

/// Where a text of ours has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Before any file's statements.
    Opening,
    /// In a file: its statement, and the line of the fault, counted from 1.
    File { part: Part<'a>, statement: &'a str, line: usize },
    /// At the history row that follows a file's statements.
    Row { part: Part<'a> },
    /// At the end, where deferred constraints are looked at; the part is the last one.
    Commit { part: Part<'a> },
}

/// `completed` statements came before the failure; `position` is PostgreSQL's, in characters from 1.
pub(super) fn place<'a>(
    segment: &Segment<'a>,
    batch: &Batch,
    completed: usize,
    position: Option<u32>,
) -> Place<'a> {
    let by_position = position.and_then(|it| by_position(segment, batch, completed, it));
    by_position.unwrap_or_else(|| by_count(segment, completed))
}

/// Of one statement of a file that was sent alone.
pub(super) fn line_of_statement(
    statement: &cloison_lint::Statement<'_>,
    position: Option<u32>,
) -> usize {
    let offset = position.and_then(|it| offset(statement.text, it)).unwrap_or(0);
    statement.line + line_ends(&statement.text[..offset])
}

fn by_position<'a>(
    segment: &Segment<'a>,
    batch: &Batch,
    completed: usize,
    position: u32,
) -> Option<Place<'a>> {
    let offset = offset(&batch.text, position)?;
    let at = batch.files.iter().rposition(|it| it.start <= offset)?;
    let part = segment.parts[at];
    let sql = part.script.sql.as_str();
    let inside = offset - batch.files[at].start;
    // Nothing of it was run, so it is no statement to PostgreSQL. If the fault shows in a text of ours, as of a quote that
    // is not closed, then the file before it is why.
    if inside > sql.len() && completed > 0 {
        return None;
    }
    let all = statements(sql);
    let statement = all.iter().rev().find(|it| it.offset <= inside);
    let line = match statement {
        Some(it) if inside > it.offset + it.text.len() => it.line,
        _ => 1 + line_ends(&sql[..inside.min(sql.len())]),
    };
    Some(Place::File { part, statement: statement.map_or("", |it| it.text), line })
}

fn by_count<'a>(segment: &Segment<'a>, completed: usize) -> Place<'a> {
    let Some(mut left) = completed.checked_sub(Batch::OPENING) else { return Place::Opening };
    for part in &segment.parts {
        let Some(in_file) = left.checked_sub(Batch::FILE_OPENING) else { return Place::Opening };
        let all = statements(&part.script.sql);
        if let Some(it) = all.get(in_file) {
            return Place::File { part: *part, statement: it.text, line: it.line };
        }
        match in_file.checked_sub(all.len() + 1) {
            None => return Place::Row { part: *part },
            Some(rest) => left = rest,
        }
    }
    Place::Commit { part: *segment.parts.last().expect("a segment has a part") }
}

/// The byte where the character of this number begins, counted from 1.
fn offset(text: &str, position: u32) -> Option<usize> {
    let before = usize::try_from(position).ok()?.checked_sub(1)?;
    let ends = std::iter::once((text.len(), ' '));
    text.char_indices().chain(ends).nth(before).map(|it| it.0)
}

fn line_ends(text: &str) -> usize {
    text.bytes().filter(|it| *it == b'\n').count()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cloison_model::{Release, RoleName};

    use super::*;

    const FILES: [(&str, &str); 2] = [
        ("1_a.sql", "-- é\ncreate table a ();\n\nselect\n  1 / 0; -- é"),
        ("2_b.sql", "select 'b'"),
    ];

    /// What failed, as `version: statement, line`.
    fn check(completed: usize, sought: Option<&str>) -> String {
        let release = Release::from_files(&FILES).unwrap();
        let segments = release.upgrade(&[], 2).unwrap();
        let owner: RoleName = "owner".parse().unwrap();
        let waits = Duration::from_millis(1);
        let batch = Batch::of(&segments[0], &owner, waits, waits);
        let position = sought.map(|it| {
            let before = batch.text.find(it).unwrap();
            u32::try_from(batch.text[..before].chars().count() + 1).unwrap()
        });
        match place(&segments[0], &batch, completed, position) {
            Place::Opening => "opening".to_owned(),
            Place::File { part, statement, line } => {
                format!("{}: {statement:?}, {line}", part.migration.version)
            }
            Place::Row { part } => format!("{}: row", part.migration.version),
            Place::Commit { part } => format!("{}: commit", part.migration.version),
        }
    }

    #[test]
    fn by_the_number_of_answers() {
        for (completed, expected) in [
            (0, "opening"),
            (5, "opening"),
            (6, "1: \"create table a ()\", 2"),
            (7, r#"1: "select\n  1 / 0", 4"#),
            (8, "1: row"),
            (9, "opening"),
            (11, "2: \"select 'b'\", 1"),
            (12, "2: row"),
            (13, "2: commit"),
        ] {
            assert_eq!(check(completed, None), expected, "{completed}");
        }
    }

    #[test]
    fn by_the_place_in_the_text() {
        assert_eq!(check(0, Some("1 / 0")), r#"1: "select\n  1 / 0", 5"#);
        assert_eq!(check(0, Some("'b'")), "2: \"select 'b'\", 1");
        assert_eq!(check(0, Some("begin")), "opening");
        // A quote that was not closed shows behind its file.
        let row = "insert into public.cloison_migrations";
        assert_eq!(check(0, Some(row)), r#"1: "select\n  1 / 0", 4"#);
        assert_eq!(check(8, Some(row)), "1: row");
    }

    #[test]
    fn of_a_statement_that_was_sent_alone() {
        let all = statements("-- a\n\nselect\n 'é',\n 1 / 0");
        assert_eq!(line_of_statement(&all[0], None), 3);
        assert_eq!(line_of_statement(&all[0], Some(15)), 5);
        assert_eq!(line_of_statement(&all[0], Some(1_000)), 3);
    }
}
