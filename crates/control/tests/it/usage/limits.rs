//! Limits of plans: told once when they are crossed, in the commit in which they are; and nothing else happens.

use cloison_control::usage::{RequestCounts, Requests, day_of};
use cloison_control::watch::{Watch, keep_sampled};
use tokio_util::sync::CancellationToken;

use super::{EVENING, MORNING, at, fleet};
use crate::world::{World, eventually};

const NEAR: &str = "tenant.limit_near requests_per_day 2026-11-29";
const REACHED: &str = "tenant.limit_reached requests_per_day 2026-11-29";

impl World {
    /// Serves so many requests, and answers what others have been told since the beginning.
    async fn served(&self, counts: &RequestCounts, requests: u64, now: &str) -> Vec<String> {
        let more = Requests { requests, ..Requests::default() };
        counts.note(self.id("blue").await, day_of(at(now)), more);
        counts.add_to_days(&self.control).await.unwrap();
        self.limits_told().await
    }

    /// A plan is never edited but by a test.
    async fn limit(&self, what: &str, max: &str) {
        self.execute(&format!("update plans set {what} = {max}")).await;
    }
}

#[tokio::test]
async fn each_crossing_of_a_day_is_told_once() {
    let (world, _safe) = fleet(&["blue", "red"]).await;
    world.limit("requests_per_day_max", "10").await;
    let (one, other) = (RequestCounts::default(), RequestCounts::default());
    assert!(world.served(&one, 7, EVENING).await.is_empty());
    assert_eq!(world.served(&other, 1, EVENING).await, [NEAR], "together they are near");
    assert_eq!(world.served(&one, 1, EVENING).await, [NEAR]);
    assert_eq!(world.served(&one, 1, EVENING).await, [NEAR, REACHED]);
    assert_eq!(world.served(&other, 50, EVENING).await, [NEAR, REACHED]);
    let tomorrow = "tenant.limit_reached requests_per_day 2026-11-30";
    assert_eq!(world.served(&one, 11, MORNING).await, [NEAR, REACHED, tomorrow], "a new day");
    // A process whose clock is behind has nothing new to tell.
    assert_eq!(world.served(&other, 1, EVENING).await.len(), 3);
    let data = "events where type = 'tenant.limit_reached' and subdomain = 'blue'
        and data @> '{\"used\": 10, \"max\": 10}'";
    assert_eq!(world.count(data).await, 1);
    // Nobody is locked out, and nothing is owed.
    let as_before = "tenant_summaries where access = 'FULL' and infrastructure = 'READY' and billing = 'TRIALING'";
    assert_eq!(world.count(as_before).await, 2);
    world.limit("requests_per_day_max", "null").await;
    assert_eq!(world.served(&one, 1_000_000, "2026-12-01T10:00:00Z").await.len(), 3, "no limit");
}

#[tokio::test]
async fn a_database_that_stays_too_large_is_told_of_once() {
    let (world, _safe) = fleet(&["blue"]).await;
    let shutdown = CancellationToken::new();
    world.control.tracker.spawn(keep_sampled(world.control.clone(), shutdown.clone()));
    let watch = Watch::new(world.control.clone());
    eventually(async || watch.look().await.servers[0].sizes.is_some()).await;
    shutdown.cancel();
    world.count_up(EVENING).await;
    assert!(world.used("blue", "database_bytes", None).await > 1_000_000);
    assert!(world.limits_told().await.is_empty());
    let over = async || watch.look().await.fleet.unwrap().limits.database_bytes;
    assert_eq!(over().await, 0);

    let first = "tenant.limit_reached database_bytes 2026-11-29";
    world.limit("database_bytes_max", "1000000").await;
    for now in [EVENING, EVENING, MORNING, "2026-12-05T10:00:00Z"] {
        world.count_up(now).await;
        assert_eq!(world.limits_told().await, [first], "{now}");
    }
    assert_eq!(over().await, 1);
    // Room again, and none on the same day: nobody wants to hear of it twice a day.
    let day = "2026-12-06T10:00:00Z";
    for (max, told) in [("1000000000", 1), ("1000000", 2), ("1000000000", 2), ("1000000", 2)] {
        world.limit("database_bytes_max", max).await;
        world.count_up(day).await;
        assert_eq!(world.limits_told().await.len(), told, "{max}");
    }
    assert_eq!(world.limits_told().await[1], "tenant.limit_reached database_bytes 2026-12-06");
}
