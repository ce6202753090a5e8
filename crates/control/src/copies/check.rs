//! Whether a copy is what it should be: as many rows, the same rows, the same schema, indexes that agree with their tables, and
//! sequences that will not give out what was given out already.

use cloison_archive::{Snapshot, facts};
use serde_json::{Value, json};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::copy::Copy;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};
use crate::pg::ddl;
use crate::schema;

/// Differences that an error names.
const SHOWN_MAX: usize = 5;

/// All of it is undone again: a copy is not to have what the tenant's database has not. Partitioned indexes have no pages.
const LOOK_AT_PAGES: &str = "
    create extension if not exists amcheck;
    set local statement_timeout = 0;
    select bt_index_check(index => pg_class.oid, heapallindexed => true)
    from pg_class
    join pg_am on pg_am.oid = pg_class.relam
    join pg_index on pg_index.indexrelid = pg_class.oid
    where pg_am.amname = 'btree'
        and pg_class.relkind = 'i'
        and pg_class.relpersistence <> 't'
        and pg_index.indisready
        and pg_index.indisvalid;
    select verify_heapam(pg_class.oid)
    from pg_class
    where pg_class.relkind in ('r', 'm')
        and pg_class.relpersistence <> 't'";

/// The step `check_copy`. Looks only, so it can be done as often as is liked.
pub(crate) async fn check(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let backups = control.backups()?;
    let copy = Copy::load(control, claimed).await?;
    let manifest = copy.manifest(control, backups).await?;
    let failed = StepError::server("look at a copy");
    let client = copy.admin.connect(copy.database.as_str()).await.map_err(&failed)?;

    let fingerprint = schema::read(&client).await.map_err(&failed)?.fingerprint();
    if fingerprint != manifest.schema_fingerprint {
        return Err(StepError::Different(
            "the restored schema is another than the one that was backed up".to_owned(),
        ));
    }
    let version = ddl::schema_version(&client).await.map_err(&failed)?;
    if version != manifest.schema_version {
        return Err(StepError::Different(format!(
            "it is at schema version {version}, and the backup was at {}",
            manifest.schema_version
        )));
    }
    let pages = check_pages(&client).await?;

    let snapshot = Snapshot::open(client.into_inner(), &control.tracker).await;
    let snapshot = snapshot.map_err(cloison_archive::BackupError::from)?;
    let found = facts(&snapshot).await.map_err(cloison_archive::BackupError::from)?;
    drop(snapshot.close().await.map_err(cloison_archive::BackupError::from)?);
    let differences = manifest.facts.differences(&found);
    if !differences.is_empty() {
        let shown: Vec<String> =
            differences.iter().take(SHOWN_MAX).map(ToString::to_string).collect();
        return Err(StepError::Different(format!(
            "what was restored is not what was backed up: {}",
            shown.join("; ")
        )));
    }
    let rows: u64 = found.tables.iter().map(|it| it.rows).sum();
    Ok(Made::Checked(json!({
        "tables": found.tables.len(),
        "rows": rows,
        "sequences": found.sequences.len(),
        "schema_version": version,
        "pages": pages,
    })))
}

/// With PostgreSQL's own `amcheck`. Answers what was done.
async fn check_pages(client: &Client) -> Result<Value, StepError> {
    let failed = StepError::server("look at the pages of a copy");
    let there = client
        .query_typed(
            "select from pg_available_extensions where name = $1",
            &[(&"amcheck", Type::TEXT)],
        )
        .await
        .map_err(&failed)?;
    if there.is_empty() {
        return Ok(json!("not looked at: the server lacks PostgreSQL's extension amcheck"));
    }
    client.batch_execute("begin").await.map_err(&failed)?;
    let looked = client.simple_query(LOOK_AT_PAGES).await;
    client.batch_execute("rollback").await.map_err(&failed)?;
    let broken = looked.map_err(&failed)?.into_iter().find_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => {
            row.get(0).filter(|it| !it.is_empty()).map(str::to_owned)
        }
        _not_a_row => None,
    });
    match broken {
        None => Ok(json!("indexes and tables agree")),
        Some(broken) => Err(StepError::Different(format!("a table is damaged: {broken}"))),
    }
}
