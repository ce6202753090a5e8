//! A table as CSV and as JSON, row after row.

use std::pin::pin;

use futures_util::TryStreamExt as _;
use tokio_postgres::Client;

use super::error::BundleError;
use super::zip::{Packing, Zipper};
use crate::tables::Table;

/// As `COPY` writes and reads it: UTF-8, a line with the columns' names first, and of two empty values the one in quotes is a text and the other is
/// none. Answers the number of rows.
pub(super) async fn write_csv(
    client: &Client,
    table: &Table,
    columns: &[&String],
    path: &str,
    zipper: &mut Zipper,
) -> Result<u64, BundleError> {
    let failed = |source| BundleError::Table { table: table.title(), source };
    let select = table.select(columns.iter().copied());
    let copy = format!("copy ({select}) to stdout (format csv, header)");
    let mut lines = pin!(client.copy_out(&copy).await.map_err(failed)?);
    let mut entry = zipper.entry(path, Packing::Deflated, None).await?;
    let mut rows_and_header = 0_u64;
    // The protocol promises a row a message, and a row may hold line ends.
    while let Some(line) = lines.try_next().await.map_err(failed)? {
        rows_and_header += 1;
        entry.write(&line).await?;
    }
    entry.end().await?;
    Ok(rows_and_header.saturating_sub(1))
}

/// One array, an object a row, each on a line of its own unless a `json` value has lines in it. Numbers have all the digits that
/// PostgreSQL knows, which may be more than a program that reads them does. Answers the number of rows.
pub(super) async fn write_json(
    client: &Client,
    table: &Table,
    columns: &[&String],
    path: &str,
    zipper: &mut Zipper,
) -> Result<u64, BundleError> {
    let failed = |source| BundleError::Table { table: table.title(), source };
    let select = table.select(columns.iter().copied());
    // Not by `copy`, whose formats all add something to a text.
    let query = format!("select row_to_json(r)::text from ({select}) r");
    let parameters: [i32; 0] = [];
    let objects = client.query_raw(&query, parameters).await.map_err(failed)?;
    let mut objects = pin!(objects);
    let mut entry = zipper.entry(path, Packing::Deflated, None).await?;
    let mut rows = 0_u64;
    while let Some(row) = objects.try_next().await.map_err(failed)? {
        entry.write(if rows == 0 { b"[\n" } else { b",\n" }).await?;
        let object: &str = row.try_get(0).map_err(failed)?;
        entry.write(object.as_bytes()).await?;
        rows += 1;
    }
    entry.write(if rows == 0 { b"[]\n" } else { b"\n]\n" }).await?;
    entry.end().await?;
    Ok(rows)
}
