//! Writes a bundle, one part after the other.

use std::fmt;
use std::pin::pin;

use futures_util::future::try_join;
use futures_util::{Stream, TryStreamExt as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;
use zip::DateTime;

use super::error::BundleError;
use super::files::{BundleFile, pass_on, write_file};
use super::manifest::{DumpLine, FileLine, Manifest, TableLine, VERSION};
use super::names::{self, Names};
use super::options::{self, BundleOptions, LeftOut};
use super::readme::Readme;
use super::table::{write_csv, write_json};
use super::zip::{Packed, Packing, Zipper, start};
use crate::tables::{DatabaseFacts, Snapshot, Table, TableFacts};

/// How each dump of `pg_dump --format=custom` begins.
const DUMP_MAGIC: &[u8] = b"PGDMP";

/// What a bundle is made of.
pub struct Source<'a, D, F> {
    pub snapshot: &'a Snapshot,
    /// Of this snapshot.
    pub facts: &'a DatabaseFacts,
    pub dump: Dump<D>,
    pub files: F,
}

/// The dump: what `pg_dump` writes with [`super::dump_arguments`], and that has to fail when `pg_dump` does, as
/// [`super::ProgramOutput`] does.
pub struct Dump<D> {
    pub content: D,
    /// As in `pg_dump (PostgreSQL) 15.18`.
    pub made_with: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFacts {
    pub bytes: u64,
    /// Of the whole zip, in hexadecimal digits.
    pub sha256: String,
    /// In CSV and JSON.
    pub tables: u64,
    pub rows: u64,
    pub files: u64,
}

/// Writes the whole of it and shuts `out` down. Of a bundle that fails `out` is dropped as it is: what it has got is not a zip,
/// and a store that takes something as complete when it is shut down does not take this.
///
/// Dropped half-way, it stops what the server is reading for it. Either way the snapshot is of no more use then: it ends where the tables do.
pub async fn write_bundle<D, F, W>(
    source: Source<'_, D, F>,
    options: &BundleOptions,
    out: W,
) -> Result<BundleFacts, BundleError>
where
    D: AsyncRead + Unpin,
    F: Stream<Item = std::io::Result<BundleFile>>,
    W: AsyncWrite + Unpin,
{
    options::check_known(source.snapshot.tables(), &options.leave_out)?;
    let (zipper, chunks) = start(date_time(options.made_at));
    let stop = source.snapshot.stop_on_drop();
    // If both fail, the reader's failure is the cause, and the first to be looked at.
    let (mut out, facts) = try_join(drain(chunks, out), fill(zipper, source, options)).await?;
    stop.disarm();
    out.shutdown().await.map_err(BundleError::Out)?;
    Ok(facts)
}

pub(super) async fn drain<W>(
    mut chunks: mpsc::Receiver<Vec<u8>>,
    mut out: W,
) -> Result<W, BundleError>
where
    W: AsyncWrite + Unpin,
{
    while let Some(chunk) = chunks.recv().await {
        out.write_all(&chunk).await.map_err(BundleError::Out)?;
    }
    Ok(out)
}

async fn fill<D, F>(
    mut zipper: Zipper,
    source: Source<'_, D, F>,
    options: &BundleOptions,
) -> Result<BundleFacts, BundleError>
where
    D: AsyncRead + Unpin,
    F: Stream<Item = std::io::Result<BundleFile>>,
{
    let Source { snapshot, facts, dump, files } = source;
    let extensions = snapshot.extensions().await?;
    let name = names::plain(&options.name);
    let left_out: Vec<String> = options.leave_out.iter().map(LeftOut::title).collect();
    let held = options.leave_out.iter().filter(|it| options.is_in_dump(it));
    let held: Vec<String> = held.map(LeftOut::title).collect();
    let dump_line = DumpLine {
        path: format!("dump/{name}.dump"),
        made_with: dump.made_with.clone(),
        holds_left_out: !held.is_empty(),
    };
    let readme = Readme {
        title: &options.title,
        made_at: options.made_at,
        dump_path: &dump_line.path,
        dump_made_with: &dump.made_with,
        server_major: facts.server_version_num / 10_000,
        database: &format!("{name}_restored").replace('-', "_"),
        extensions: &extensions,
        left_out: &left_out,
        held_by_dump: &held,
    };
    write_text(&mut zipper, "README.txt", &readme.text()).await?;
    write_dump(&mut zipper, &dump_line.path, dump.content).await?;
    let mut names = Names::default();
    let tables = write_tables(&mut zipper, snapshot, facts, &mut names, options).await?;
    // Files may be many gigabytes more, and are of no database's moment.
    snapshot.end().await?;
    let files = write_files(&mut zipper, &mut names, files).await?;
    let shown = || tables.iter().filter(|it| it.csv.is_some());
    let (table_count, rows) = (shown().count() as u64, shown().map(|it| it.rows).sum());
    let file_count = files.len() as u64;
    let manifest = Manifest {
        version: VERSION,
        title: options.title.clone(),
        made_at: options.made_at,
        dump: dump_line,
        tables,
        files,
        extensions,
        facts: facts_to_tell(facts, options),
    };
    let manifest = serde_json::to_string_pretty(&manifest)?;
    write_text(&mut zipper, "manifest.json", &manifest).await?;
    let Packed { bytes, sha256 } = zipper.finish().await?;
    Ok(BundleFacts { bytes, sha256, tables: table_count, rows, files: file_count })
}

/// The hash of a few rows tells whoever guesses them that they are right, so where the dump does not hold what is left out, the
/// hash of its table does not travel either.
fn facts_to_tell(facts: &DatabaseFacts, options: &BundleOptions) -> DatabaseFacts {
    let mut facts = facts.clone();
    let is_told = |table: &TableFacts| {
        let mut absent = options.leave_out.iter().filter(|it| !options.is_in_dump(it));
        !absent.any(|it| it.schema == table.schema && it.table == table.name)
    };
    facts.tables.retain(is_told);
    facts
}

pub(super) async fn write_text(
    zipper: &mut Zipper,
    path: &str,
    text: &str,
) -> Result<(), BundleError> {
    let mut entry = zipper.entry(path, Packing::Deflated, Some(text.len() as u64)).await?;
    entry.write(text.as_bytes()).await?;
    entry.end().await
}

async fn write_dump(
    zipper: &mut Zipper,
    path: &str,
    mut dump: impl AsyncRead + Unpin,
) -> Result<(), BundleError> {
    let mut beginning = Vec::new();
    let magic_length = DUMP_MAGIC.len() as u64;
    (&mut dump).take(magic_length).read_to_end(&mut beginning).await.map_err(BundleError::Dump)?;
    if beginning != DUMP_MAGIC {
        // A program that failed at once says more than that it wrote nothing.
        dump.read_buf(&mut beginning).await.map_err(BundleError::Dump)?;
        return Err(BundleError::NotADump);
    }
    let mut entry = zipper.entry(path, Packing::Lightly, None).await?;
    entry.write(&beginning).await?;
    pass_on(dump, &mut entry, BundleError::Dump).await?;
    entry.end().await
}

async fn write_tables(
    zipper: &mut Zipper,
    snapshot: &Snapshot,
    facts: &DatabaseFacts,
    names: &mut Names,
    options: &BundleOptions,
) -> Result<Vec<TableLine>, BundleError> {
    let mut lines = Vec::new();
    for table in snapshot.tables() {
        let rows = rows_of(table, facts);
        let columns = options::columns_shown(table, &options.leave_out);
        let is_shown = |name: &String| columns.as_ref().is_some_and(|it| it.contains(&name));
        let mut line = TableLine {
            schema: table.schema.clone(),
            name: table.name.clone(),
            rows,
            csv: None,
            json: None,
            columns_left_out: table.columns.iter().filter(|it| !is_shown(it)).cloned().collect(),
        };
        if let Some(columns) = columns {
            let path = names.claim("tables", &names::of_table(table), &[".csv", ".json"]);
            let (csv, json) = (format!("{path}.csv"), format!("{path}.json"));
            let client = snapshot.client();
            let read = write_csv(client, table, &columns, &csv, zipper).await?;
            check_rows(table, read, rows)?;
            let read = write_json(client, table, &columns, &json, zipper).await?;
            check_rows(table, read, rows)?;
            (line.csv, line.json) = (Some(csv), Some(json));
        }
        lines.push(line);
    }
    Ok(lines)
}

fn rows_of(table: &Table, facts: &DatabaseFacts) -> u64 {
    let is_it = |it: &&TableFacts| it.schema == table.schema && it.name == table.name;
    facts.tables.iter().find(is_it).map_or(0, |it| it.rows)
}

fn check_rows(table: &Table, read: u64, facts: u64) -> Result<(), BundleError> {
    if read == facts {
        return Ok(());
    }
    Err(BundleError::Rows { table: table.title(), read, facts })
}

async fn write_files(
    zipper: &mut Zipper,
    names: &mut Names,
    files: impl Stream<Item = std::io::Result<BundleFile>>,
) -> Result<Vec<FileLine>, BundleError> {
    let mut files = pin!(files);
    let mut lines = Vec::new();
    while let Some(file) = files.try_next().await.map_err(BundleError::Files)? {
        let path = names.claim("files", &file.name, &[""]);
        lines.push(FileLine { name: file.name.clone(), path: path.clone(), bytes: file.bytes });
        write_file(zipper, &path, file).await?;
    }
    Ok(lines)
}

/// In UTC, which a zip does not say. It knows the years 1980 to 2107 only.
pub(super) fn date_time(at: Timestamp) -> DateTime {
    let at = at.to_zoned(TimeZone::UTC);
    let part = |it: i8| u8::try_from(it).unwrap_or_default();
    let (month, day) = (part(at.month()), part(at.day()));
    let (hour, minute, second) = (part(at.hour()), part(at.minute()), part(at.second()));
    let year = u16::try_from(at.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

impl<D, F> fmt::Debug for Source<'_, D, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("snapshot", &self.snapshot.id()).finish_non_exhaustive()
    }
}
