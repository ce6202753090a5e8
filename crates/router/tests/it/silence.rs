//! Servers and networks that say nothing: no refusal, no end, no answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloison_model::ServerId;
use cloison_router::{AcquireError, Config, ConnectError, Limits, Router};
use cloison_testkit::{Flow, Proxy};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::place::patient;
use crate::stub::{Manner, Stub};
use crate::world::{SERVER, WRITE, World, at_rest, backend, eventually, routes_at};

/// What a silence would last if nobody noticed it.
const NEVER: Duration = Duration::from_secs(25);

#[tokio::test]
async fn a_connection_that_died_in_its_sleep_is_replaced_and_so_are_its_siblings() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let config = Config { check_after: Duration::ZERO, ..patient() };
    let router = Router::fixed_with(world.routes_by(proxy.port), 12, config);
    let tenant = world.tenants(&router).remove(0);
    let connections = join_all((0..3).map(|_| tenant.acquire(WRITE))).await;
    drop(connections);
    eventually("three are idle", async || router.stats()[0].idle == 3).await;

    proxy.freeze();
    let (begun, before) = (Instant::now(), proxy.said().len());
    let connection = timeout(NEVER, tenant.acquire(WRITE)).await.expect("it is noticed").unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1), "it had its time to answer");
    assert_eq!(router.stats()[0].idle, 0);
    let checks = proxy.said()[before..].matches("S\0\0\0\u{4}").count();
    assert_eq!(checks, 1, "the others are not asked one by one");
    backend(&connection).await;
    drop(connection);
    at_rest(&router).await;
    assert_eq!(router.stats()[0].idle, 1);
    router.close().await;
}

#[tokio::test]
async fn with_a_single_seat_too() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let config = Config { check_after: Duration::ZERO, ..patient() };
    let router = Router::fixed_with(world.routes_by(proxy.port), 1, config);
    let tenant = world.tenants(&router).remove(0);
    drop(tenant.acquire(WRITE).await.unwrap());
    proxy.freeze();
    let connection = timeout(NEVER, tenant.acquire(WRITE)).await.expect("it is noticed").unwrap();
    backend(&connection).await;
    drop(connection);
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn a_fresh_connection_is_not_asked_and_a_sound_one_is_kept() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    for (check_after, is_asked) in [(Duration::ZERO, true), (Duration::from_hours(1), false)] {
        let config = Config { check_after, ..patient() };
        let router = Router::fixed_with(world.routes_by(proxy.port), 4, config);
        let tenant = world.tenants(&router).remove(0);
        let pid = backend(&tenant.acquire(WRITE).await.unwrap()).await;
        eventually("it is idle", async || router.stats()[0].idle == 1).await;
        let before = proxy.said().len();
        let connection = tenant.acquire(WRITE).await.unwrap();
        assert_eq!(proxy.said().len() > before, is_asked);
        assert_eq!(backend(&connection).await, pid);
        drop(connection);
        router.close().await;
    }
}

#[tokio::test]
async fn a_statement_that_is_never_answered_ends_with_an_error() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let mut routes = world.routes_by(proxy.port);
    routes[0].limits =
        Limits { statement_timeout: Duration::from_millis(200), ..Limits::default() };
    let router = Router::fixed_with(routes, 1, patient());
    let tenant = world.tenants(&router).remove(0);
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('lost')", &[]).await.unwrap();
    proxy.freeze();
    let asked = transaction.query("select 1", &[]);
    let error = timeout(NEVER, asked).await.expect("it is given up").unwrap_err();
    assert!(error.is_closed() || error.code().is_none(), "{error}");
    drop(transaction);
    drop(connection);

    let connection = tenant.acquire(WRITE).await.expect("its seat comes back");
    assert_ne!(backend(&connection).await, pid);
    connection.execute("insert into notes values ('kept')", &[]).await.unwrap();
    drop(connection);
    at_rest(&router).await;
    assert_eq!(world.notes().await, ["kept"]);
    router.close().await;
}

#[tokio::test]
async fn statements_that_wait_for_each_other_have_the_time_of_all() {
    let world = World::of(1).await;
    let mut routes = world.routes.clone();
    // Four of them take longer than what one may, and the grace.
    routes[0].limits =
        Limits { statement_timeout: Duration::from_millis(2_500), ..Limits::default() };
    let router = Router::fixed_with(routes, 4, patient());
    let connection = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap();
    let client: &cloison_router::Client = &connection;
    let sleeps = join_all((0..4).map(|_| client.query("select pg_sleep(2)", &[]))).await;
    assert!(sleeps.iter().all(Result::is_ok), "{sleeps:?}");
    drop(connection);
    router.close().await;
}

#[tokio::test]
async fn a_server_that_accepts_and_never_answers_harms_nobody_else() {
    let world = World::of(1).await;
    let stub = Stub::start(|_| Manner::Silent).await;
    let hung = ServerId(Uuid::from_u128(8));
    let mut routes = routes_at(stub.port, 2);
    for route in &mut routes {
        route.server = hung;
    }
    let ids = [routes[0].tenant, routes[1].tenant];
    routes.extend(world.routes.clone());
    let config = Config {
        connect_timeout: Duration::from_millis(200),
        acquire_timeout: Duration::from_secs(1),
        ..Config::default()
    };
    let router = Router::fixed_with(routes, 8, config);
    let [first, second] = ids.map(|it| router.tenant(it).unwrap());
    let sound = world.tenants(&router).remove(0);

    let tasks = TaskTracker::new();
    let done = Arc::new(AtomicBool::new(false));
    let asking = [first.clone(), second.clone()].map(|tenant| {
        let done = Arc::clone(&done);
        tasks.spawn(async move {
            let mut texts = Vec::new();
            while !done.load(Ordering::Relaxed) {
                match tenant.acquire(WRITE).await {
                    Err(AcquireError::Connect {
                        source: source @ ConnectError::Slow { .. },
                        ..
                    }) => {
                        texts.push(source.to_string());
                    }
                    Err(AcquireError::ServerDown { .. }) => tokio::task::yield_now().await,
                    other => panic!("{other:?}"),
                }
            }
            texts
        })
    });
    let of = |server| router.stats().into_iter().find(|it| it.server == server).unwrap();
    for _ in 0..20 {
        backend(&sound.acquire(WRITE).await.unwrap()).await;
    }
    eventually("it is known to be down", async || of(hung).is_down).await;
    eventually("it is answered at once", async || {
        matches!(first.acquire(WRITE).now_or_never(), Some(Err(AcquireError::ServerDown { .. })))
    })
    .await;
    for _ in 0..20 {
        backend(&sound.acquire(WRITE).await.unwrap()).await;
    }
    assert!(!of(SERVER).is_down);
    assert!(of(hung).in_use <= 8);
    done.store(true, Ordering::Relaxed);
    let address = format!("127.0.0.1:{}", stub.port);
    for asked in asking {
        for text in asked.await.unwrap() {
            assert_eq!(text, format!("{address} has not answered within 200 ms"));
        }
    }

    stub.treat(|_| Manner::Welcome);
    for tenant in [&first, &second] {
        eventually("it answers again", async || tenant.acquire(WRITE).await.is_ok()).await;
    }
    at_rest(&router).await;
    assert_eq!(stub.open(), of(hung).idle);
    router.close().await;
}

#[tokio::test]
async fn a_tenant_whose_database_does_not_answer_does_not_shut_out_the_others() {
    let mut routes = routes_at(0, 4);
    let hung = routes[0].role.as_str().to_owned();
    let stub =
        Stub::start(move |role| if role == hung { Manner::Silent } else { Manner::Welcome }).await;
    for route in &mut routes {
        route.port = stub.port;
    }
    let ids: Vec<_> = routes.iter().map(|it| it.tenant).collect();
    let config = Config { connect_timeout: Duration::from_millis(300), ..Config::default() };
    let router = Router::fixed_with(routes, 12, config);
    let tenants: Vec<_> = ids.iter().map(|it| router.tenant(*it).unwrap()).collect();

    let tasks = TaskTracker::new();
    let done = Arc::new(AtomicBool::new(false));
    for _ in 0..20 {
        let (tenant, done) = (tenants[0].clone(), Arc::clone(&done));
        tasks.spawn(async move {
            while !done.load(Ordering::Relaxed) {
                drop(tenant.acquire(WRITE).await);
            }
        });
    }
    tasks.close();
    eventually("it has failed often", async || {
        router.stats().first().is_some_and(|it| it.connect_failures >= 9)
    })
    .await;
    assert!(!router.stats()[0].is_down, "it is not the server's fault");
    for round in 0..30 {
        let tenant = &tenants[1 + round % 3];
        let connection = tenant.acquire(WRITE).await.unwrap();
        connection.execute("select 1", &[]).await.unwrap();
        drop(connection);
        // The next one has to connect anew.
        router.pause(tenant.id(), NEVER).unwrap().drained().await.unwrap();
    }
    assert!(!router.stats()[0].is_down);
    done.store(true, Ordering::Relaxed);
    tasks.wait().await;
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn a_network_that_stalls_for_a_moment_costs_no_connection() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let router = Router::fixed_with(world.routes_by(proxy.port), 4, patient());
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    proxy.let_through(Flow::Nothing);
    let mut asked = Box::pin(connection.query("select 1", &[]));
    assert!((&mut asked).now_or_never().is_none());
    proxy.let_through(Flow::Everything);
    asked.await.unwrap();
    drop(connection);
    assert_eq!(backend(&tenant.acquire(WRITE).await.unwrap()).await, pid);
    router.close().await;
}
