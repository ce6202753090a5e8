//! A zip of some tables: what a law wants kept when all else is erased.
//!
//! A table is in it as CSV and as JSON, as in a bundle. There is no dump: in ten years somebody reads this who has no PostgreSQL.

use futures_util::future::try_join;
use jiff::Timestamp;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::error::BundleError;
use super::names::{self, Names};
use super::table::{write_csv, write_json};
use super::write::{BundleFacts, date_time, drain, write_text};
use super::zip::{Packed, Zipper, start};
use crate::tables::{Snapshot, Table};

/// What is to be kept.
#[derive(Clone, Debug)]
pub struct RecordsOptions {
    /// Whose records they are, for the README.
    pub title: String,
    pub made_at: Timestamp,
    /// In the order in which somebody is to read them; each is of the schema `public`.
    pub tables: Vec<String>,
    /// The law that wants it, as it is quoted.
    pub law: String,
}

/// Writes the whole of it and shuts `out` down.
pub async fn write_records(
    snapshot: &Snapshot,
    options: &RecordsOptions,
    out: impl AsyncWrite + Unpin,
) -> Result<BundleFacts, BundleError> {
    let tables: Vec<&Table> =
        options.tables.iter().map(|it| named(snapshot, it)).collect::<Result<_, _>>()?;
    let (zipper, chunks) = start(date_time(options.made_at));
    let stop = snapshot.stop_on_drop();
    let (mut out, facts) =
        try_join(drain(chunks, out), fill(zipper, snapshot, &tables, options)).await?;
    stop.disarm();
    out.shutdown().await.map_err(BundleError::Out)?;
    Ok(facts)
}

fn named<'a>(snapshot: &'a Snapshot, name: &str) -> Result<&'a Table, BundleError> {
    let table = snapshot.tables().iter().find(|it| it.schema == "public" && it.name == name);
    table.ok_or_else(|| BundleError::KeptUnknown { what: name.to_owned() })
}

async fn fill(
    mut zipper: Zipper,
    snapshot: &Snapshot,
    tables: &[&Table],
    options: &RecordsOptions,
) -> Result<BundleFacts, BundleError> {
    write_text(&mut zipper, "README.txt", &readme(options)).await?;
    let mut names = Names::default();
    let mut rows = 0;
    for table in tables {
        let path = names.claim("tables", &names::of_table(table), &[".csv", ".json"]);
        let columns: Vec<&String> = table.columns.iter().collect();
        let (client, csv) = (snapshot.client(), format!("{path}.csv"));
        let read = write_csv(client, table, &columns, &csv, &mut zipper).await?;
        let json = format!("{path}.json");
        let again = write_json(client, table, &columns, &json, &mut zipper).await?;
        if again != read {
            return Err(BundleError::Rows { table: table.title(), read: again, facts: read });
        }
        rows += read;
    }
    let Packed { bytes, sha256 } = zipper.finish().await?;
    Ok(BundleFacts { bytes, sha256, tables: tables.len() as u64, rows, files: 0 })
}

fn readme(options: &RecordsOptions) -> String {
    let RecordsOptions { title, made_at, tables, law } = options;
    let (day, tables) = (made_at.strftime("%Y-%m-%d %H:%M UTC"), tables.join(", "));
    format!(
        "English below.

{title} : pièces fiscales conservées
Établi le {day}

Toutes les autres données ont été effacées. Ces pièces sont conservées parce que la loi l'exige :
{law}

Tables : {tables}
Chaque table existe en CSV (UTF-8, virgules, une ligne d'en-tête) et en JSON. Les montants sont en
centimes. Pour vérifier que rien n'a changé : sha256sum -c SHA256SUMS

------------------------------------------------------------------------

{title}: fiscal records kept
Made on {day}

All other data were erased. These records are kept because the law asks for it:
{law}

Tables: {tables}
Each table is there as CSV (UTF-8, commas, one line of headings) and as JSON. Amounts are in cents.
To see that nothing has changed: sha256sum -c SHA256SUMS
"
    )
}
