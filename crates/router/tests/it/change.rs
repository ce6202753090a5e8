//! Routes that change while connections are open.

use cloison_model::ServerId;
use futures_util::FutureExt;
use uuid::Uuid;

use crate::place::Place;
use crate::world::{WRITE, World, at_rest, backend, eventually};

#[tokio::test]
async fn a_new_epoch_retires_connections() {
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();

    // The idle one at once.
    let first = tenant.acquire(WRITE).await.unwrap();
    let second = tenant.acquire(WRITE).await.unwrap();
    let pids = [backend(&first).await, backend(&second).await];
    drop(first);
    eventually("it is idle", async || running.router.stats()[0].idle == 1).await;
    place.change(world.routes[0].clone());
    eventually("it is closed", async || world.connections().await == 1).await;

    // The other when it is given back.
    assert_eq!(backend(&second).await, pids[1]);
    drop(second);
    let next = tenant.acquire(WRITE).await.unwrap();
    assert!(!pids.contains(&backend(&next).await));
    drop(next);
    running.router.close().await;
    assert_eq!(world.connections().await, 0);
}

#[tokio::test]
async fn a_tenant_that_has_moved_is_followed_within_the_same_request() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes[..1]);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    drop(tenant.acquire(WRITE).await.unwrap());
    let mut moved = world.routes[1].clone();
    moved.tenant = tenant.id();
    place.change(moved.clone());
    eventually("it has moved", async || {
        let connection = tenant.acquire(WRITE).await.unwrap();
        let database: String =
            connection.query_one("select current_database()::text", &[]).await.unwrap().get(0);
        database == moved.database.as_str()
    })
    .await;
    running.router.close().await;
}

#[tokio::test]
async fn whoever_waits_for_a_seat_goes_where_the_tenant_is_now() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes[..1]);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    // Its share, which is not given back.
    let held = [tenant.acquire(WRITE).await.unwrap(), tenant.acquire(WRITE).await.unwrap()];
    let mut waiting = Box::pin(tenant.acquire(WRITE));
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!(running.router.stats()[0].waiting, 1);

    let mut moved = world.routes[1].clone();
    moved.tenant = tenant.id();
    moved.server = ServerId(Uuid::from_u128(9));
    place.change(moved.clone());
    let connection = waiting.await.unwrap();
    let database = connection.query_one("select current_database()::text", &[]).await.unwrap();
    assert_eq!(database.get::<_, String>(0), moved.database.as_str());
    assert_eq!(running.router.stats().iter().map(|it| it.timeouts).sum::<u64>(), 0);
    drop((connection, held));
    at_rest(&running.router).await;
    running.router.close().await;
}

#[tokio::test]
async fn after_shutdown_every_connection_is_closed() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenants = world.tenants(&running.router);
    let held = tenants[0].acquire(WRITE).await.unwrap();
    drop(tenants[1].acquire(WRITE).await.unwrap());
    running.shutdown.cancel();
    running.tracker.close();
    eventually("the idle one is closed", async || world.connections().await == 1).await;
    // A request under way goes on to its end.
    backend(&held).await;
    drop(held);
    running.tracker.wait().await;
    assert_eq!(world.connections().await, 0);
}
