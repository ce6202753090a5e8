//! Files of one transaction: all of them or nothing, and the failure says which statement of which file.

use cloison_control::migrate::{Left, Migrated, Way};

use super::ground::{Files, Ground, NOTES, NOTES_DOWN, run};

const MORE: (&str, &str) =
    ("2_more.sql", "-- phase: expand\nalter table notes add column more text -- no semicolon");

#[tokio::test]
async fn an_empty_database_is_given_a_history() {
    let ground = Ground::empty().await;
    let done = ground.up(&[NOTES, MORE]).await.unwrap();
    assert_eq!(done, Migrated { version: 2, ran: vec![1, 2] });
    assert_eq!(ground.has().await, "1 2 notes");
    let again = ground.up(&[NOTES, MORE]).await.unwrap();
    assert_eq!(again, Migrated { version: 2, ran: Vec::new() });
}

#[tokio::test]
async fn two_round_trips_are_enough() {
    let (ground, network) = Ground::behind_a_network().await;
    let client = ground.admin().await;
    let before = network.said().len();
    run(&client, &[NOTES, MORE], Way::Up { to: 2 }).await.unwrap();
    // A message begins with its kind and its length in four bytes.
    let said = network.said()[before..].to_owned();
    assert_eq!(said.matches("Q\0\0").count(), 2, "{said:?}");
    assert_eq!(said.matches("P\0\0").count(), 0, "{said:?}");
}

#[tokio::test]
async fn what_is_made_is_the_owners() {
    let ground = Ground::new().await;
    let client = ground.database.connect().await;
    let row = client
        .query_one(
            "select string_agg(distinct tableowner, ' ') from pg_tables where schemaname = 'public'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, String>(0), "migrations_owner");
}

#[tokio::test]
async fn a_name_with_a_quote_is_a_name() {
    let ground = Ground::new().await;
    let quote = ("2_it's a \\ $1.sql", "-- phase: expand\ncreate table quoted ()");
    ground.up(&[NOTES, quote]).await.unwrap();
    assert_eq!(ground.up(&[NOTES, quote]).await.unwrap().ran, [0; 0]);
    let client = ground.database.connect().await;
    let row = client
        .query_one("select name from cloison_migrations where version = 2", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, String>(0), "it's a \\ $1");
}

#[tokio::test]
async fn a_search_path_ends_with_its_file() {
    let ground = Ground::new().await;
    let files: Files<'_> = &[
        NOTES,
        ("2_a.sql", "create schema other; set local search_path = other; create table a ()"),
        ("3_b.sql", "create table b ()"),
    ];
    ground.up(files).await.unwrap();
    assert_eq!(ground.has().await, "1 2 3 b notes");
}

/// The failure of a second and third file, as `version: SQLSTATE, statement, line`.
async fn check(ground: &Ground, second: &str, third: &str) -> String {
    let files = [NOTES, ("2_second.sql", second), ("3_third.sql", third)];
    let it = ground.fails(&files).await;
    assert_eq!((it.at, it.left), (1, Left::AsBefore));
    assert_eq!(ground.has().await, "1 notes", "nothing has changed");
    format!("{}: {}, {}, {}", it.version, it.sqlstate, it.statement, it.line)
}

#[tokio::test]
async fn the_statement_that_fails_is_named_and_nothing_changes() {
    let ground = Ground::new().await;
    for (second, third, expected) in [
        (
            "create table half ();\n\nselect 1\n  / 0;\ncreate table never ()",
            "select 1",
            "2: 22012, select 1 / 0, 3",
        ),
        (
            "create table half ()",
            "-- phase: expand\nselect\n  bodi\nfrom notes",
            "3: 42703, select bodi from notes, 3",
        ),
        ("create table half ();\ncreat table b ()", "", "2: 42601, creat table b (), 2"),
        ("create table half ()", "select 'never ends", "3: 42601, select 'never ends, 1"),
        ("create table half (", "select 1", "2: 42601, create table half (, 1"),
        (
            "alter table notes alter body set not null; update notes set body = null",
            "",
            "2: 23502, update notes set body = null, 1",
        ),
        (
            "do $$\nbegin\n  perform 1 / 0;\nend $$",
            "",
            "2: 22012, do $$ begin perform 1 / 0; end $$, 1",
        ),
        (
            "alter table notes add constraint n foreign key (id) references notes deferrable initially deferred;\nalter table notes disable trigger all;\nalter table notes enable trigger user;\nselect 1",
            "drop table nothing",
            "2: 42501, alter table notes disable trigger all, 2",
        ),
        ("create table half ()", "copy\n notes from stdin", "3: 0A000, copy notes from stdin, 1"),
        (
            "create table half ()",
            "-- extensions: no_such\nselect 1",
            "3: 0A000, create extension no_such, 1",
        ),
        ("reset role;\ncreate table half ()", "", "2: 22P02, its row in the history, 2"),
    ] {
        let found = check(&ground, second, third).await;
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_constraint_that_waits_until_the_end_fails_there() {
    let ground = Ground::new().await;
    let deferred = "alter table notes add up int references notes deferrable initially deferred;\ninsert into notes (id, up) values (4, 5)";
    assert_eq!(check(&ground, "select 1", deferred).await, "3: 23503, commit, 2");
}

#[tokio::test]
async fn a_row_that_breaks_it_is_told_beside_the_sentence() {
    let ground = Ground::new().await;
    let unique = ("2_unique.sql", "create unique index one on notes (body)");
    let it = ground.fails(&[NOTES, unique]).await;
    assert_eq!(it.detail.as_deref(), Some("Key (body)=(same) is duplicated."));
    assert_eq!(
        it.to_string(),
        "migration 2 (unique) failed in line 1: could not create unique index \"one\" (23505); the database stays at version 1"
    );
    let hinted = ("2_hint.sql", "select body.id from notes as bodi");
    assert!(ground.fails(&[NOTES, hinted]).await.message.contains("missing FROM-clause"));
    let hinted = ("2_hint.sql", "select bodi from notes");
    let hint = ground.fails(&[NOTES, hinted]).await.hint.unwrap();
    assert!(hint.contains("\"notes.body\""), "{hint}");
}

#[tokio::test]
async fn a_statement_has_the_time_of_its_header() {
    let ground = Ground::new().await;
    let slow = ("2_slow.sql", "-- timeout: 10ms\nselect pg_sleep(60)");
    let it = ground.fails(&[NOTES, slow]).await;
    assert_eq!(it.sqlstate, "57014");
    assert!(it.hint.unwrap().contains("-- timeout:"));
    // The next file has its own.
    let files: Files<'_> = &[
        NOTES,
        (
            "2_a.sql",
            "-- timeout: 1s\ncreate table timeout_a as select current_setting('statement_timeout') as it",
        ),
        ("3_b.sql", "create table timeout_b as select current_setting('statement_timeout') as it"),
    ];
    ground.up(files).await.unwrap();
    let client = ground.database.connect().await;
    let row = client
        .query_one("select (select it from timeout_a), (select it from timeout_b)", &[])
        .await
        .unwrap();
    assert_eq!((row.get::<_, &str>(0), row.get::<_, &str>(1)), ("1s", "5min"));
}

#[tokio::test]
async fn down_and_up_again() {
    let ground = Ground::new().await;
    let files: Files<'_> = &[
        NOTES,
        NOTES_DOWN,
        MORE,
        ("2_more.down.sql", "alter table notes drop column more"),
        ("3_rooms.sql", "create table rooms ()"),
        ("3_rooms.down.sql", "drop table rooms"),
    ];
    for _ in 0..2 {
        assert_eq!(ground.up(files).await.unwrap().version, 3);
        assert_eq!(ground.has().await, "1 2 3 notes rooms");
        let back = ground.go(files, Way::Down { to: 1 }).await.unwrap();
        assert_eq!(back, Migrated { version: 1, ran: vec![3, 2] });
        assert_eq!(ground.has().await, "1 notes");
    }
    let back = ground.go(files, Way::Down { to: 0 }).await.unwrap();
    assert_eq!(back, Migrated { version: 0, ran: vec![1] });
    assert_eq!(ground.has().await, "");
    let part_of_it = ground.go(files, Way::Up { to: 2 }).await.unwrap();
    assert_eq!(part_of_it, Migrated { version: 2, ran: vec![1, 2] });
}

#[tokio::test]
async fn a_way_back_that_fails_changes_nothing() {
    let ground = Ground::new().await;
    let files: Files<'_> = &[
        NOTES,
        NOTES_DOWN,
        ("2_rooms.sql", "create table rooms ()"),
        ("2_rooms.down.sql", "drop table rooms;\ndrop table room"),
    ];
    ground.up(files).await.unwrap();
    let error = ground.go(files, Way::Down { to: 0 }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the way back from migration 2 (rooms) failed in line 2: table \"room\" does not exist (42P01); the database stays at version 2"
    );
    assert_eq!(ground.has().await, "1 2 notes rooms");
}
