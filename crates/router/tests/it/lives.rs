//! Tenants that move, vanish and come again while connections are out, and a directory that says so late or
//! not at all.

use std::sync::atomic::Ordering;

use cloison_router::{AcquireError, Phase, Route, Router, TenantId};
use futures_util::future::join_all;

use crate::place::Place;
use crate::world::{WRITE, World, backend, eventually, resolve};

/// Of the database that the connection is to. Two of the same name differ.
async fn oid(connection: &cloison_router::Client) -> u32 {
    let sql = "select oid from pg_database where datname = current_database()";
    connection.query_one(sql, &[]).await.unwrap().get(0)
}

async fn ask(router: &Router, route: &Route) -> String {
    resolve(router, &format!("{}.example.com", route.subdomain)).await
}

#[tokio::test]
async fn a_move_that_nobody_was_told_of_is_found_by_the_poll() {
    let world = World::of(2).await;
    let [here, there] = [0, 1].map(|it: usize| world.routes[it].clone());
    let place = Place::of(std::slice::from_ref(&here));
    let running = place.start().await;
    let tenant = running.router.tenant(here.tenant).unwrap();
    let old = oid(&tenant.acquire(WRITE).await.unwrap()).await;
    eventually("it is idle", async || running.router.stats()[0].idle == 1).await;

    let Route { tenant: id, subdomain, .. } = here;
    place.change_silently(Route { tenant: id, subdomain, ..there.clone() });
    eventually("its idle connection is closed", async || world.connections().await == 0).await;
    let connection = tenant.acquire(WRITE).await.unwrap();
    assert_ne!(oid(&connection).await, old);
    assert_eq!(place.fetches.load(Ordering::Relaxed), 0, "by the poll");
    drop(connection);
    running.router.close().await;
}

#[tokio::test]
async fn while_the_directory_is_down_whoever_is_known_is_served() {
    let world = World::of(2).await;
    let [known, new] = [0, 1].map(|it: usize| world.routes[it].clone());
    let place = Place::of(std::slice::from_ref(&known));
    let running = place.start().await;
    place.go_down();
    let tenant = running.router.tenant(known.tenant).unwrap();
    for _ in 0..3 {
        backend(&tenant.acquire(WRITE).await.unwrap()).await;
        assert_eq!(ask(&running.router, &known).await, format!("found {}", known.subdomain));
        assert_eq!(ask(&running.router, &new).await, "unavailable Directory");
    }
    place.change_silently(new.clone());
    place.come_back();
    let found = format!("found {}", new.subdomain);
    eventually("it recovers", async || ask(&running.router, &new).await == found).await;
    backend(&running.router.tenant(new.tenant).unwrap().acquire(WRITE).await.unwrap()).await;
    running.router.close().await;
}

#[tokio::test]
async fn dropped_while_connections_are_out() {
    let world = World::of(1).await;
    let route = &world.routes[0];
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(route.tenant).unwrap();
    let held = tenant.acquire(WRITE).await.unwrap();
    drop(tenant.acquire(WRITE).await.unwrap());
    eventually("one is idle", async || running.router.stats()[0].idle == 1).await;

    // By somebody who tells nobody.
    world.run(&format!("drop database {} with (force)", route.database.quoted())).await;
    place.remove_silently(route.tenant).unwrap();
    let error = held.query_one("select 1", &[]).await.unwrap_err();
    assert!(error.code().is_none_or(|it| it.code() == "57P01"), "{error:?}");
    drop(held);
    // The route leads nowhere, so the directory is asked, and the request learns why.
    let error = tenant.acquire(WRITE).await.unwrap_err();
    assert!(matches!(error, AcquireError::Gone { .. }), "{error:?}");
    assert_eq!(error.to_string(), format!("'{}' is not served any more", route.subdomain));
    assert_eq!(ask(&running.router, route).await, "unknown");
    eventually("no seat is taken", async || {
        let stats = running.router.stats();
        stats[0].in_use + stats[0].idle == 0
    })
    .await;
    running.router.close().await;
}

#[tokio::test]
async fn dropped_and_made_again_with_the_same_names() {
    let world = World::of(1).await;
    let route = &world.routes[0];
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(route.tenant).unwrap();
    let mut old = oid(&tenant.acquire(WRITE).await.unwrap()).await;
    for is_told in [true, false] {
        // One that was opened before a change was heard of is not kept.
        eventually("one is idle", async || {
            drop(tenant.acquire(WRITE).await.unwrap());
            running.router.stats()[0].idle == 1
        })
        .await;
        world.make_again(route).await;
        let changed = place.change_silently(route.clone());
        if is_told {
            place.tell(changed);
        }
        let connection = tenant.acquire(WRITE).await.unwrap();
        let new = oid(&connection).await;
        assert_ne!(new, old);
        old = new;
    }
    running.router.close().await;
}

#[tokio::test]
async fn another_tenant_under_the_same_names() {
    let world = World::of(1).await;
    let route = &world.routes[0];
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let tenant = running.router.tenant(route.tenant).unwrap();
    backend(&tenant.acquire(WRITE).await.unwrap()).await;
    let held = tenant.acquire(WRITE).await.unwrap();

    // Database, role and subdomain are as they were; the tenant and the password are not.
    world.make_again(route).await;
    world.run(&format!("alter role {} password 'new'", route.role.quoted())).await;
    let heir = Route {
        tenant: TenantId::of_key(route.subdomain.as_str()),
        password: cloison_router::Secret::new("new"),
        ..route.clone()
    };
    place.remove_silently(route.tenant).unwrap();
    place.change_silently(heir.clone());

    // A request from before: its connection has ended, and there is no other for it.
    assert!(held.query_one("select 1", &[]).await.is_err());
    drop(held);
    let error = tenant.acquire(WRITE).await.unwrap_err();
    assert!(matches!(error, AcquireError::Gone { .. }), "{error:?}");
    // The next one is the heir's.
    eventually("the heir is known", async || {
        ask(&running.router, route).await.starts_with("found")
            && running.router.tenant(heir.tenant).is_some()
    })
    .await;
    assert!(running.router.tenant(route.tenant).is_none());
    backend(&running.router.tenant(heir.tenant).unwrap().acquire(WRITE).await.unwrap()).await;
    running.router.close().await;
}

#[tokio::test]
async fn an_erasure_among_requests() {
    let world = World::of(2).await;
    let [erased, other] = [0, 1].map(|it: usize| &world.routes[it]);
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let router = &running.router;
    let visits = async || {
        let tenant = router.tenant(erased.tenant).ok_or("unknown")?;
        let connection = tenant.acquire(WRITE).await.map_err(|error| match error {
            AcquireError::Gone { .. } => "gone",
            AcquireError::Connect { .. } => "refused",
            crowded => panic!("{crowded}"),
        })?;
        connection.query_one("select 1", &[]).await.map_err(|_error| "ended").map(drop)
    };
    let erasing = async {
        // As the control plane does it: nobody is to come, nobody can come, nobody is there, and then
        // there is nothing.
        place.change(Route { phase: Phase::Erasing, ..erased.clone() });
        let database = erased.database.quoted();
        world.run(&format!("alter database {database} allow_connections false")).await;
        world.run(&format!("drop database {database} with (force)")).await;
        world.run(&format!("drop role {}", erased.role.quoted())).await;
        place.remove(erased.tenant);
        eventually("it is unknown", async || ask(router, erased).await == "unknown").await;
    };
    let visiting = async {
        let mut seen = Vec::new();
        while router.tenant(erased.tenant).is_some() {
            seen.extend(join_all((0..4).map(|_| visits())).await);
        }
        seen
    };
    let (seen, ()) = tokio::join!(visiting, erasing);
    let expected = [Ok(()), Err("gone"), Err("refused"), Err("ended"), Err("unknown")];
    assert!(seen.iter().all(|it| expected.contains(it)), "{seen:?}");
    assert_eq!(visits().await, Err("unknown"));
    assert_eq!(ask(router, other).await, format!("found {}", other.subdomain));
    eventually("its connections are gone", async || world.connections().await == 0).await;
    running.router.close().await;
}
