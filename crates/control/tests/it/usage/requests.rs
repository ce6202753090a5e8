//! Requests: added once although nobody knows whether they were, kept while the control database is away.

use std::time::Duration;

use cloison_catalog::{Catalog, DATABASE};
use cloison_control::usage::{RequestCounts, Requests, collect, day_of};
use cloison_model::TenantId;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{EVENING, MORNING, at, fleet};
use crate::world::{World, eventually};

/// So many of a tenant, at that time.
fn serve(counts: &RequestCounts, tenant: TenantId, requests: u64, now: &str) {
    let more = Requests { requests, busy_us: 10 * requests, sent_bytes: 100 * requests };
    counts.note(tenant, day_of(at(now)), more);
}

impl World {
    async fn requests_of(&self, subdomain: &str) -> i64 {
        self.used(subdomain, "requests", None).await
    }

    /// Whoever adds requests waits in its commit for as long as the answer is held.
    async fn commits_wait(&self) -> tokio_postgres::Client {
        self.run_in(
            DATABASE,
            "create function wait_in_commit() returns trigger language plpgsql as $$
             begin
                 perform pg_advisory_xact_lock(4711);
                 return null;
             end $$;
             create constraint trigger wait_in_commit after insert or update on usage_bundles
                 deferrable initially deferred for each row execute function wait_in_commit();",
        )
        .await;
        let holder = self.server.connect(DATABASE).await;
        holder.execute("select pg_advisory_lock(4711)", &[]).await.unwrap();
        holder
    }

    fn waiting_in_commit(&self) -> impl AsyncFn() -> bool {
        let waiting = "pg_stat_activity where wait_event_type = 'Lock' and query ilike 'commit%'";
        async move || self.count(waiting).await == 1
    }
}

#[tokio::test]
async fn requests_are_added_to_their_day_once() {
    let (world, _safe) = fleet(&["blue", "red"]).await;
    let (blue, red) = (world.id("blue").await, world.id("red").await);
    let counts = RequestCounts::default();
    serve(&counts, blue, 3, EVENING);
    serve(&counts, blue, 2, MORNING);
    serve(&counts, red, 1, EVENING);
    // Somebody who was erased a moment ago, and a copy that is looked at.
    serve(&counts, TenantId(Uuid::now_v7()), 9, EVENING);
    assert_eq!(counts.add_to_days(&world.control).await.unwrap(), 4);
    assert_eq!(counts.add_to_days(&world.control).await.unwrap(), 0);
    let of_day = async |what, day| world.used("blue", what, Some(day)).await;
    assert_eq!(of_day("requests", "2026-11-29").await, 3);
    assert_eq!(of_day("requests", "2026-11-30").await, 2);
    assert_eq!(of_day("busy_us", "2026-11-29").await, 30);
    assert_eq!(of_day("sent_bytes", "2026-11-30").await, 200);
    assert_eq!(world.requests_of("red").await, 1);
    // Another process has numbers of its own.
    let other = RequestCounts::default();
    serve(&other, blue, 4, EVENING);
    other.add_to_days(&world.control).await.unwrap();
    assert_eq!(world.requests_of("blue").await, 9);
    assert_eq!((counts.of(blue).requests, other.of(blue).requests), (5, 4));
}

#[tokio::test]
async fn what_may_have_been_added_is_not_added_again() {
    let (world, _safe) = fleet(&["blue"]).await;
    let blue = world.id("blue").await;
    let counts = RequestCounts::default();
    let holder = world.commits_wait().await;
    serve(&counts, blue, 3, EVENING);
    tokio::select! {
        _ = counts.add_to_days(&world.control) => panic!("it did not wait"),
        () = eventually(world.waiting_in_commit()) => {}
    }
    // Nobody hears how it went; and it goes well.
    serve(&counts, blue, 4, EVENING);
    holder.execute("select pg_advisory_unlock(4711)", &[]).await.unwrap();
    eventually(async || world.requests_of("blue").await == 3).await;
    assert_eq!(counts.add_to_days(&world.control).await.unwrap(), 2, "the one, and the rest");
    assert_eq!(world.requests_of("blue").await, 7);
}

#[tokio::test]
async fn what_was_not_added_is_added_again() {
    let (world, _safe) = fleet(&["blue"]).await;
    let blue = world.id("blue").await;
    let counts = RequestCounts::default();
    let holder = world.commits_wait().await;
    serve(&counts, blue, 3, EVENING);
    let adding = counts.add_to_days(&world.control);
    let mut adding = std::pin::pin!(adding);
    tokio::select! {
        _ = &mut adding => panic!("it did not wait"),
        () = eventually(world.waiting_in_commit()) => {}
    }
    let kill = "select pg_terminate_backend(pid) from pg_stat_activity
        where wait_event_type = 'Lock' and query ilike 'commit%'";
    world.execute(kill).await;
    assert!(adding.await.is_err(), "it does not know");
    assert_eq!(world.requests_of("blue").await, 0);
    drop(holder);
    serve(&counts, blue, 4, EVENING);
    counts.add_to_days(&world.control).await.unwrap();
    assert_eq!(world.requests_of("blue").await, 7);
}

#[tokio::test]
async fn they_are_kept_while_the_control_database_is_away() {
    let (world, _safe) = fleet(&["blue"]).await;
    let blue = world.id("blue").await;
    let counts = RequestCounts::default();
    let mut nowhere = tokio_postgres::Config::new();
    nowhere.host("127.0.0.1").port(1).user("nobody").dbname(DATABASE);
    let catalog = Catalog::waiting(nowhere, 1, Duration::from_secs(1));
    let mut away = world.control.clone();
    away.catalog = catalog;
    for _ in 0..5 {
        serve(&counts, blue, 2, EVENING);
        assert!(counts.add_to_days(&away).await.is_err());
    }
    assert_eq!(counts.add_to_days(&world.control).await.unwrap(), 2, "one bundle, and the rest");
    assert_eq!(world.requests_of("blue").await, 10);
    // Who ends while it is away waits for a moment and no longer.
    serve(&counts, blue, 2, EVENING);
    counts.add_last(&away).await;
}

/// Three processes that serve, and two that look at servers, all at once.
#[tokio::test]
async fn many_at_once_lose_nothing_and_wait_for_nobody() {
    let (world, _safe) = fleet(&["blue", "red", "green"]).await;
    let mut tenants = Vec::new();
    for subdomain in ["blue", "red", "green"] {
        tenants.push(world.id(subdomain).await);
    }
    let serving = async |seed: usize| {
        let counts = RequestCounts::default();
        for round in 0..20 {
            for place in 0..3 {
                serve(&counts, tenants[(seed + round + place) % 3], 1, EVENING);
            }
            counts.add_to_days(&world.control).await.unwrap();
        }
    };
    let looking = async || {
        for _ in 0..20 {
            world.due().await;
            collect(&world.control, at(EVENING)).await.unwrap();
        }
    };
    world.write_rows("studio_1_db", 6).await;
    tokio::join!(serving(0), serving(1), serving(2), looking(), looking());
    world.count_up(EVENING).await;
    for subdomain in ["blue", "red", "green"] {
        assert_eq!(world.requests_of(subdomain).await, 60);
    }
    assert_eq!(world.rows_of("blue").await, 6);
}

#[tokio::test]
async fn what_is_counted_is_added_without_being_asked() {
    let (world, _safe) = fleet(&["blue"]).await;
    let (blue, counts) = (world.id("blue").await, RequestCounts::default());
    let shutdown = CancellationToken::new();
    let keeping = counts.clone().keep_added(world.control.clone(), shutdown.clone());
    let keeping = world.control.tracker.spawn(keeping);
    serve(&counts, blue, 3, EVENING);
    eventually(async || world.requests_of("blue").await == 3).await;
    shutdown.cancel();
    keeping.await.unwrap();
    serve(&counts, blue, 1, EVENING);
    counts.add_last(&world.control).await;
    assert_eq!(world.requests_of("blue").await, 4);
}
