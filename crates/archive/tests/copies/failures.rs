//! What cannot be exported whole is not exported, and nobody is left at work on it.

use std::io::{self, Cursor};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use cloison_archive::bundle::{
    BundleError, BundleFile, Dump, LeftOut, LeftOutInDump, Source, dump_arguments, write_bundle,
};
use cloison_archive::tables::{DatabaseFacts, Snapshot, facts};
use cloison_testkit::{Database, Server};
use futures_util::stream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, duplex, empty};
use tokio_postgres::error::SqlState;
use zip::ZipArchive;

use crate::bundle::{file, options};
use crate::world::{database, dump, dumping, eventually, open, run};

/// 2 GB as COPY writes it, and 25 MB on disk: nobody comes to its end while somebody else asks for a stop.
const LONG: &str = "create table long (id int, note text); insert into long select i, repeat('x', 100000) from generate_series(1, 20000) i";

/// Remembers what was written, and whether it was said to be complete.
#[derive(Default)]
struct Out {
    bytes: Vec<u8>,
    is_shut: bool,
}

impl AsyncWrite for Out {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.bytes.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_shut = true;
        Poll::Ready(Ok(()))
    }
}

async fn long() -> Database {
    let server = Server::shared();
    let build = async |it: &Database| {
        run(&it.connect().await, LONG).await;
        Ok(())
    };
    let template = server.template("long", LONG, build).await;
    server.database_from(&template, "long").await
}

async fn small() -> Database {
    let sql = "create table t (id int); insert into t select generate_series(1, 5000)";
    database(&Server::shared(), "small", sql).await
}

/// Writes a bundle that has to fail, and checks that what was written is not taken for one.
async fn check(
    database: &Database,
    leave_out: Vec<LeftOut>,
    content: impl AsyncRead + Unpin,
    files: Vec<io::Result<BundleFile>>,
    change: impl FnOnce(&mut DatabaseFacts),
) -> BundleError {
    let snapshot = open(database).await;
    let mut facts = facts(&snapshot).await.unwrap();
    change(&mut facts);
    let dump = Dump { content, made_with: "pg_dump".to_owned() };
    let source = Source { snapshot: &snapshot, facts: &facts, dump, files: stream::iter(files) };
    let mut out = Out::default();
    let options = options(leave_out, LeftOutInDump::Held);
    let failed = write_bundle(source, &options, &mut out).await.unwrap_err();
    assert!(!out.is_shut, "{failed}");
    assert!(ZipArchive::new(Cursor::new(out.bytes)).is_err(), "{failed}");
    failed
}

#[tokio::test]
async fn a_dump_that_fails_in_the_middle_fails_the_bundle() {
    let database = small().await;
    let whole = dump(&database, &["-Fc"]).await;
    let half = whole[..whole.len() / 2].to_vec();
    let broken = io::Error::other("pg_dump: error: connection lost");
    let failing = Cursor::new(half).chain(Failing(Some(broken)));
    let failed = check(&database, vec![], failing, vec![], |_| ()).await;
    assert!(matches!(failed, BundleError::Dump(_)), "{failed:?}");

    // The program itself, which says why.
    let snapshot = open(&database).await;
    let mut arguments = dump_arguments(&snapshot, &options(vec![], LeftOutInDump::Held));
    arguments.push("--table=t".to_owned());
    arguments.push("--table=no_such_table".to_owned());
    arguments.push("--strict-names".to_owned());
    let failed = check(&database, vec![], dumping(&database, &arguments), vec![], |_| ()).await;
    let BundleError::Dump(why) = failed else { panic!("{failed:?}") };
    assert!(why.to_string().contains("no_such_table"), "{why}");
}

#[tokio::test]
async fn a_dump_whose_server_ends_it_half_way_fails_the_bundle() {
    let database = long().await;
    let snapshot = open(&database).await;
    let facts = facts_without_reading(&snapshot);
    let mut arguments = dump_arguments(&snapshot, &options(vec![], LeftOutInDump::Held));
    arguments.push("--compress=0".to_owned());
    let dump = Dump { content: dumping(&database, &arguments), made_with: String::new() };
    let source = Source { snapshot: &snapshot, facts: &facts, dump, files: stream::empty() };
    let options = options(vec![], LeftOutInDump::Held);
    let (out, mut reader) = duplex(1 << 10);
    let mut bytes = Vec::new();
    let (failed, ()) = tokio::join!(write_bundle(source, &options, out), async {
        // As nobody reads on, the dump stands still in the middle of its table.
        let watcher = database.connect().await;
        let copying = "select exists (select from pg_stat_activity where datname = current_database() and query like 'COPY%')";
        eventually(&watcher, copying).await;
        run(&watcher, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'COPY%'").await;
        reader.read_to_end(&mut bytes).await.unwrap();
    });
    assert!(matches!(failed, Err(BundleError::Dump(_))), "{failed:?}");
    assert!(ZipArchive::new(Cursor::new(bytes)).is_err());
}

/// For a bundle that never comes to the end of its first table.
fn facts_without_reading(snapshot: &Snapshot) -> DatabaseFacts {
    DatabaseFacts {
        server_version_num: 150_000,
        wal_lsn: String::new(),
        taken_at: snapshot.taken_at(),
        large_objects: 0,
        tables: vec![],
        sequences: vec![],
    }
}

#[tokio::test]
async fn what_is_not_what_it_should_be_fails_the_bundle() {
    let database = small().await;
    let dump = dump(&database, &["-Fc"]).await;
    let whole = || Cursor::new(dump.clone());

    let failed = check(&database, vec![], empty(), vec![], |_| ()).await;
    assert!(matches!(failed, BundleError::NotADump), "{failed:?}");
    let failed = check(&database, vec![], &b"-- a script"[..], vec![], |_| ()).await;
    assert!(matches!(failed, BundleError::NotADump), "{failed:?}");

    let unknown = vec![LeftOut::column("public", "t", "password")];
    let failed = check(&database, unknown, whole(), vec![], |_| ()).await;
    assert!(failed.to_string().contains("leave out public.t.password"), "{failed}");

    for (said, read) in [(4, "3"), (2, "more")] {
        let files = vec![Ok(BundleFile { bytes: said, ..file("a.wav", b"abc") })];
        let failed = check(&database, vec![], whole(), files, |_| ()).await.to_string();
        assert!(
            failed.contains(&format!("a.wav should have {said} bytes and has {read}")),
            "{failed}"
        );
    }
    let gone = vec![Ok(file("a.wav", b"abc")), Err(io::Error::other("the store is away"))];
    let failed = check(&database, vec![], whole(), gone, |_| ()).await;
    assert!(matches!(failed, BundleError::Files(_)), "{failed:?}");

    let failed = check(&database, vec![], whole(), vec![], |it| it.tables[0].rows = 7).await;
    assert!(
        failed.to_string().starts_with("table public.t gave 5000 rows and its facts say 7"),
        "{failed}"
    );
}

#[tokio::test]
async fn a_reader_that_stops_half_way_ends_the_reading_of_the_table() {
    let database = long().await;
    let snapshot = open(&database).await;
    let facts = facts_without_reading(&snapshot);
    let dump = Dump { content: &b"PGDMP"[..], made_with: String::new() };
    let source = Source { snapshot: &snapshot, facts: &facts, dump, files: stream::empty() };
    let options = options(vec![], LeftOutInDump::Held);
    let (out, reader) = duplex(1 << 10);
    let (failed, ()) = tokio::join!(write_bundle(source, &options, out), async {
        eventually(&database.connect().await, COPYING).await;
        drop(reader);
    });
    assert!(matches!(failed, Err(BundleError::Out(_))), "{failed:?}");
    check_stopped(&database, &snapshot).await;
}

#[tokio::test]
async fn who_gives_up_ends_the_reading_of_the_table() {
    let database = long().await;
    let snapshot = open(&database).await;
    let facts = facts_without_reading(&snapshot);
    let dump = Dump { content: &b"PGDMP"[..], made_with: String::new() };
    let source = Source { snapshot: &snapshot, facts: &facts, dump, files: stream::empty() };
    let options = options(vec![], LeftOutInDump::Held);
    let (out, _reader) = duplex(1 << 10);
    {
        let mut writing = pin!(write_bundle(source, &options, out));
        let watcher = database.connect().await;
        tokio::select! {
            ended = &mut writing => panic!("nobody reads, and yet {ended:?}"),
            () = eventually(&watcher, COPYING) => {}
        }
    }
    check_stopped(&database, &snapshot).await;
}

const COPYING: &str = "select exists (select from pg_stat_activity where datname = current_database() and state = 'active' and query like 'copy (%')";

/// It was told to stop, and did not only come to the end of the table.
async fn check_stopped(database: &Database, snapshot: &Snapshot) {
    let stopped = "select exists (select from pg_stat_activity where datname = current_database() and state = 'idle in transaction (aborted)')";
    eventually(&database.connect().await, stopped).await;
    let refused = facts(snapshot).await.unwrap_err();
    assert_eq!(refused.sqlstate(), Some(&SqlState::IN_FAILED_SQL_TRANSACTION));
}

/// Fails when it is read.
struct Failing(Option<io::Error>);

impl AsyncRead for Failing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.take().map_or(Ok(()), Err))
    }
}
