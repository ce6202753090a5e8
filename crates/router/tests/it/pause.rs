//! One tenant left alone for a moment, under load and at bad moments.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use cloison_model::{AccessMode, ServerId};
use cloison_router::{AcquireError, Config, Pause, PauseError, Phase, Route, Router, Tenant};
use cloison_testkit::{Flow, Proxy};
use futures_util::FutureExt;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::place::{Place, patient};
use crate::world::{WRITE, World, at_rest, backend, eventually};

/// Far longer than anything here takes.
const LONG: Duration = Duration::from_mins(1);

fn pause(router: &Router, tenant: &Tenant) -> Pause {
    router.pause(tenant.id(), LONG).unwrap()
}

async fn database(tenant: &Tenant) -> String {
    let connection = tenant.acquire(WRITE).await.unwrap();
    connection.query_one("select current_database()::text", &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_nobody_gets_an_error_and_the_server_sees_nobody() {
    let world = World::of(1).await;
    let router = world.router(8);
    let tenant = world.tenants(&router).remove(0);
    let (tasks, done) = (TaskTracker::new(), Arc::new(AtomicBool::new(false)));
    let served = Arc::new(AtomicUsize::new(0));
    let load: Vec<_> = (0..20)
        .map(|_| {
            let (tenant, done, served) = (tenant.clone(), Arc::clone(&done), Arc::clone(&served));
            tasks.spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let connection = tenant.acquire(WRITE).await.unwrap();
                    connection.query("select pg_sleep(0.001)", &[]).await.unwrap();
                    served.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for _ in 0..5 {
        let before = served.load(Ordering::Relaxed);
        eventually("requests go on", async || served.load(Ordering::Relaxed) > before + 20).await;
        let pause = pause(&router, &tenant);
        pause.drained().await.unwrap();
        let during = served.load(Ordering::Relaxed);
        for _ in 0..10 {
            assert_eq!(world.connections().await, 0);
        }
        assert_eq!(served.load(Ordering::Relaxed), during);
        assert_eq!(router.pause(tenant.id(), LONG).unwrap_err(), PauseError::Paused);
        pause.resume();
    }
    done.store(true, Ordering::Relaxed);
    for task in load {
        task.await.unwrap();
    }
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn what_somebody_left_running_is_cancelled() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(WRITE).await.unwrap();
    let mut asked = Box::pin(connection.query("select pg_sleep(600)", &[]));
    tokio::select! {
        biased;
        _ = &mut asked => panic!("it sleeps"),
        () = eventually("it runs", async || running(&world).await == 1) => {}
    }
    drop(asked);
    drop(connection);
    let pause = pause(&router, &tenant);
    timeout(LONG, pause.drained()).await.expect("it is cancelled").unwrap();
    assert_eq!(world.connections().await, 0);
    router.close().await;
}

async fn running(world: &World) -> i64 {
    let sql = "select count(*) from pg_stat_activity
               where datname = $1 and state = 'active' and query like '%pg_sleep(600)'";
    let database = world.routes[0].database.as_str();
    world.admin.query_one(sql, &[&database]).await.unwrap().get(0)
}

#[tokio::test]
async fn whoever_has_a_connection_finishes_first() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let transaction = connection.begin().await.unwrap();
    let pause = pause(&router, &tenant);
    let mut drained = Box::pin(pause.drained());
    assert!((&mut drained).now_or_never().is_none());
    transaction.execute("insert into notes values ('kept')", &[]).await.unwrap();
    assert!((&mut drained).now_or_never().is_none());
    transaction.commit().await.unwrap();
    drop(connection);
    drained.await.unwrap();
    assert_eq!(world.connections().await, 0);
    assert_eq!(world.notes().await, ["kept"]);
    drop(pause);
    router.close().await;
}

#[tokio::test]
async fn not_too_many_wait_and_each_has_a_deadline() {
    let world = World::of(2).await;
    let config = Config {
        gate_waiters_max: 2,
        acquire_timeout: Duration::from_millis(500),
        ..Config::default()
    };
    let router = Router::fixed_with(world.routes.clone(), 4, config);
    let [tenant, other] = &world.tenants(&router)[..] else { panic!("two tenants") };
    let pause = pause(&router, tenant);
    let mut waiting =
        Box::pin(futures_util::future::join(tenant.acquire(WRITE), tenant.acquire(WRITE)));
    assert!((&mut waiting).now_or_never().is_none());
    let third = tenant.acquire(WRITE).now_or_never().expect("it is turned away at once");
    assert!(matches!(third, Err(AcquireError::Paused { .. })), "{third:?}");
    backend(&other.acquire(WRITE).await.unwrap()).await;
    let (first, second) = waiting.await;
    for error in [first.unwrap_err(), second.unwrap_err()] {
        let AcquireError::Paused { waited, .. } = error else { panic!("{error}") };
        assert!(waited >= Duration::from_millis(500), "{waited:?}");
    }
    drop(pause);
    backend(&tenant.acquire(WRITE).await.unwrap()).await;
    router.close().await;
}

#[tokio::test]
async fn one_that_is_forgotten_is_over_by_itself() {
    let world = World::of(1).await;
    let router = world.router(8);
    let tenant = world.tenants(&router).remove(0);
    let held = tenant.acquire(WRITE).await.unwrap();
    let pause = router.pause(tenant.id(), Duration::from_millis(100)).unwrap();
    // Somebody does not come out, and others come in when it is over.
    let drained = timeout(LONG, pause.drained()).await.expect("it has an end");
    assert_eq!(drained.unwrap_err(), PauseError::Over);
    backend(&tenant.acquire(WRITE).await.unwrap()).await;
    std::mem::forget(pause);
    drop(held);

    let again = router.pause(tenant.id(), Duration::MAX).unwrap();
    again.drained().await.unwrap();
    drop(again);
    backend(&tenant.acquire(WRITE).await.unwrap()).await;
    router.close().await;
}

#[tokio::test]
async fn whoever_waits_goes_where_the_tenant_is_then() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes[..1]);
    let running = place.start().await;
    let (router, id) = (&running.router, world.routes[0].tenant);
    let tenant = router.tenant(id).unwrap();
    assert_eq!(database(&tenant).await, world.routes[0].database.as_str());

    let pause = pause(router, &tenant);
    pause.drained().await.unwrap();
    let mut waiting = Box::pin(database(&tenant));
    assert!((&mut waiting).now_or_never().is_none());
    let mut moved = world.routes[1].clone();
    (moved.tenant, moved.server) = (id, ServerId(Uuid::from_u128(9)));
    moved.access = AccessMode::ReadOnly;
    place.change(moved.clone());
    eventually("it is known", async || router.tenant(id).unwrap().access() == AccessMode::ReadOnly)
        .await;
    pause.resume();
    // The old place would let it in, so it is not asked.
    assert_eq!(waiting.await, moved.database.as_str());
    assert_eq!(router.stats().iter().map(|it| it.connects).sum::<u64>(), 2);
    router.close().await;
}

#[tokio::test]
async fn whoever_waits_for_a_seat_comes_back_to_the_gate() {
    let world = World::of(2).await;
    let router = world.router(1);
    let [tenant, other] = &world.tenants(&router)[..] else { panic!("two tenants") };
    let held = other.acquire(WRITE).await.unwrap();
    let mut waiting = Box::pin(database(tenant));
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!(router.stats()[0].waiting, 1);

    let pause = pause(&router, tenant);
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!(router.stats()[0].waiting, 0, "it waits at the gate");
    pause.drained().await.unwrap();
    drop(held);
    backend(&other.acquire(WRITE).await.unwrap()).await;
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!(world.connections().await, 1);
    pause.resume();
    assert_eq!(waiting.await, world.routes[0].database.as_str());
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn whoever_is_connecting_comes_back_to_the_gate() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let router = Router::fixed_with(world.routes_by(proxy.port), 4, patient());
    let tenant = world.tenants(&router).remove(0);
    proxy.let_through(Flow::Nothing);
    let mut waiting = Box::pin(database(&tenant));
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!(router.stats()[0].connecting, 1);

    let pause = pause(&router, &tenant);
    assert!((&mut waiting).now_or_never().is_none());
    let mut drained = Box::pin(pause.drained());
    assert!((&mut drained).now_or_never().is_none(), "its connection is still being opened");
    proxy.let_through(Flow::Everything);
    drained.await.unwrap();
    assert_eq!(world.connections().await, 0);
    assert!((&mut waiting).now_or_never().is_none());
    pause.resume();
    assert_eq!(waiting.await, world.routes[0].database.as_str());
    at_rest(&router).await;
    router.close().await;
}

/// As while a copy is put into the place of a tenant's database.
#[tokio::test]
async fn while_its_database_is_exchanged_requests_wait_for_the_other_one() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes[..1]);
    let running = place.start().await;
    let (router, id) = (&running.router, world.routes[0].tenant);
    let tenant = router.tenant(id).unwrap();
    let between =
        Route { phase: Phase::Restoring, access: AccessMode::ReadOnly, ..world.routes[0].clone() };
    place.change(between);
    eventually("it is known", async || router.tenant(id).unwrap().access() == AccessMode::ReadOnly)
        .await;
    // The server would let it in.
    let mut waiting = Box::pin(database(&tenant));
    assert!((&mut waiting).now_or_never().is_none());
    place.change(Route { tenant: id, ..world.routes[1].clone() });
    assert_eq!(waiting.await, world.routes[1].database.as_str());
    assert_eq!(router.stats().iter().map(|it| it.connects).sum::<u64>(), 1);
    router.close().await;
}

#[tokio::test]
async fn an_exchange_that_does_not_end_is_waited_for_as_long_as_a_request_may() {
    let world = World::of(1).await;
    let route = Route { phase: Phase::Restoring, ..world.routes[0].clone() };
    let config = Config { acquire_timeout: Duration::from_millis(200), ..Config::default() };
    let router = Router::fixed_with([route], 4, config);
    let error = router.tenant(world.routes[0].tenant).unwrap().acquire(WRITE).await.unwrap_err();
    assert!(matches!(error, AcquireError::Paused { .. }), "{error}");
    router.close().await;
}

/// Nobody has told the router when the server begins to refuse.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exchange_under_load_loses_no_request_that_has_not_begun() {
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    let (tasks, done) = (TaskTracker::new(), Arc::new(AtomicBool::new(false)));
    let served = Arc::new(AtomicUsize::new(0));
    let load: Vec<_> = (0..10)
        .map(|_| {
            let (tenant, done, served) = (tenant.clone(), Arc::clone(&done), Arc::clone(&served));
            tasks.spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let connection = tenant.acquire(WRITE).await.unwrap();
                    // Whoever has begun may be cut off.
                    if connection.query("select pg_sleep(0.001)", &[]).await.is_ok() {
                        served.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    let goes_on = async || {
        let before = served.load(Ordering::Relaxed);
        eventually("requests go on", async || served.load(Ordering::Relaxed) > before + 20).await;
    };
    let name = world.routes[0].database.quoted();
    for _ in 0..3 {
        goes_on().await;
        let between = Route { phase: Phase::Restoring, ..world.routes[0].clone() };
        let changed = place.change_silently(between);
        world.run(&format!("alter database {name} allow_connections false")).await;
        let terminate = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}'",
            world.routes[0].database.as_str()
        );
        world.run(&terminate).await;
        place.tell(changed);
        eventually("nobody is in", async || world.connections().await == 0).await;
        world.run(&format!("alter database {name} allow_connections true")).await;
        place.change(world.routes[0].clone());
    }
    goes_on().await;
    done.store(true, Ordering::Relaxed);
    for task in load {
        task.await.unwrap();
    }
    at_rest(&running.router).await;
    running.router.close().await;
}
