//! A lock in the way: it gives up before anybody behind it suffers, and says who has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cloison_control::migrate::{Limits, Locked, MigrateError, Way};
use cloison_model::RetryClass;
use cloison_testkit::{Options, Server};

use super::ground::{Files, Ground, NOTES, WAITS_FOR_A_LOCK, run_within};
use crate::world::eventually;

const MORE: Files<'_> =
    &[NOTES, ("2_more.sql", "-- phase: expand\nalter table notes add column more text")];

async fn locked(ground: &Ground, files: Files<'_>) -> Locked {
    match ground.up(files).await {
        Err(MigrateError::Locked(locked)) => *locked,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn readers_get_through_while_a_long_one_is_in_the_way() {
    let ground = Ground::new().await;
    let mut config = ground.database.config();
    config.application_name("a long report");
    let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
    ground.tasks.spawn(connection);
    let long = client.transaction().await.unwrap();
    long.query("select from notes", &[]).await.unwrap();

    let (ends, reads) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let reader = ground.database.connect().await;
    let (stop, counted) = (Arc::clone(&ends), Arc::clone(&reads));
    let readers = ground.tasks.spawn(async move {
        let mut longest = Duration::ZERO;
        while !stop.load(Ordering::Relaxed) {
            let begun = Instant::now();
            reader.query("select from notes", &[]).await.unwrap();
            longest = longest.max(begun.elapsed());
            counted.fetch_add(1, Ordering::Relaxed);
        }
        longest
    });
    eventually(async || reads.load(Ordering::Relaxed) > 0).await;
    let before = reads.load(Ordering::Relaxed);

    let it = locked(&ground, MORE).await;
    eventually(async || reads.load(Ordering::Relaxed) > before).await;
    ends.store(true, Ordering::Relaxed);
    let longest = readers.await.unwrap();
    assert!(longest < Duration::from_secs(5), "a reader waited {longest:?}");

    assert_eq!((it.version, it.attempts, it.at), (2, 5, 1));
    assert_eq!(it.statement, "alter table notes add column more text");
    let holder = it.holder.clone().unwrap();
    assert_eq!(holder.name, "a long report");
    assert_eq!(holder.table.as_deref(), Some("notes"));
    assert!(
        it.to_string().starts_with("migration 2 (more) was tried 5 times and found a lock in its way each time: postgres (a long report) holds notes in a transaction that is open for"),
        "{it}"
    );
    assert_eq!(MigrateError::Locked(Box::new(it)).class(), RetryClass::Passing);

    // The long one had it all the time.
    long.commit().await.unwrap();
    assert_eq!(ground.up(MORE).await.unwrap().ran, [2]);
}

#[tokio::test]
async fn every_attempt_has_its_limit_and_none_is_over_90_ms() {
    let ground = Ground::new().await;
    let client = ground.database.connect().await;
    // Sequences are not rolled back. An attempt with another limit would fail for want of one.
    for limit in ["50ms", "90ms"] {
        for statement in [
            format!("create sequence \"attempts_{limit}\""),
            format!("grant usage on sequence \"attempts_{limit}\" to public"),
        ] {
            client.execute(&statement, &[]).await.unwrap();
        }
    }
    let refuses = "do $$ begin
        perform nextval(format('%I', 'attempts_' || current_setting('lock_timeout')));
        raise exception 'as if a lock were in the way' using errcode = '55P03';
    end $$";
    let it = locked(&ground, &[NOTES, ("2_refuses.sql", refuses)]).await;
    let row = client
        .query_one(
            "select (select last_value from \"attempts_50ms\"), (select last_value from \"attempts_90ms\")",
            &[],
        )
        .await
        .unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1), it.attempts), (1, 4, 5));
}

#[tokio::test]
async fn a_lock_that_is_let_go_of_costs_an_attempt() {
    let ground = Ground::new().await;
    let (mut client, watcher) = (ground.database.connect().await, ground.database.connect().await);
    let long = client.transaction().await.unwrap();
    long.query("select from notes", &[]).await.unwrap();
    // It comes again until it has been seen.
    let limits = Limits { attempts_max: u32::MAX, ..Limits::USUAL };
    let runner = ground.admin().await;
    let (done, ()) = tokio::join!(run_within(&runner, MORE, Way::Up { to: 2 }, &limits), async {
        ground.until(&watcher, WAITS_FOR_A_LOCK).await;
        long.commit().await.unwrap();
    });
    assert_eq!(done.unwrap().ran, [2]);
}

#[tokio::test]
async fn a_prepared_transaction_is_found_in_the_way() {
    let server = Server::private_with(&Options {
        settings: vec![("max_prepared_transactions".to_owned(), "1".to_owned())],
        ..Options::default()
    });
    let ground = Ground::on(&server).await;
    ground.up(&[NOTES]).await.unwrap();
    let client = ground.database.connect().await;
    for statement in ["begin", "update notes set body = 'x'", "prepare transaction 'gx7'"] {
        client.execute(statement, &[]).await.unwrap();
    }
    let it = locked(&ground, MORE).await;
    let found = it.to_string();
    assert!(found.contains("the prepared transaction 'gx7' of postgres holds notes"), "{found}");
    client.execute("rollback prepared 'gx7'", &[]).await.unwrap();
}

#[tokio::test]
async fn an_autovacuum_is_asked_to_let_go() {
    let slow = [
        ("autovacuum_naptime", "1"),
        ("autovacuum_vacuum_cost_delay", "100"),
        ("autovacuum_vacuum_cost_limit", "1"),
        ("autovacuum_vacuum_threshold", "1"),
        ("autovacuum_vacuum_scale_factor", "0"),
    ];
    let server = Server::private_with(&Options {
        settings: slow.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        ..Options::default()
    });
    let ground = Ground::on(&server).await;
    ground.up(&[NOTES]).await.unwrap();
    let client = ground.database.connect().await;
    // Two minutes of work at this pace.
    client
        .execute(
            "insert into notes select it, repeat('x', 1000) from generate_series(10, 8000) as it",
            &[],
        )
        .await
        .unwrap();
    client.execute("update notes set body = body || 'y'", &[]).await.unwrap();
    ground
        .until(
            &client,
            "backend_type = 'autovacuum worker' and exists (
                select from pg_locks
                where pg_locks.pid = pg_stat_activity.pid and relation = 'notes'::regclass and granted
            )",
        )
        .await;
    assert_eq!(ground.up(MORE).await.unwrap().ran, [2]);
}
