//! A snapshot holds still, for dumps as well, and nobody's change of a table makes it look empty.

use cloison_archive::tables::{Snapshot, facts};
use cloison_testkit::Server;
use tokio_util::task::TaskTracker;

use crate::world::{database, dump, eventually, facts_of, open, restore, run};

#[tokio::test]
async fn a_dump_of_the_snapshot_holds_what_its_facts_say() {
    let server = Server::shared();
    let original = database(
        &server,
        "still",
        "create table t (id serial, note text); insert into t (note) select 'n' || i from generate_series(1, 100) i",
    )
    .await;
    let snapshot = open(&original).await;
    run(
        &original.connect().await,
        "insert into t (note) values ('late'); delete from t where id < 10; update t set note = 'changed' where id = 50; create table later ()",
    )
    .await;
    let dump = dump(&original, &["-Fc", &format!("--snapshot={}", snapshot.id())]).await;
    let here = facts(&snapshot).await.unwrap();
    assert_eq!(here.tables.len(), 1);
    assert_eq!(here.tables[0].rows, 100);
    assert_eq!(here.taken_at, snapshot.taken_at());
    let client = snapshot.close().await.unwrap();
    run(&client, "insert into t (note) values ('the client is free again')").await;

    let copy = server.database("still_copy").await;
    restore(&dump, &copy).await;
    let copy = facts_of(&copy).await;
    assert_eq!(here.tables, copy.tables);
    // The dump found the sequence further on, which is no difference.
    assert_eq!((here.sequences[0].last_value, copy.sequences[0].last_value), (100, 101));
    assert_eq!(here.differences(&copy), []);
    assert_eq!(
        copy.differences(&here)[0].to_string(),
        "sequence public.t_id_seq: at 101, only at 100 in the copy"
    );
}

#[tokio::test]
async fn a_table_that_is_being_rewritten_is_waited_for_and_not_empty() {
    let server = Server::shared();
    let database = database(
        &server,
        "rewrite",
        "create table t (id int); insert into t select generate_series(1, 1000)",
    )
    .await;
    let migration = database.connect().await;
    run(&migration, "begin; alter table t alter id type bigint").await;
    let client = database.connect().await;
    let tracker = TaskTracker::new();
    let (snapshot, ()) = tokio::join!(Snapshot::open(client, &tracker), async {
        let waiting = "select exists (select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database()))";
        eventually(&database.connect().await, waiting).await;
        run(&migration, "commit").await;
    });
    let facts = facts(&snapshot.unwrap()).await.unwrap();
    assert_eq!(facts.tables[0].rows, 1000);
}

#[tokio::test]
async fn a_table_that_goes_or_comes_meanwhile_is_no_failure() {
    let server = Server::shared();
    let database =
        database(&server, "gone", "create table goes (id int); create table stays (id int)").await;
    let migration = database.connect().await;
    run(&migration, "begin; drop table goes; create table comes (id int)").await;
    let client = database.connect().await;
    let tracker = TaskTracker::new();
    let (snapshot, ()) = tokio::join!(Snapshot::open(client, &tracker), async {
        let waiting = "select exists (select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database()))";
        eventually(&database.connect().await, waiting).await;
        run(&migration, "commit").await;
    });
    let facts = facts(&snapshot.unwrap()).await.unwrap();
    let names: Vec<&str> = facts.tables.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["comes", "stays"]);
}
