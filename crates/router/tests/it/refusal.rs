//! Servers that refuse, and what is done about it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use cloison_router::{AcquireError, Config, ConnectError, Healed, Router, Secret, Tenant};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::timeout;
use tokio_postgres::NoTls;
use tokio_util::task::TaskTracker;

use crate::place::Place;
use crate::stub::{Manner, Stub};
use crate::world::{VERIFIER, WRITE, World, at_rest, backend, eventually, routes_at};

#[tokio::test]
async fn a_role_that_changed_its_own_password_is_healed_once() {
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();

    // The tenant's own doing, by its own connection.
    let connection = tenant.acquire(WRITE).await.unwrap();
    let role = world.routes[0].role.quoted().to_string();
    connection.execute(&format!("alter role {role} password 'another'"), &[]).await.unwrap();
    let server = world.server.clone();
    let reset = format!("alter role {role} password '{VERIFIER}'");
    place.heal_by(Box::new(move |_| {
        let (server, reset) = (server.clone(), reset.clone());
        async move {
            server.connect("postgres").await.execute(&reset, &[]).await.unwrap();
            Healed::Reset
        }
        .boxed()
    }));
    let next = tenant.acquire(WRITE).await.unwrap();
    backend(&next).await;
    assert_eq!(place.heals.load(Ordering::Relaxed), 1);
    drop((connection, next));
    running.router.close().await;
}

#[tokio::test]
async fn a_role_that_cannot_be_healed_is_refused_with_the_reason() {
    let mut world = World::of(1).await;
    world.routes[0].password = Secret::new("wrong");
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    let errors = join_all((0..20).map(|_| tenant.acquire(WRITE))).await;
    for error in errors {
        let error = error.unwrap_err();
        let AcquireError::Connect { source: ConnectError::Postgres(source), .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(source.code().unwrap().code(), "28P01");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
        assert!(!format!("{error:?}").contains("wrong"));
    }
    let heals = place.heals.load(Ordering::Relaxed);
    assert!((1..10).contains(&heals), "not each for itself, but {heals} times");
    running.router.close().await;
}

#[tokio::test]
async fn an_out_of_date_route_is_asked_for_again() {
    let world = World::of(1).await;
    let mut stale = world.routes[0].clone();
    stale.database = "studio_0_db".parse().unwrap();
    stale.role = world.routes[0].role.clone();
    let place = Place::of(&[stale]);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    // Nobody is told, and the first attempt comes before the next poll.
    place.change_silently(world.routes[0].clone());
    let connection = tenant.acquire(WRITE).await.unwrap();
    backend(&connection).await;
    drop(connection);
    running.router.close().await;
}

#[tokio::test]
async fn nothing_is_sent_to_another_machine() {
    let mut world = World::of(1).await;
    world.routes[0].host = "192.0.2.1".to_owned();
    let router = world.router(4);
    let error = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap_err();
    let AcquireError::Connect { source, .. } = &error else { panic!("{error}") };
    assert_eq!(
        source.to_string(),
        format!(
            "192.0.2.1:{} is on another machine, and TLS to remote servers is not built yet; give \
             the server a loopback address or a socket directory",
            world.server.port()
        )
    );
    assert_eq!(router.stats()[0].in_use, 0);
}

#[tokio::test]
async fn a_server_that_is_not_there_says_so() {
    let mut world = World::of(1).await;
    // Nothing listens on port 1.
    world.routes[0].port = 1;
    let config = Config { acquire_timeout: Duration::from_millis(500), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 4, config);
    let error = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap_err();
    let AcquireError::Connect { source, .. } = &error else { panic!("{error}") };
    assert_eq!(source.to_string(), "127.0.0.1:1 cannot be reached; is the server running there?");
    assert_eq!(router.stats()[0].in_use, 0);
    world.routes[0].port = world.server.port();
}

/// The code of the server's refusal.
async fn refused(tenant: &Tenant) -> String {
    let error = tenant.acquire(WRITE).await.unwrap_err();
    let AcquireError::Connect { source: ConnectError::Postgres(source), .. } = &error else {
        panic!("{error:?}")
    };
    source.code().unwrap().code().to_owned()
}

#[tokio::test]
async fn one_tenants_trouble_is_nobody_elses() {
    let world = World::of(4).await;
    let router = world.router(16);
    let [full, dropped, fenced, sound] = &world.tenants(&router)[..] else { panic!("four") };

    // Somebody else has taken all that the role may have.
    let role = world.routes[0].role.as_str();
    world.run(&format!("alter role {role} connection limit 1")).await;
    let config = world.server.tcp_config(role, role, "secret");
    let (client, connection) = config.connect(NoTls).await.unwrap();
    let connection = TaskTracker::new().spawn(connection);
    world.run(&format!("drop database {}", world.routes[1].database.quoted())).await;
    let database = world.routes[2].database.quoted().to_string();
    world.run(&format!("alter database {database} allow_connections false")).await;

    for _ in 0..3 {
        assert_eq!(refused(full).await, "53300");
        assert_eq!(refused(dropped).await, "3D000");
        assert_eq!(refused(fenced).await, "55000");
        assert!(!router.stats()[0].is_down, "the server answers");
    }
    backend(&sound.acquire(WRITE).await.unwrap()).await;

    drop(client);
    connection.await.unwrap().unwrap();
    world.run(&format!("alter database {database} allow_connections true")).await;
    for tenant in [full, fenced] {
        eventually("it is let in again", async || tenant.acquire(WRITE).await.is_ok()).await;
    }
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn a_server_that_is_full_is_not_down() {
    let stub = Stub::start(|_| Manner::Refuse("53300")).await;
    let routes = routes_at(stub.port, 4);
    let ids: Vec<_> = routes.iter().map(|it| it.tenant).collect();
    let router = Router::fixed(routes, 8);
    for id in ids.iter().cycle().take(8) {
        let tenant = router.tenant(*id).unwrap();
        assert_eq!(refused(&tenant).await, "53300");
    }
    assert!(!router.stats()[0].is_down);
    assert_eq!(stub.attempts(), 16, "each tries once more");
    stub.treat(|_| Manner::Welcome);
    drop(router.tenant(ids[0]).unwrap().acquire(WRITE).await.unwrap());
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn a_place_that_is_fenced_is_left_for_the_new_one() {
    let world = World::of(2).await;
    let place = Place::of(&world.routes[..1]);
    let running = place.start().await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    let fence = world.routes[0].database.quoted().to_string();
    world.run(&format!("alter database {fence} allow_connections false")).await;
    let mut moved = world.routes[1].clone();
    moved.tenant = tenant.id();
    // Nobody is told, and the first attempt comes before the next poll.
    place.change_silently(moved.clone());
    let connection = tenant.acquire(WRITE).await.unwrap();
    let database = connection.query_one("select current_database()::text", &[]).await.unwrap();
    assert_eq!(database.get::<_, String>(0), moved.database.as_str());
    drop(connection);
    running.router.close().await;
}

#[tokio::test]
async fn a_directory_that_does_not_answer_does_not_hold_up_a_refusal() {
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let config = Config { acquire_timeout: Duration::from_millis(500), ..Config::default() };
    let running = place.start_with(config).await;
    let tenant = running.router.tenant(world.routes[0].tenant).unwrap();
    let role = world.routes[0].role.quoted().to_string();
    world.run(&format!("alter role {role} password 'another'")).await;
    place.heal_by(Box::new(|_| futures_util::future::pending().boxed()));
    let refused = timeout(Duration::from_mins(1), refused(&tenant));
    assert_eq!(refused.await.expect("it has a deadline"), "28P01");
    running.shutdown.cancel();
}
