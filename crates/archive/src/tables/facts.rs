//! The facts, and how they are taken.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::TablesError;
use super::rows;
use super::snapshot::Snapshot;

/// Asked for ahead of the one that is read, so that small tables do not cost a round trip each.
const TABLES_AT_ONCE: usize = 8;

/// What a database holds.
///
/// Tables are those with rows of their own: partitions and not what they are partitions of, unlogged ones, and of an extension's
/// tables those that are for the user's rows. Materialized views are not here, as `pg_restore` computes them. Of large objects the number is known, not what is in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseFacts {
    pub server_version_num: i32,
    /// Up to where the server had written its WAL.
    pub wal_lsn: String,
    /// By the server's clock.
    pub taken_at: Timestamp,
    pub large_objects: i64,
    /// By schema and name.
    pub tables: Vec<TableFacts>,
    /// By schema and name.
    pub sequences: Vec<SequenceFacts>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFacts {
    pub schema: String,
    pub name: String,
    pub rows: u64,
    /// 64 hexadecimal digits that follow from the rows, in whatever order.
    pub hash: String,
}

/// The state of a sequence, which no snapshot holds still: it is that of when the snapshot was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceFacts {
    pub schema: String,
    pub name: String,
    /// Less than nothing if it counts down.
    pub increment: i64,
    pub last_value: i64,
    /// Whether `last_value` has been given out.
    pub is_called: bool,
}

/// Reads every row. If it is dropped half-way, the server stops reading and the snapshot is of no more use.
pub async fn facts(snapshot: &Snapshot) -> Result<DatabaseFacts, TablesError> {
    let stop = snapshot.stop_on_drop();
    // Made beforehand: of what a closure in the stream makes, the compiler cannot tell that it may go to another thread.
    let tables: Vec<_> =
        snapshot.tables().iter().map(|it| rows::table_facts(snapshot.client(), it)).collect();
    let tables = stream::iter(tables).buffered(TABLES_AT_ONCE).try_collect().await?;
    stop.disarm();
    let moment = snapshot.moment();
    Ok(DatabaseFacts {
        server_version_num: moment.server_version_num,
        wal_lsn: moment.wal_lsn.clone(),
        taken_at: moment.taken_at,
        large_objects: moment.large_objects,
        tables,
        sequences: snapshot.sequences().to_vec(),
    })
}
