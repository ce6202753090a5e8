//! What a server has counted: one statement for all databases, and one more where it counts statements.

use std::collections::HashMap;

use cloison_model::{Reading, ServerId, Statements};
use tokio_postgres::error::SqlState;

use crate::control::Control;
use crate::operations::StepError;
use crate::pg::AdminClient;
use crate::watch::databases;

/// One server's counters at a look.
#[derive(Debug, Default)]
pub struct Counters {
    /// By the database's name.
    pub databases: HashMap<String, DatabaseCounters>,
    pub counts_statements: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct DatabaseCounters {
    pub reading: Reading,
    pub connections: i64,
}

/// Looks at a server.
pub async fn read(control: &Control, server: ServerId) -> Result<Counters, StepError> {
    let failed = StepError::server("read what databases have done");
    let admin = {
        let client = control.catalog.client().await?;
        control.admin(&client, server).await?
    };
    let client = admin.connect("postgres").await.map_err(&failed)?;
    let statements = statements(&client).await.map_err(&failed)?;
    let facts = databases(&client).await.map_err(&failed)?;
    let of_database = |it: crate::watch::DatabaseFacts| {
        let reading = Reading {
            server,
            database_oid: it.oid,
            reset_us: it.reset_us,
            activity: it.activity,
            statements: statements.as_ref().map(|all| all.of(it.oid)),
        };
        (it.name, DatabaseCounters { reading, connections: it.connections })
    };
    Ok(Counters {
        databases: facts.into_iter().map(of_database).collect(),
        counts_statements: statements.is_some(),
    })
}

/// What `pg_stat_statements` has, by database.
struct AllStatements {
    reset_us: i64,
    databases: HashMap<i64, Statements>,
}

impl AllStatements {
    /// Of whoever has said nothing it is known that it is nothing.
    fn of(&self, database_oid: i64) -> Statements {
        let none = Statements { reset_us: self.reset_us, calls: 0, execution_us: 0 };
        self.databases.get(&database_oid).copied().unwrap_or(none)
    }
}

/// Nothing where the extension is not made in the administration database, not loaded by the server, or not ours to read. All of it is
/// usual.
async fn statements(client: &AdminClient) -> Result<Option<AllStatements>, tokio_postgres::Error> {
    // Wherever its functions are; the name is quoted by the server.
    let row = client
        .query_typed_opt(
            "select quote_ident(pg_namespace.nspname)
             from pg_extension
             join pg_namespace on pg_namespace.oid = pg_extension.extnamespace
             where pg_extension.extname = 'pg_stat_statements'",
            &[],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let schema: &str = row.get(0);
    // Without the texts of the statements, which are nobody's business here.
    let read = format!(
        "select
             coalesce(extract(epoch from info.stats_reset) * 1e6, 0)::bigint,
             coalesce(counted.dbid::bigint, 0), coalesce(counted.calls, 0), coalesce(counted.execution_us, 0)
         from {schema}.pg_stat_statements_info as info
         left join (
             select dbid, sum(calls)::bigint as calls, (sum(total_exec_time) * 1e3)::bigint as execution_us
             from {schema}.pg_stat_statements(false)
             group by dbid
         ) as counted on true"
    );
    let rows = match client.query_typed(&read, &[]).await {
        Ok(rows) => rows,
        Err(error) if is_usual(&error) => {
            tracing::debug!("statements are not counted: {error}");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let count = |row: &tokio_postgres::Row, column: usize| {
        u64::try_from(row.get::<_, i64>(column)).unwrap_or_default()
    };
    let reset_us = rows.first().map_or(0, |it| it.get(0));
    let of_database = |row: &tokio_postgres::Row| {
        let counted = Statements { reset_us, calls: count(row, 2), execution_us: count(row, 3) };
        (row.get(1), counted)
    };
    Ok(Some(AllStatements { reset_us, databases: rows.iter().map(of_database).collect() }))
}

/// It is made and not loaded, too old to have what is asked for, or kept from us.
fn is_usual(error: &tokio_postgres::Error) -> bool {
    error.code().is_some_and(|it| {
        [
            SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE,
            SqlState::UNDEFINED_TABLE,
            SqlState::UNDEFINED_FUNCTION,
            SqlState::UNDEFINED_COLUMN,
            SqlState::INSUFFICIENT_PRIVILEGE,
        ]
        .contains(it)
    })
}
