//! Every change of a route gets a higher epoch and is told to whoever listens.

use cloison_router::{Change, Directory, Key, check_directory};
use futures_util::StreamExt;

use crate::world::{World, request};

#[tokio::test]
async fn a_change_is_heard_and_found_by_epoch() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let before = world.control.snapshot().await.unwrap().epoch;
    let mut changes = world.control.changes().await.unwrap();

    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    superuser.execute("update organizations set access_mode = 'READ_ONLY'", &[]).await.unwrap();
    let heard = changes.next().await.unwrap();
    assert!(heard.epoch > before);

    let found = world.control.changed_since(before).await.unwrap();
    let [Change::Route(route)] = &found[..] else { panic!("one change, not {found:?}") };
    assert_eq!((route.tenant, route.epoch), (heard.tenant, heard.epoch));
    assert_eq!(route.access.as_str(), "READ_ONLY");
    assert!(world.control.changed_since(heard.epoch).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_control_database_is_what_the_router_takes_it_for() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world.provision(request("red")).await.unwrap();
    let key = Key::Subdomain("blue".parse().unwrap());
    let blue = world.control.fetch(&key).await.unwrap().unwrap();
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    let change = async || {
        let sql = "update organizations set access_mode = 'BLOCKED' where id = $1";
        superuser.execute(sql, &[&blue.tenant.0]).await.unwrap();
        Some(blue.tenant)
    };
    check_directory(&world.control, change).await.unwrap();
}

/// Two writers take their epochs at the same time, and the first to ask commits last. A poll between
/// the two commits must not see the higher epoch without the lower.
#[tokio::test]
async fn epochs_become_visible_in_their_order() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world.provision(request("red")).await.unwrap();
    let before = world.control.snapshot().await.unwrap().epoch;

    let mut slow = world.server.connect(cloison_catalog::DATABASE).await;
    let fast = world.server.connect(cloison_catalog::DATABASE).await;
    let change = |subdomain| {
        format!(
            "update organizations set access_mode = 'READ_ONLY' where subdomain = '{subdomain}'"
        )
    };
    let first = slow.transaction().await.unwrap();
    first.execute(&change("blue"), &[]).await.unwrap();

    let second =
        world.control.tracker.spawn(async move { fast.execute(&change("red"), &[]).await });
    // The second writer waits for the first; that it waits is what PostgreSQL is asked for.
    let watcher = world.server.connect(cloison_catalog::DATABASE).await;
    let waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
    while watcher.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
    assert!(world.control.changed_since(before).await.unwrap().is_empty());

    first.commit().await.unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(world.control.changed_since(before).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_custom_domain_is_a_route_once_it_is_verified() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let key = Key::Hostname("booking.example.org".parse().unwrap());
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    superuser
        .execute(
            "insert into domains (id, hostname, organization_id, verification_token)
             select gen_random_uuid(), 'booking.example.org', id, 'token' from organizations",
            &[],
        )
        .await
        .unwrap();
    assert!(world.control.fetch(&key).await.unwrap().is_none());

    superuser.execute("update domains set verified_at = now()", &[]).await.unwrap();
    let found = world.control.fetch(&key).await.unwrap().unwrap();
    assert_eq!(found.subdomain.as_str(), "blue");
}
