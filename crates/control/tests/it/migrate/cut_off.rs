//! The connection is lost before COMMIT, or after it and before the answer. Running again does nothing twice.

use cloison_control::migrate::{MigrateError, Way};
use cloison_model::RetryClass;
use cloison_testkit::Flow;

use super::ground::{Files, Ground, NOTES, SLEEPS, run};
use crate::world::eventually;

const SLOW: Files<'_> = &[
    NOTES,
    (
        "2_slow.sql",
        "create table slow (); insert into notes values (4, 'once'); select pg_sleep(600)",
    ),
];
const MORE: Files<'_> =
    &[NOTES, ("2_more.sql", "create table more (); insert into notes values (4, 'once')")];

#[tokio::test]
async fn killed_before_commit() {
    let ground = Ground::new().await;
    let watcher = ground.database.connect().await;
    let (done, ()) = tokio::join!(ground.up(SLOW), async {
        ground.until(&watcher, SLEEPS).await;
        ground.end_migration(&watcher).await;
    });
    let error = done.unwrap_err();
    assert!(matches!(error, MigrateError::Lost { .. }), "{error:?}");
    assert_eq!(error.class(), RetryClass::Passing);
    assert_eq!(error.to_string(), "the connection was lost while 0002_slow.sql ran");
    assert_eq!(ground.has().await, "1 notes");
    assert_eq!(ground.up_in_the_end(MORE).await.ran, [2]);
}

#[tokio::test]
async fn the_server_crashes_before_commit() {
    let (ground, _network) = Ground::behind_a_network().await;
    let watcher = ground.database.connect().await;
    // A test's server is in no hurry to write.
    watcher.execute("checkpoint", &[]).await.unwrap();
    let (done, mut outage) = tokio::join!(ground.up(SLOW), async {
        ground.until(&watcher, SLEEPS).await;
        ground.database.server().crash()
    });
    assert!(matches!(done, Err(MigrateError::Lost { .. })), "{done:?}");
    outage.end().unwrap();
    assert_eq!(ground.has().await, "1 notes");
    assert_eq!(ground.up_in_the_end(MORE).await.ran, [2]);
}

#[tokio::test]
async fn cut_off_after_commit_and_before_the_answer() {
    let (mut ground, network) = Ground::behind_a_network().await;
    let (client, watcher) = (ground.admin().await, ground.database.connect().await);
    for statement in [
        "create schema signals",
        "create table signals.go ()",
        "grant usage on schema signals to public",
        "grant select on signals.go to public",
    ] {
        watcher.execute(statement, &[]).await.unwrap();
    }
    let waits = "do $$ begin
        while not exists (select from signals.go) loop
            perform pg_sleep(0.001);
        end loop;
    end $$;
    create table more ();
    insert into notes values (4, 'once')";
    let files = [NOTES, ("2_more.sql", waits)];
    // The first answer, with the history, is let through. While the second is made, the network falls silent.
    let (done, ()) = tokio::join!(run(&client, &files, Way::Up { to: 2 }), async {
        ground.until(&watcher, "query like '%signals.go%'").await;
        network.let_through(Flow::Questions);
        watcher.execute("insert into signals.go default values", &[]).await.unwrap();
        eventually(async || ground.has().await == "1 2 more notes").await;
        drop(network);
    });
    let error = done.unwrap_err();
    assert!(matches!(error, MigrateError::Lost { .. }), "{error:?}");
    assert_eq!(error.class(), RetryClass::Passing);

    ground.comes_by_socket();
    assert_eq!(ground.up_in_the_end(&files).await.ran, [0; 0]);
    assert_eq!(ground.has().await, "1 2 more notes");
}
