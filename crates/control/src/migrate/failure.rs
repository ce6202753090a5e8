//! A migration that has failed, in an operator's words.

use std::fmt;

use cloison_lint::Statement;
use cloison_model::{Part, RetryClass};
use tokio_postgres::error::{DbError, SqlState};

use super::place::Place;

/// Of a statement that is shown, in characters.
const EXCERPT_MAX: usize = 200;

/// What failed, why, and where the database is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationFailure {
    pub version: i64,
    pub name: String,
    /// False on the way back, where the down file is at fault.
    pub is_up: bool,
    pub sqlstate: String,
    /// In one line, and no longer than an excerpt.
    pub statement: String,
    /// In the file, counted from 1.
    pub line: usize,
    pub message: String,
    /// May quote a row of the customer's, so it is not in the sentence.
    pub detail: Option<String>,
    pub hint: Option<String>,
    /// The version that the database is at.
    pub at: i64,
    pub left: Left,
}

/// How a failure has left a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// As it was: the one transaction was rolled back.
    AsBefore,
    /// Where it began, by the down files of what was done before.
    TakenBack,
    /// At what it had reached, and why it could not be taken back.
    Partly { why: String },
}

impl MigrationFailure {
    /// Whether the same may work in a moment.
    ///
    /// A statement that ran out of its time would hold its locks for as long again, so it is not tried by itself.
    pub fn class(&self) -> RetryClass {
        if self.sqlstate == SqlState::QUERY_CANCELED.code() {
            return RetryClass::Lasting;
        }
        RetryClass::of_sqlstate(Some(&self.sqlstate))
    }

    /// `at` is where the database stands after a rollback.
    pub(super) fn of(place: Place<'_>, error: &DbError, at: i64) -> Option<Self> {
        let (part, statement, line) = match place {
            Place::Opening => return None,
            Place::File { part, statement, line } => (part, excerpt(statement), line),
            Place::Row { part } => (part, "its row in the history".to_owned(), last_line(&part)),
            Place::Commit { part } => (part, "commit".to_owned(), last_line(&part)),
        };
        let of_row = matches!(place, Place::Row { .. });
        let (message, hint) = if of_row && *error.code() == SqlState::INVALID_TEXT_REPRESENTATION {
            let message = "the file changed the role, or ended the transaction that it is run in";
            (message.to_owned(), Some("leave both to Cloison".to_owned()))
        } else {
            (error.message().to_owned(), hint(error))
        };
        Some(Self {
            version: part.migration.version,
            name: part.migration.name.clone(),
            is_up: part.is_up,
            sqlstate: error.code().code().to_owned(),
            statement,
            line,
            message: one_line(&message),
            detail: error.detail().map(ToOwned::to_owned),
            hint,
            at,
            left: Left::AsBefore,
        })
    }

    /// A COPY from or to the client.
    pub(super) fn talks(part: &Part<'_>, statement: &Statement<'_>, at: i64) -> Self {
        Self {
            version: part.migration.version,
            name: part.migration.name.clone(),
            is_up: part.is_up,
            sqlstate: SqlState::FEATURE_NOT_SUPPORTED.code().to_owned(),
            statement: excerpt(statement.text),
            line: statement.line,
            message: "a migration has no client to copy rows from or to".to_owned(),
            detail: None,
            hint: Some("write the rows as INSERT .. VALUES".to_owned()),
            at,
            left: Left::AsBefore,
        }
    }
}

impl fmt::Display for MigrationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, name, line, message, sqlstate, at, .. } = self;
        let what = if self.is_up { "" } else { "the way back from " };
        write!(
            f,
            "{what}migration {version} ({name}) failed in line {line}: {message} ({sqlstate}); "
        )?;
        match &self.left {
            Left::AsBefore => write!(f, "the database stays at version {at}"),
            Left::TakenBack => write!(f, "the database was taken back to version {at}"),
            Left::Partly { why } => write!(f, "the database stays at version {at}, since {why}"),
        }
    }
}

fn hint(error: &DbError) -> Option<String> {
    let given = error.hint().map(one_line);
    given.or_else(|| {
        let by_time =
            *error.code() == SqlState::QUERY_CANCELED && !error.message().contains("user request");
        by_time.then(|| {
            "give it more time with '-- timeout: ..' in the header, or write to fewer rows at once"
                .to_owned()
        })
    })
}

fn last_line(part: &Part<'_>) -> usize {
    part.script.sql.lines().count().max(1)
}

/// White space is made one blank each, and the end is cut off.
pub(super) fn excerpt(statement: &str) -> String {
    let line = one_line(statement);
    match line.char_indices().nth(EXCERPT_MAX) {
        Some((end, _)) => format!("{} ..", &line[..end]),
        None => line,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(left: Left) -> MigrationFailure {
        MigrationFailure {
            version: 7,
            name: "unique_names".to_owned(),
            is_up: true,
            sqlstate: "23505".to_owned(),
            statement: "create unique index i on rooms (name)".to_owned(),
            line: 3,
            message: "could not create unique index \"i\"".to_owned(),
            detail: Some("Key (name)=(Studio A) is duplicated.".to_owned()),
            hint: None,
            at: 6,
            left,
        }
    }

    #[test]
    fn one_sentence_without_a_row_in_it() {
        assert_eq!(
            failure(Left::AsBefore).to_string(),
            "migration 7 (unique_names) failed in line 3: could not create unique index \"i\" (23505); the database stays at version 6"
        );
        let back = MigrationFailure { is_up: false, ..failure(Left::TakenBack) };
        assert!(back.to_string().starts_with("the way back from migration 7"));
        assert!(back.to_string().ends_with("the database was taken back to version 6"));
        let why = "there is no way back from 0006_a.sql".to_owned();
        let sentence = failure(Left::Partly { why }).to_string();
        assert!(
            sentence.ends_with("stays at version 6, since there is no way back from 0006_a.sql")
        );
    }

    #[test]
    fn what_may_pass_is_told_from_what_lasts() {
        let class = |sqlstate: &str| {
            MigrationFailure { sqlstate: sqlstate.to_owned(), ..failure(Left::AsBefore) }.class()
        };
        assert_eq!(class("53100"), RetryClass::Passing);
        assert_eq!(class("23505"), RetryClass::Lasting);
        assert_eq!(class("57014"), RetryClass::Lasting);
    }

    #[test]
    fn an_excerpt_is_one_line_and_not_long() {
        assert_eq!(excerpt("create table a (\n    b int\n)"), "create table a ( b int )");
        assert_eq!(excerpt(&"é".repeat(EXCERPT_MAX)), "é".repeat(EXCERPT_MAX));
        assert_eq!(
            excerpt(&"é".repeat(EXCERPT_MAX + 1)),
            format!("{} ..", "é".repeat(EXCERPT_MAX))
        );
    }
}
