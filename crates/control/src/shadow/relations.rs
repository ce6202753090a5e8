//! The tables of a copy, and which of them somebody has locked.

use std::collections::HashMap;

use cloison_model::LockMode;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error};

/// One table, view or materialized view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// With its schema.
    pub(super) name: String,
    /// The file that its rows are in: another one once it has been written anew.
    pub(super) file: u32,
    /// With its indexes.
    pub(super) bytes: u64,
}

/// All of the application's, by number, as they are before a segment.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    pub(super) tables: HashMap<u32, Relation>,
    /// From an index to its table.
    indexes: HashMap<u32, u32>,
}

impl Relations {
    /// Our own history is left out.
    pub(super) async fn read(client: &Client) -> Result<Self, Error> {
        let tables = client
            .query_typed(
                "select
                     pg_class.oid,
                     pg_namespace.nspname || '.' || pg_class.relname,
                     pg_class.relfilenode,
                     pg_catalog.pg_total_relation_size(pg_class.oid)
                 from pg_catalog.pg_class
                 join pg_catalog.pg_namespace on pg_namespace.oid = pg_class.relnamespace
                 where pg_class.relkind in ('r', 'p', 'm', 'v', 'f')
                     and pg_namespace.nspname <> 'information_schema'
                     and pg_namespace.nspname not like 'pg\\_%'
                     and (pg_namespace.nspname, pg_class.relname) <> ('public', 'cloison_migrations')",
                &[],
            )
            .await?;
        let indexes =
            client.query_typed("select indexrelid, indrelid from pg_catalog.pg_index", &[]).await?;
        let relation = |row: &tokio_postgres::Row| {
            let bytes: Option<i64> = row.get(3);
            let bytes = bytes.and_then(|it| u64::try_from(it).ok()).unwrap_or_default();
            (row.get(0), Relation { name: row.get(1), file: row.get(2), bytes })
        };
        Ok(Self {
            tables: tables.iter().map(relation).collect(),
            indexes: indexes.iter().map(|row| (row.get(0), row.get(1))).collect(),
        })
    }

    /// The table that a lock on this relation is a lock on, if it was there before.
    pub(super) fn table_of(&self, relation: u32) -> Option<u32> {
        let table = self.indexes.get(&relation).copied().unwrap_or(relation);
        self.tables.contains_key(&table).then_some(table)
    }
}

/// What this session has locked in the connected database: `(relation, mode)` each.
pub(super) async fn locks(client: &Client, pid: i32) -> Result<Vec<(u32, LockMode)>, Error> {
    let rows = client
        .query_typed(
            "select relation, mode
             from pg_catalog.pg_locks
             where locktype = 'relation'
                 and pid = $1
                 and granted
                 and database = (
                     select oid
                     from pg_catalog.pg_database
                     where datname = pg_catalog.current_database()
                 )",
            &[(&pid, Type::INT4)],
        )
        .await?;
    let lock = |row: &tokio_postgres::Row| {
        Some((row.get(0), LockMode::of_pg_locks(row.get::<_, &str>(1))?))
    };
    Ok(rows.iter().filter_map(lock).collect())
}

/// Where each table's rows are now, as this session sees it.
pub(super) async fn files(client: &Client) -> Result<Vec<(u32, u32)>, Error> {
    let rows = client
        .query_typed(
            "select oid, relfilenode
             from pg_catalog.pg_class
             where relkind in ('r', 'm') and relfilenode <> 0",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

pub(super) async fn pid(client: &Client) -> Result<i32, Error> {
    Ok(client.query_typed_one("select pg_catalog.pg_backend_pid()", &[]).await?.get(0))
}
