//! A request may be dropped at any await: nothing half done reaches the next one.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::StreamExt;
use tokio::time::timeout;

use crate::world::{WRITE, World, backend, eventually};

#[tokio::test]
async fn a_cancelled_begin_loses_no_acknowledged_write() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let mut acknowledged = Vec::new();
    for round in 0..50_u64 {
        let mut connection = tenant.acquire(WRITE).await.unwrap();
        // Cancelled before the first poll, after it, and at some moment around the answer.
        match round % 3 {
            0 => drop(connection.begin()),
            1 => drop(connection.begin().now_or_never()),
            _ => drop(timeout(Duration::from_micros(round * 8), connection.begin()).await),
        }
        drop(connection);
        let connection = tenant.acquire(WRITE).await.unwrap();
        let body = format!("note {round:02}");
        connection.execute("insert into notes values ($1)", &[&body]).await.unwrap();
        acknowledged.push(body);
    }
    router.close().await;
    assert_eq!(world.notes().await, acknowledged);
}

#[tokio::test]
async fn dropped_in_the_middle_of_a_query_it_is_cancelled_and_not_used_again() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let asked = connection.query("select pg_sleep(60)", &[]);
    assert!(timeout(Duration::from_millis(50), asked).await.is_err());
    let dropped = tokio::time::Instant::now();
    drop(connection);
    // With a share of one, the next has to wait until the server has let go of it.
    let next = tenant.acquire(WRITE).await.unwrap();
    assert_ne!(backend(&next).await, pid);
    assert_eq!(world.connections().await, 1);
    assert!(dropped.elapsed() < Duration::from_secs(30), "it was not cancelled");
    drop(next);
    router.close().await;
}

#[tokio::test]
async fn dropped_in_a_transaction_it_is_rolled_back_and_not_used_again() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('lost')", &[]).await.unwrap();
    drop(transaction);
    // The same connection goes on outside of that transaction.
    connection.execute("insert into notes values ('kept')", &[]).await.unwrap();
    drop(connection);
    assert_ne!(backend(&tenant.acquire(WRITE).await.unwrap()).await, pid);
    assert_eq!(world.notes().await, ["kept"]);
    router.close().await;
}

#[tokio::test]
async fn a_transaction_begun_by_hand_and_left_open_is_not_handed_on() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    connection.execute("begin", &[]).await.unwrap();
    drop(connection);
    let connection = tenant.acquire(WRITE).await.unwrap();
    assert_ne!(backend(&connection).await, pid);
    connection.execute("insert into notes values ('kept')", &[]).await.unwrap();
    drop(connection);
    assert_eq!(world.notes().await, ["kept"]);
    router.close().await;
}

#[tokio::test]
async fn committed_and_rolled_back_connections_are_used_again() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('kept')", &[]).await.unwrap();
    transaction.commit().await.unwrap();
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('lost')", &[]).await.unwrap();
    transaction.rollback().await.unwrap();
    drop(connection);
    let connection = tenant.acquire(WRITE).await.unwrap();
    assert_eq!(backend(&connection).await, pid);
    assert_eq!(world.notes().await, ["kept"]);
    drop(connection);
    router.close().await;
}

#[tokio::test]
async fn a_commit_that_rolls_back_says_so() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('lost')", &[]).await.unwrap();
    transaction.query("select 1 / 0", &[]).await.unwrap_err();
    let error = transaction.commit().await.unwrap_err();
    assert_eq!(error.code().unwrap().code(), "25P02");
    drop(connection);
    assert_eq!(backend(&tenant.acquire(WRITE).await.unwrap()).await, pid, "it is sound");
    assert!(world.notes().await.is_empty());
    router.close().await;
}

#[tokio::test]
async fn rows_that_nobody_reads_to_the_end() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);

    // A few: the rest is waited for, and the connection used again.
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let error = connection.query_one("select generate_series(1, 5000)", &[]).await.unwrap_err();
    assert!(error.code().is_none(), "{error}");
    drop(connection);
    let connection = tenant.acquire(WRITE).await.unwrap();
    assert_eq!(backend(&connection).await, pid);

    // Without end: cancelled.
    let endless = "select generate_series(1, 1000000000000)";
    let mut rows = Box::pin(connection.query_raw(endless, [0_i32; 0]).await.unwrap());
    rows.next().await.unwrap().unwrap();
    drop(connection);
    let next = tenant.acquire(WRITE).await.unwrap();
    assert_ne!(backend(&next).await, pid);
    drop((rows, next));
    router.close().await;
}

#[tokio::test]
async fn terminated_backends_are_replaced() {
    let world = World::of(1).await;
    let router = world.router(8);
    let tenant = world.tenants(&router).remove(0);

    // While idle.
    let pid = backend(&tenant.acquire(WRITE).await.unwrap()).await;
    world.run(&format!("select pg_terminate_backend({pid}, 5000)")).await;
    eventually("the seat is free", async || router.stats()[0].idle == 0).await;
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;

    // While in use: the request fails, the next one does not.
    world.run(&format!("select pg_terminate_backend({pid}, 5000)")).await;
    connection.query("select 1", &[]).await.unwrap_err();
    drop(connection);
    assert_ne!(backend(&tenant.acquire(WRITE).await.unwrap()).await, pid);
    eventually("one is left", async || world.connections().await == 1).await;
    router.close().await;
}

#[tokio::test]
async fn a_connection_may_be_dropped_outside_of_any_runtime() {
    let world = World::of(1).await;
    let router = world.router(4);
    let mut connection = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap();
    drop(connection.begin().now_or_never());
    tokio::task::spawn_blocking(|| std::thread::spawn(move || drop(connection)).join())
        .await
        .unwrap()
        .unwrap();
    router.close().await;
    assert_eq!(world.connections().await, 0);
}
