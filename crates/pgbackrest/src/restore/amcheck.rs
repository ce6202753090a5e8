//! Everything of a database read once: each row of each table, and each index against its table.

use tokio_postgres::{Client, Config, Error};

use super::databases::with_client;

/// What a person can take in; one is enough to refuse a database.
const FINDINGS_MAX: i64 = 20;

/// What is damaged, none if nothing is.
pub(super) async fn run(config: &Config) -> Result<Vec<String>, Error> {
    with_client(config, async |client| {
        client.execute("create extension if not exists amcheck", &[]).await?;
        let mut findings = tables(client).await?;
        findings.extend(indexes(client).await?);
        Ok(findings)
    })
    .await
}

async fn tables(client: &Client) -> Result<Vec<String>, Error> {
    let rows = client
        .query(
            "select format('%s, block %s: %s', checked.oid::regclass, found.blkno, found.msg)
             from pg_class checked
             cross join lateral verify_heapam(checked.oid, check_toast => true) found
             where checked.relkind in ('r', 'm', 't') and checked.relpersistence <> 't'
             limit $1",
            &[&FINDINGS_MAX],
        )
        .await?;
    Ok(rows.iter().map(|it| it.get(0)).collect())
}

/// A damaged index is an error of the check, and the next one is checked all the same.
async fn indexes(client: &Client) -> Result<Vec<String>, Error> {
    let rows = client
        .query(
            "select pg_index.indexrelid
             from pg_index
             join pg_class on pg_class.oid = pg_index.indexrelid
             join pg_am on pg_am.oid = pg_class.relam
             where pg_am.amname = 'btree' and pg_class.relkind = 'i' and pg_class.relpersistence <> 't'
                 and pg_index.indisvalid and pg_index.indisready
             order by pg_index.indexrelid",
            &[],
        )
        .await?;
    let mut findings = Vec::new();
    for row in rows {
        let index: u32 = row.get(0);
        let check = "select bt_index_check(index => $1::oid, heapallindexed => true)";
        match client.execute(check, &[&index]).await {
            Ok(_) => {}
            Err(error) => match error.as_db_error() {
                Some(said) => findings.push(said.message().to_owned()),
                None => return Err(error),
            },
        }
    }
    Ok(findings)
}
