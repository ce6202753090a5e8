//! Servers that refuse, and what is done about it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use cloison_router::{AcquireError, Config, ConnectError, Healed, Router, Secret};
use futures_util::FutureExt;
use futures_util::future::join_all;

use crate::place::Place;
use crate::world::{VERIFIER, WRITE, World, backend};

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
