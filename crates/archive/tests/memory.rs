//! A large table goes through in little memory. Alone in its program, as what is measured is the program's.

#![expect(clippy::unwrap_used, reason = "a test can do nothing but fail")]

use std::fs;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use cloison_archive::bundle::{BundleOptions, Dump, LeftOutInDump, Source, write_bundle};
use cloison_archive::tables::{Snapshot, facts};
use cloison_testkit::Server;
use futures_util::stream;
use tokio::io::AsyncWrite;
use tokio_util::task::TaskTracker;

const ROWS: u64 = 300_000;

/// Of a table that is 31 MB as CSV and 38 MB as JSON.
const GROWTH_MAX_KB: u64 = 8 << 10;

/// Takes everything and keeps nothing.
struct Nowhere;

impl AsyncWrite for Nowhere {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The most memory that this program has ever had.
fn peak_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn three_hundred_thousand_rows_take_no_more_than_some_buffers() {
    let database = Server::shared().database("memory").await;
    let client = database.connect().await;
    let fill = format!(
        "create table long as select i, repeat(md5(i::text), 3) as note from generate_series(1, {ROWS}) i"
    );
    client.simple_query(&fill).await.unwrap();
    let snapshot = Snapshot::open(client, &TaskTracker::new()).await.unwrap();
    let before = peak_kb();
    let facts = facts(&snapshot).await.unwrap();
    let dump = Dump { content: &b"PGDMP"[..], made_with: String::new() };
    let source = Source { snapshot: &snapshot, facts: &facts, dump, files: stream::empty() };
    let options = BundleOptions {
        title: "Long".to_owned(),
        name: "long".to_owned(),
        made_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        leave_out: vec![],
        left_out_in_dump: LeftOutInDump::Held,
    };
    let written = write_bundle(source, &options, Nowhere).await.unwrap();
    assert_eq!((facts.tables[0].rows, written.rows), (ROWS, ROWS));
    let growth = peak_kb() - before;
    assert!(growth < GROWTH_MAX_KB, "{growth} kB more, for a bundle of {} bytes", written.bytes);
}
