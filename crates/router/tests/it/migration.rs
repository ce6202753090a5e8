//! Requests while their tenant's schema is changed under them, on a real server: none fails, none waits long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cloison_router::{Route, Router, TenantId};
use futures_util::future::join_all;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::place::Place;
use crate::world::{WRITE, World, at_rest};

/// Migrations, one after the other.
const MIGRATIONS: i64 = 20;

/// Requests at the same time: the tenant's share, and as many that wait.
const CALLERS: usize = 4;

/// As a rollout does it: in one transaction that waits for its locks for so long at most, and again until it has them.
async fn migrate(owner: &Client, version: i64) {
    let statements = format!(
        "begin; set local lock_timeout = 50;
         alter table notes add column v{version} integer not null default {version};
         alter table notes add constraint v{version}_positive check (v{version} > 0) not valid;
         create index notes_v{version} on notes (v{version});
         create table t{version} (id bigint primary key);
         commit"
    );
    while let Err(error) = owner.simple_query(&statements).await {
        assert_eq!(error.code(), Some(&SqlState::LOCK_NOT_AVAILABLE), "{error:?}");
        owner.simple_query("rollback").await.unwrap();
    }
}

/// Reads, writes and a transaction, each prepared once per connection.
async fn request(router: &Router, tenant: TenantId) -> Result<(), tokio_postgres::Error> {
    let mut connection = router.tenant(tenant).unwrap().acquire(WRITE).await.unwrap();
    let read = connection.prepare_cached("select body from notes order by body limit 3").await?;
    connection.query(&read, &[]).await?;
    let transaction = connection.begin().await?;
    let write = "insert into notes (body) values ($1) returning body";
    let write = transaction.prepare_cached(write).await?;
    transaction.query_one(&write, &[&"added"]).await?;
    transaction.query(&read, &[]).await?;
    transaction.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_fails_while_columns_are_added() {
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let running = place.start().await;
    let (router, tenant) = (&running.router, world.routes[0].tenant);
    let owner = world.server.connect(world.routes[0].database.as_str()).await;
    let (is_over, served) = (AtomicBool::new(false), Arc::new(AtomicUsize::new(0)));
    let callers = join_all((0..CALLERS).map(async |_| {
        while !is_over.load(Ordering::Relaxed) {
            request(router, tenant).await.unwrap();
            served.fetch_add(1, Ordering::Relaxed);
        }
    }));
    let migrating = async {
        for version in 2..2 + MIGRATIONS {
            let before = served.load(Ordering::Relaxed);
            migrate(&owner, version).await;
            // Some are served by connections of before, and some when the route has changed.
            while served.load(Ordering::Relaxed) < before + CALLERS {
                tokio::task::yield_now().await;
            }
            let route = Route { schema_version: version, ..world.routes[0].clone() };
            place.change(route);
        }
        is_over.store(true, Ordering::Relaxed);
    };
    tokio::join!(callers, migrating);
    at_rest(router).await;
    assert!(served.load(Ordering::Relaxed) > 50);
    assert_eq!(router.stats()[0].timeouts + router.stats()[0].refused, 0);
    let added: i64 = owner
        .query_one("select count(*) from notes where v2 = 2 and v21 = 21", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(usize::try_from(added).unwrap(), served.load(Ordering::Relaxed));
    router.close().await;
}
