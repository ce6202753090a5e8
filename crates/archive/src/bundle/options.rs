//! What is in a bundle, and what is not.

use jiff::Timestamp;

use super::error::BundleError;
use crate::programs::DUMP_ARGUMENTS;
use crate::tables::{Snapshot, Table, quoted};

/// What the caller decides.
#[derive(Clone, Debug)]
pub struct BundleOptions {
    /// Whose data it is, for the README: a studio's name.
    pub title: String,
    /// Names the dump; letters, digits and `-` are kept.
    pub name: String,
    pub made_at: Timestamp,
    /// Secrets of people, such as hashes of passwords and of tokens: never in CSV and JSON.
    pub leave_out: Vec<LeftOut>,
    pub left_out_in_dump: LeftOutInDump,
}

/// A table, or one of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub schema: String,
    pub table: String,
    /// The whole table if there is none.
    pub column: Option<String>,
}

/// Whether the dump holds what is left out elsewhere.
///
/// CSV and JSON are looked at and passed on; a dump is for running the application again. Without the hashes of passwords nobody
/// could sign in there, so holding them is right for whoever restores the application, and a risk for whoever passes the bundle on.
/// The README tells which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutInDump {
    Held,
    /// It holds columns, which `pg_dump` cannot leave out, and no rows of whole tables.
    ColumnsHeld,
    /// The caller vouches for it. [`dump_arguments`] sees to it for whole tables; `pg_dump` cannot leave out a column, so for those the dump has to be of
    /// a copy without it.
    Absent,
}

impl LeftOut {
    pub fn table(schema: &str, table: &str) -> Self {
        Self { schema: schema.to_owned(), table: table.to_owned(), column: None }
    }

    pub fn column(schema: &str, table: &str, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..Self::table(schema, table) }
    }

    /// Whether the database has it. Whoever lists what several versions of a schema have asks before, for a bundle refuses what it does not know.
    pub fn is_in(&self, snapshot: &Snapshot) -> bool {
        is_known(snapshot.tables(), self)
    }

    pub(super) fn title(&self) -> String {
        let parent = format!("{}.{}", self.schema, self.table);
        match &self.column {
            Some(column) => format!("{parent}.{column}"),
            None => parent,
        }
    }

    fn is_about(&self, table: &Table) -> bool {
        self.schema == table.schema && self.table == table.name
    }
}

/// What `pg_dump` is to be run with for a bundle, apart from how it connects.
///
/// Owners and privileges stay behind: whoever restores it has none of our roles.
pub fn dump_arguments(snapshot: &Snapshot, options: &BundleOptions) -> Vec<String> {
    let mut arguments = DUMP_ARGUMENTS.map(str::to_owned).to_vec();
    arguments.extend(["--no-owner", "--no-privileges"].map(str::to_owned));
    arguments.push(format!("--snapshot={}", snapshot.id()));
    let absent = options.leave_out.iter().filter(|it| !options.is_in_dump(it));
    arguments.extend(absent.filter(|it| it.column.is_none()).map(|it| {
        let (schema, table) = (quoted(&it.schema), quoted(&it.table));
        format!("--exclude-table-data={schema}.{table}")
    }));
    arguments
}

impl BundleOptions {
    /// Whether the dump holds this, which is left out elsewhere.
    pub(super) fn is_in_dump(&self, left_out: &LeftOut) -> bool {
        match self.left_out_in_dump {
            LeftOutInDump::Held => true,
            LeftOutInDump::ColumnsHeld => left_out.column.is_some(),
            LeftOutInDump::Absent => false,
        }
    }
}

/// The columns of a table that go into CSV and JSON; none if the table stays out.
pub(super) fn columns_shown<'a>(
    table: &'a Table,
    leave_out: &[LeftOut],
) -> Option<Vec<&'a String>> {
    let mut columns: Vec<&String> = table.columns.iter().collect();
    for left_out in leave_out.iter().filter(|it| it.is_about(table)) {
        let column = left_out.column.as_ref()?;
        columns.retain(|it| *it != column);
    }
    (!columns.is_empty() || table.columns.is_empty()).then_some(columns)
}

/// A name that is written wrong would let a secret out, so each has to be there.
pub(super) fn check_known(tables: &[Table], leave_out: &[LeftOut]) -> Result<(), BundleError> {
    match leave_out.iter().find(|it| !is_known(tables, it)) {
        Some(unknown) => Err(BundleError::LeftOutUnknown { what: unknown.title() }),
        None => Ok(()),
    }
}

fn is_known(tables: &[Table], left_out: &LeftOut) -> bool {
    let table = tables.iter().find(|it| left_out.is_about(it));
    table.is_some_and(|it| left_out.column.as_ref().is_none_or(|name| it.columns.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &str) -> Table {
        Table {
            oid: 1,
            schema: "public".to_owned(),
            name: "users".to_owned(),
            columns: columns.split_whitespace().map(str::to_owned).collect(),
            condition: None,
        }
    }

    /// `leave_out` is one word a thing, as `table` or `table.column`.
    fn leave_out(words: &str) -> Vec<LeftOut> {
        let words = words.split_whitespace();
        let left_out = words.map(|word| match word.split_once('.') {
            Some((table, column)) => LeftOut::column("public", table, column),
            None => LeftOut::table("public", word),
        });
        left_out.collect()
    }

    #[test]
    fn columns_that_are_shown() {
        for (columns, left_out, shown) in [
            ("id email hash", "users.hash", Some("id email")),
            ("id email hash", "rooms.email", Some("id email hash")),
            ("id email hash", "users.hash users.id", Some("email")),
            ("id email hash", "users", None),
            ("hash", "users.hash", None),
            ("", "", Some("")),
        ] {
            let table = table(columns);
            let columns = columns_shown(&table, &leave_out(left_out));
            let columns =
                columns.map(|it| it.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" "));
            assert_eq!(columns.as_deref(), shown, "{left_out}");
        }
    }

    #[test]
    fn what_is_not_there_is_refused() {
        let tables = [table("id hash")];
        assert!(check_known(&tables, &leave_out("users.hash users")).is_ok());
        for unknown in ["user", "users.hashes"] {
            let refused = check_known(&tables, &leave_out(unknown)).unwrap_err().to_string();
            assert!(refused.contains(&format!("leave out public.{unknown},")), "{refused}");
        }
    }
}
