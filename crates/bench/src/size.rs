//! What each layout takes on disk.

use anyhow::Result;
use tokio_postgres::Client;

use crate::cluster::Server;
use crate::studios::{Studio, TEMPLATE};

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    /// All of the databases, catalogues included.
    pub(crate) databases: i64,
    /// The studio's own tables, with what is stored beside them.
    pub(crate) tables: i64,
    pub(crate) indexes: i64,
}

impl Size {
    pub(crate) async fn dedicated(server: &Server, studios: &[Studio]) -> Result<Self> {
        let mut sum = Self::default();
        for studio in studios {
            let size = Self::shared(server, &studio.database.to_string()).await?;
            sum.databases += size.databases;
            sum.tables += size.tables;
            sum.indexes += size.indexes;
        }
        Ok(sum)
    }

    pub(crate) async fn shared(server: &Server, database: &str) -> Result<Self> {
        let client = server.connect(database).await?;
        let row = client
            .query_one(
                "select pg_database_size(current_database()),
                     sum(pg_table_size(oid))::bigint,
                     sum(pg_indexes_size(oid))::bigint
                 from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r'",
                &[],
            )
            .await?;
        Ok(Self { databases: row.get(0), tables: row.get(1), indexes: row.get(2) })
    }
}

/// What a database takes before anything is in it: without a schema, and with the studio's.
pub(crate) async fn empty(client: &Client) -> Result<(i64, i64)> {
    let sql = "select pg_database_size('template0'), pg_database_size($1::text::name)";
    let row = client.query_one(sql, &[&TEMPLATE]).await?;
    Ok((row.get(0), row.get(1)))
}
