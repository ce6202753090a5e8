//! What a database is made of, read from PostgreSQL's catalogs as lines that do not depend on how it came to be.
//!
//! Not here: what differs between two of them (`model` says), and which one a tenant should have (`drift`).

use cloison_model::{Schema, SchemaLine, hexadecimal};
use sha2::{Digest as _, Sha256};
use tokio_postgres::{Client, SimpleQueryMessage};

const LINES: &str = include_str!("lines.sql");

/// In one round trip with the statement. Names come out with their schema if no schema is searched; compiling the
/// statement would take longer than running it; and nobody waits for a lock of a migration.
const SETTINGS: &str = "set local search_path = '';
set local jit = off;
set local lock_timeout = '1s';
set local statement_timeout = '20s';
";

/// How lines are read on a server of this major version. The statement changes from build to build, and PostgreSQL words a
/// definition as that version does, so fingerprints of two readings say nothing of each other.
pub(crate) fn reading(major: u32) -> String {
    let statement = hexadecimal(&Sha256::digest(LINES)[..8]);
    format!("{statement} on PostgreSQL {major}")
}

/// Reads the whole schema of the connected database, as its superuser; takes about 10 ms on a connection that has been
/// used for it, and 30 ms on a new one.
///
/// The settings that it needs hold until the end of the transaction. The functions of PostgreSQL that word a definition
/// see what is committed meanwhile: a schema that is being changed may be read half and half.
pub async fn read(client: &Client) -> Result<Schema, tokio_postgres::Error> {
    Ok(schema_of(client.simple_query(&format!("{SETTINGS}{LINES}")).await?))
}

/// The same within a transaction, whose own settings it leaves as they are.
pub async fn read_within(client: &Client) -> Result<Schema, tokio_postgres::Error> {
    let kept = format!("savepoint schema; {SETTINGS}{LINES}; rollback to savepoint schema");
    Ok(schema_of(client.simple_query(&kept).await?))
}

fn schema_of(answers: Vec<SimpleQueryMessage>) -> Schema {
    let lines = answers.into_iter().filter_map(|answer| match answer {
        SimpleQueryMessage::Row(row) => {
            let field = |index| row.get(index).unwrap_or_default().to_owned();
            Some(SchemaLine { object: field(0), part: field(1), definition: field(2) })
        }
        _not_a_row => None,
    });
    Schema::new(lines.collect())
}
