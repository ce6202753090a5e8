//! Which tables and sequences a database has.

use tokio_postgres::{Client, SimpleQueryMessage};

use super::error::TablesError;
use super::facts::SequenceFacts;

/// Sequences read by one statement.
const SEQUENCES_AT_ONCE_MAX: usize = 200;

/// A table with rows of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) oid: u32,
    pub(crate) schema: String,
    pub(crate) name: String,
    /// In the table's order; none at all is allowed. Those that are computed when they are read are left out.
    pub(crate) columns: Vec<String>,
    /// Of an extension's table: which rows are the user's, as `where ..`.
    pub(crate) condition: Option<String>,
}

impl Table {
    /// For people.
    pub(crate) fn title(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    pub(crate) fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    /// A query of its own rows, and not those of tables that inherit from it.
    pub(crate) fn select<'a>(&self, columns: impl Iterator<Item = &'a String>) -> String {
        let columns: Vec<String> = columns.map(|it| quoted(it)).collect();
        let condition = self.condition.as_deref().unwrap_or_default();
        format!("select {} from only {} {condition}", columns.join(", "), self.quoted())
    }
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) async fn tables(client: &Client) -> Result<Vec<Table>, TablesError> {
    let failed = TablesError::server("list the tables");
    let rows = client.query(include_str!("queries/tables.sql"), &[]).await.map_err(failed)?;
    let tables = rows.iter().map(|row| Table {
        oid: row.get(0),
        schema: row.get(1),
        name: row.get(2),
        columns: row.get(3),
        condition: row.get(4),
    });
    Ok(tables.collect())
}

pub(super) async fn sequences(client: &Client) -> Result<Vec<SequenceFacts>, TablesError> {
    let failed = TablesError::server("list the sequences");
    let rows = client.query(include_str!("queries/sequences.sql"), &[]).await.map_err(failed)?;
    let mut sequences: Vec<SequenceFacts> = rows
        .iter()
        .map(|row| SequenceFacts {
            schema: row.get(0),
            name: row.get(1),
            increment: row.get(2),
            last_value: 0,
            is_called: false,
        })
        .collect();
    for some in sequences.chunks_mut(SEQUENCES_AT_ONCE_MAX) {
        read_states(client, some).await?;
    }
    Ok(sequences)
}

/// The state of a sequence is a row of its own; what the catalog's views tell does not say where one starts that was never used.
async fn read_states(client: &Client, sequences: &mut [SequenceFacts]) -> Result<(), TablesError> {
    let selects = sequences.iter().enumerate().map(|(at, it)| {
        let (schema, name) = (quoted(&it.schema), quoted(&it.name));
        format!("select {at}, last_value, is_called from {schema}.{name}")
    });
    let selects = selects.collect::<Vec<_>>().join(" union all ");
    let failed = TablesError::server("read the sequences");
    for message in client.simple_query(&selects).await.map_err(failed)? {
        if let SimpleQueryMessage::Row(row) = message {
            let number = |column| row.get(column).and_then(|it| it.parse::<i64>().ok());
            let at = number(0).and_then(|it| usize::try_from(it).ok());
            if let (Some(at), Some(last_value)) = (at, number(1)) {
                sequences[at].last_value = last_value;
                sequences[at].is_called = row.get(2) == Some("t");
            }
        }
    }
    Ok(())
}
