//! The server's budget is hard, whatever the requests do.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloison_router::{AcquireError, Config, Router};
use futures_util::future::join_all;
use http::StatusCode;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use crate::place::patient;
use crate::world::{WRITE, World, backend, eventually};

const BUDGET: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_requests_of_twenty_tenants_stay_within_eight_connections() {
    let world = Arc::new(World::of(20).await);
    let router = Router::fixed_with(world.routes.clone(), BUDGET, patient());
    let tenants = world.tenants(&router);

    let done = Arc::new(AtomicBool::new(false));
    let tasks = TaskTracker::new();
    let watching = tasks.spawn({
        let (world, done) = (Arc::clone(&world), Arc::clone(&done));
        async move {
            let (mut most, mut looks) = (0, 0);
            while !done.load(Ordering::Relaxed) {
                most = most.max(world.connections().await);
                looks += 1;
            }
            (most, looks)
        }
    });
    let requests = (0..200).map(|number| {
        let tenant = tenants[number % tenants.len()].clone();
        async move {
            for round in 0..2 {
                let connection = tenant.acquire(WRITE).await.unwrap();
                if (number + round) % 10 == 0 {
                    // A visitor who goes away.
                    let asked = connection.query("select pg_sleep(5)", &[]);
                    assert!(timeout(Duration::from_millis(3), asked).await.is_err());
                } else {
                    let row = connection.query_one("select current_database()", &[]).await.unwrap();
                    let subdomain = tenant.subdomain().as_str().replace('-', "_");
                    assert_eq!(row.get::<_, String>(0), format!("{subdomain}_db"));
                }
            }
        }
    });
    for ended in join_all(requests.map(|it| tasks.spawn(it))).await {
        ended.unwrap();
    }
    done.store(true, Ordering::Relaxed);

    let (most, looks) = watching.await.unwrap();
    assert!(looks > 20, "looked only {looks} times");
    assert!(most <= i64::try_from(BUDGET).unwrap(), "the server had {most} connections");
    assert!(most > 2, "the server had only {most} connections");
    let stats = router.stats()[0];
    assert!(stats.evictions > 0, "{stats:?}");
    assert_eq!(stats.waiting, 0);
    router.close().await;
    assert_eq!(world.connections().await, 0);
}

#[tokio::test]
async fn a_cold_tenants_connection_makes_room() {
    let world = World::of(3).await;
    let router = world.router(2);
    let tenants = world.tenants(&router);
    let pid = backend(&tenants[0].acquire(WRITE).await.unwrap()).await;
    assert_eq!(backend(&tenants[0].acquire(WRITE).await.unwrap()).await, pid, "it is kept");
    eventually("it is at rest", async || router.stats()[0].idle == 1).await;
    drop(tenants[1].acquire(WRITE).await.unwrap());
    drop(tenants[2].acquire(WRITE).await.unwrap());
    // The first was the least recently used.
    let stats = router.stats()[0];
    assert_eq!((stats.idle, stats.in_use, stats.connects, stats.evictions), (2, 0, 3, 1));
    assert_eq!(world.connections().await, 2);
    assert_ne!(backend(&tenants[0].acquire(WRITE).await.unwrap()).await, pid);
    router.close().await;
}

#[tokio::test]
async fn nobody_waits_for_ever_and_the_error_says_whom_for() {
    let world = World::of(2).await;
    let config = Config { acquire_timeout: Duration::from_millis(300), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 1, config);
    let [first, second] = &world.tenants(&router)[..] else { panic!("two tenants") };
    let held = first.acquire(WRITE).await.unwrap();
    let error = second.acquire(WRITE).await.unwrap_err();
    let AcquireError::Timeout { waited, .. } = &error else { panic!("{error}") };
    assert!(*waited >= Duration::from_millis(300), "{waited:?}");
    let text = error.to_string();
    let expected = format!(
        "no connection for '{}' within {} ms: it holds 0 of the 1 seats it may, the server has 1, \
         1 waiting, held by {}: 1",
        second.subdomain(),
        waited.as_millis(),
        first.subdomain()
    );
    assert_eq!(text, expected);
    assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
    drop(held);
    second.acquire(WRITE).await.expect("the seat came free");
    router.close().await;
}

#[tokio::test]
async fn a_waiter_that_goes_away_takes_nothing_with_it() {
    let world = World::of(2).await;
    let router = world.router(1);
    let [first, second] = &world.tenants(&router)[..] else { panic!("two tenants") };
    let held = first.acquire(WRITE).await.unwrap();
    let waited = timeout(Duration::from_millis(20), second.acquire(WRITE)).await;
    assert!(waited.is_err());
    assert_eq!(router.stats()[0].waiting, 0);
    drop(held);
    // Dropped at every stage: waiting for the close, connecting, served.
    for milliseconds in 0..20 {
        for tenant in [second, first] {
            drop(timeout(Duration::from_millis(milliseconds), tenant.acquire(WRITE)).await);
        }
    }
    for tenant in [first, second, first] {
        tenant.acquire(WRITE).await.expect("no seat is lost");
    }
    eventually("all is at rest", async || router.stats()[0].in_use == 0).await;
    assert!(world.connections().await <= 1);
    router.close().await;
}

#[tokio::test]
async fn a_full_queue_turns_away_at_once() {
    let world = World::of(1).await;
    let config = Config { waiters_max: 1, ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 1, config);
    let tenant = world.tenants(&router).remove(0);
    let held = tenant.acquire(WRITE).await.unwrap();
    let waiter = TaskTracker::new().spawn({
        let tenant = tenant.clone();
        async move { tenant.acquire(WRITE).await.map(drop) }
    });
    eventually("one waits", async || router.stats()[0].waiting == 1).await;
    let error = tenant.acquire(WRITE).await.unwrap_err();
    assert!(matches!(error, AcquireError::QueueFull { .. }), "{error}");
    drop(held);
    waiter.await.unwrap().unwrap();
    router.close().await;
}

#[tokio::test]
async fn unused_connections_are_closed() {
    let world = World::of(1).await;
    let config = Config { idle_timeout: Duration::from_millis(100), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 4, config);
    let tenant = world.tenants(&router).remove(0);
    drop(tenant.acquire(WRITE).await.unwrap());
    assert_eq!(world.connections().await, 1);
    eventually("it is closed", async || world.connections().await == 0).await;
    assert_eq!(router.stats()[0].idle, 0);
    router.close().await;
}

#[tokio::test]
async fn a_router_that_is_dropped_leaves_no_connection_behind() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let held = tenant.acquire(WRITE).await.unwrap();
    drop((router, tenant));
    backend(&held).await;
    drop(held);
    eventually("it is closed", async || world.connections().await == 0).await;
}
