//! The rows of each studio, copied into the shared tables so that they lie there as if all had worked side by side.
//!
//! A shared table that was filled with one studio after the other would have each studio's rows together, which no
//! shared table has after a year. So a row is put where it was in its studio's own year: half-way among all, if it
//! was half-way there.

use anyhow::{Context, Result};
use futures_util::{StreamExt, pin_mut};
use tokio_postgres::Client;

use super::tables::columns;
use crate::cluster::Server;
use crate::studios::Studio;

/// From the studio's database into the bare tables.
pub(super) async fn studio(
    server: &Server,
    shared: &Client,
    studio: &Studio,
    tables: &[String],
) -> Result<()> {
    let database = studio.database.to_string();
    let from = server.connect(&database).await?;
    for table in tables {
        let columns: Vec<String> =
            columns(&from, table).await?.into_iter().map(|it| it.name).collect();
        let columns = columns.join(", ");
        let rows = from
            .copy_out(&format!(
                "copy (
                     select row_number() over (order by ctid) / (count(*) over ())::double precision, {}::bigint, {columns}
                     from {table}
                 ) to stdout (format binary)",
                studio.number
            ))
            .await
            .with_context(|| format!("read {table} of {database}"))?;
        let sink = shared
            .copy_in(&format!(
                "copy loading.{table} (progress, tenant_id, {columns}) from stdin (format binary)"
            ))
            .await?;
        pin_mut!(sink);
        rows.forward(sink).await.with_context(|| format!("copy {table} of {database}"))?;
    }
    Ok(())
}

/// From the bare tables into the real ones, in order.
pub(super) async fn settle(shared: &Client, tables: &[String]) -> Result<()> {
    for table in tables {
        let columns: Vec<String> = columns(shared, &format!("public.{table}"))
            .await?
            .into_iter()
            .map(|it| it.name)
            .collect();
        let columns = columns.join(", ");
        shared
            .execute(
                &format!(
                    "insert into public.{table} (tenant_id, {columns})
                     select tenant_id, {columns}
                     from loading.{table}
                     order by progress, tenant_id"
                ),
                &[],
            )
            .await
            .with_context(|| format!("fill {table}"))?;
    }
    Ok(())
}
