//! Files that run outside a transaction: what an index that was not finished leaves, and a second runner beside one.

use std::time::Duration;

use cloison_control::migrate::{Limits, MigrateError, Way};

use super::ground::{Files, Ground, NOTES, WAITS_FOR_A_LOCK, run, run_within};

const INDEX: Files<'_> = &[
    NOTES,
    (
        "2_index.sql",
        "-- phase: expand\n-- no-transaction\ncreate index concurrently if not exists notes_body on notes (body);\nvacuum notes;",
    ),
];
const UNIQUE: Files<'_> = &[
    NOTES,
    (
        "2_unique.sql",
        "-- no-transaction\n\ncreate unique index concurrently if not exists one_body\n  on notes (body)",
    ),
];

#[tokio::test]
async fn a_second_runner_is_told_and_does_not_deadlock() {
    let ground = Ground::new().await;
    let (first, second) = (ground.admin().await, ground.admin().await);
    let (mut client, watcher) = (ground.database.connect().await, ground.database.connect().await);
    // The index waits for whoever writes.
    let writer = client.transaction().await.unwrap();
    writer.execute("update notes set body = 'w' where id = 1", &[]).await.unwrap();

    let (done, ()) = tokio::join!(run(&first, INDEX, Way::Up { to: 2 }), async {
        ground.until(&watcher, WAITS_FOR_A_LOCK).await;
        for _ in 0..20 {
            let told = run(&second, INDEX, Way::Up { to: 2 }).await;
            assert!(matches!(told, Err(MigrateError::Busy)), "{told:?}");
        }
        writer.commit().await.unwrap();
    });
    assert_eq!(done.unwrap().ran, [2]);
    drop(first);
    assert_eq!(ground.up_in_the_end(INDEX).await.ran, [0; 0]);
    assert_eq!(ground.has().await, "1 2 notes notes_body");
}

#[tokio::test]
async fn an_index_that_fails_is_dropped_at_once() {
    let ground = Ground::new().await;
    let it = ground.fails(UNIQUE).await;
    assert_eq!((it.sqlstate.as_str(), it.line, it.at), ("23505", 3, 1));
    assert_eq!(it.detail.as_deref(), Some("Key (body)=(same) is duplicated."));
    assert_eq!(ground.has().await, "1 notes");

    let client = ground.database.connect().await;
    client.execute("update notes set body = id::text", &[]).await.unwrap();
    assert_eq!(ground.up(UNIQUE).await.unwrap().ran, [2]);
    assert_eq!(ground.has().await, "1 2 notes one_body");
}

#[tokio::test]
async fn an_index_that_was_cut_off_is_made_anew() {
    let ground = Ground::new().await;
    let (mut client, watcher) = (ground.database.connect().await, ground.database.connect().await);
    let writer = client.transaction().await.unwrap();
    writer.execute("update notes set body = 'w' where id = 1", &[]).await.unwrap();
    let (done, ()) = tokio::join!(ground.up(INDEX), async {
        ground.until(&watcher, WAITS_FOR_A_LOCK).await;
        ground.end_migration(&watcher).await;
    });
    assert!(matches!(done, Err(MigrateError::Lost { .. })), "{done:?}");
    writer.commit().await.unwrap();
    assert_eq!(ground.has().await, "1 notes notes_body?", "it is there, and not valid");

    assert_eq!(ground.up_in_the_end(INDEX).await.ran, [2]);
    assert_eq!(ground.has().await, "1 2 notes notes_body");
}

#[tokio::test]
async fn an_index_does_not_wait_for_ever_behind_an_open_transaction() {
    let ground = Ground::new().await;
    let mut client = ground.database.connect().await;
    let writer = client.transaction().await.unwrap();
    writer.execute("update notes set body = 'w' where id = 1", &[]).await.unwrap();
    let runner = ground.admin().await;
    let limits = Limits { lock_timeout_alone: Duration::from_millis(50), ..Limits::USUAL };
    let done = run_within(&runner, INDEX, Way::Up { to: 2 }, &limits).await;
    let Err(MigrateError::Locked(it)) = done else { panic!("{done:?}") };
    assert_eq!((it.version, it.attempts, it.at), (2, 1, 1));
    assert_eq!(it.holder.unwrap().table.as_deref(), Some("notes"));
    drop(runner);
    writer.commit().await.unwrap();
    assert_eq!(ground.up_in_the_end(INDEX).await.ran, [2]);
    assert_eq!(ground.has().await, "1 2 notes notes_body");
}

#[tokio::test]
async fn the_index_of_another_is_left_alone() {
    let ground = Ground::new().await;
    let client = ground.database.connect().await;
    let made = client.execute("create unique index concurrently theirs on notes (body)", &[]).await;
    made.unwrap_err();
    ground.up(INDEX).await.unwrap();
    assert_eq!(ground.has().await, "1 2 notes notes_body theirs?");
}

#[tokio::test]
async fn killed_between_the_last_statement_and_the_history() {
    let ground = Ground::new().await;
    let (mut client, mut other, watcher) = (
        ground.database.connect().await,
        ground.database.connect().await,
        ground.database.connect().await,
    );
    let writer = client.transaction().await.unwrap();
    writer.execute("update notes set body = 'w' where id = 1", &[]).await.unwrap();
    let (done, ()) = tokio::join!(ground.up(INDEX), async {
        ground.until(&watcher, WAITS_FOR_A_LOCK).await;
        // It has read the history, and will want to write it.
        let keeper = other.transaction().await.unwrap();
        keeper.execute("lock table cloison_migrations in share mode", &[]).await.unwrap();
        writer.commit().await.unwrap();
        ground.until(&watcher, "wait_event = 'relation' and query like 'insert%'").await;
        ground.end_migration(&watcher).await;
    });
    assert!(matches!(done, Err(MigrateError::Lost { .. })), "{done:?}");
    assert_eq!(ground.has().await, "1 notes notes_body", "done, and not in the history");

    assert_eq!(ground.up_in_the_end(INDEX).await.ran, [2]);
    assert_eq!(ground.has().await, "1 2 notes notes_body");
}

#[tokio::test]
async fn the_way_back_is_outside_a_transaction_too() {
    let ground = Ground::new().await;
    let down =
        ("2_index.down.sql", "-- no-transaction\ndrop index concurrently if exists notes_body");
    let files = [INDEX[0], INDEX[1], down];
    ground.up(&files).await.unwrap();
    assert_eq!(ground.go(&files, Way::Down { to: 1 }).await.unwrap().version, 1);
    assert_eq!(ground.has().await, "1 notes");
}

#[tokio::test]
async fn the_session_is_left_as_it_was() {
    let ground = Ground::new().await;
    let client = ground.admin().await;
    let settings = async || {
        let row = client
            .query_one(
                "select concat_ws(' ', current_user, current_setting('lock_timeout'), current_setting('statement_timeout'))",
                &[],
            )
            .await;
        row.unwrap().get::<_, String>(0)
    };
    let before = settings().await;
    run(&client, UNIQUE, Way::Up { to: 2 }).await.unwrap_err();
    assert_eq!(settings().await, before);
    run(&client, INDEX, Way::Up { to: 2 }).await.unwrap();
    assert_eq!(settings().await, before);
}
