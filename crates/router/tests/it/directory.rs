//! What the router knows, and when. Without a server, in made-up time.

use std::sync::atomic::Ordering;
use std::time::Duration;

use cloison_router::{
    AccessMode, AcquireError, Config, FixedDirectory, Phase, Route, Router, SchemaSupport,
    check_directory,
};
use futures_util::future::join_all;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::place::Place;
use crate::world::{WRITE, eventually, resolve, route_to};

fn route(number: i64, subdomain: &str) -> Route {
    route_to(1, number, subdomain.parse().unwrap())
}

#[tokio::test(start_paused = true)]
async fn what_is_told_is_known_at_once() {
    let place = Place::of(&[route(1, "blue")]);
    let running = place.start().await;
    let router = &running.router;
    assert_eq!(resolve(router, "blue.example.com").await, "found blue");
    assert_eq!(resolve(router, "www.example.com").await, "unknown");
    assert_eq!(resolve(router, "example.com").await, "unknown");

    place
        .change(Route { hostnames: vec!["navy.example.org".parse().unwrap()], ..route(1, "navy") });
    eventually("renamed", async || resolve(router, "navy.example.com").await == "found navy").await;
    assert_eq!(resolve(router, "navy.example.org").await, "found navy");
    assert_eq!(resolve(router, "blue.example.com").await, "unknown");

    place.remove(route(1, "navy").tenant);
    eventually("gone", async || resolve(router, "navy.example.com").await == "unknown").await;
}

#[tokio::test(start_paused = true)]
async fn what_was_not_told_is_found_by_epoch_within_two_seconds() {
    let place = Place::of(&[route(1, "blue")]);
    let running = place.start().await;
    sleep(Duration::from_millis(100)).await;
    let snapshots = place.snapshots.load(Ordering::Relaxed);
    place.change_silently(Route { access: AccessMode::Blocked, ..route(1, "blue") });
    assert_eq!(resolve(&running.router, "blue.example.com").await, "found blue");
    sleep(Duration::from_millis(2_100)).await;
    assert_eq!(resolve(&running.router, "blue.example.com").await, "suspended BLOCKED");
    assert_eq!(place.snapshots.load(Ordering::Relaxed), snapshots, "by the poll");
}

#[tokio::test(start_paused = true)]
async fn what_vanished_without_a_trace_is_gone_after_a_reconnect() {
    let place = Place::of(&[route(1, "blue"), route(2, "green")]);
    let running = place.start().await;
    sleep(Duration::from_millis(100)).await;
    place.remove_silently(route(1, "blue").tenant).unwrap();
    sleep(Duration::from_secs(10)).await;
    assert_eq!(resolve(&running.router, "blue.example.com").await, "found blue");
    place.hang_up();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(resolve(&running.router, "blue.example.com").await, "unknown");
    assert_eq!(resolve(&running.router, "green.example.com").await, "found green");
}

#[tokio::test(start_paused = true)]
async fn a_directory_that_is_down_does_not_stop_known_tenants() {
    let place = Place::of(&[route(1, "blue")]);
    let running = place.start().await;
    place.go_down();
    sleep(Duration::from_mins(10)).await;
    assert_eq!(resolve(&running.router, "blue.example.com").await, "found blue");
    assert_eq!(resolve(&running.router, "green.example.com").await, "unavailable Directory");

    place.change_silently(route(2, "green"));
    place.come_back();
    sleep(Duration::from_secs(1)).await;
    let fetches = place.fetches.load(Ordering::Relaxed);
    assert_eq!(resolve(&running.router, "green.example.com").await, "found green");
    assert_eq!(place.fetches.load(Ordering::Relaxed), fetches, "known since the reconnect");
}

#[tokio::test]
async fn a_router_that_knows_nobody_does_not_start() {
    let place = Place::default();
    place.go_down();
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let error = Router::start(place, Config::default(), tracker, shutdown).await.unwrap_err();
    assert_eq!(error.to_string(), "the directory of tenants cannot be asked");
}

#[tokio::test(start_paused = true)]
async fn a_miss_is_asked_for_once_and_nobody_is_believed_for_two_seconds() {
    let place = Place::of(&[]);
    let running = place.start().await;
    let router = &running.router;
    let answers = join_all((0..100).map(|_| resolve(router, "blue.example.com"))).await;
    assert!(answers.iter().all(|it| it == "unknown"));
    assert_eq!(place.fetches.load(Ordering::Relaxed), 1);
    assert_eq!(resolve(router, "blue.example.com").await, "unknown");
    assert_eq!(place.fetches.load(Ordering::Relaxed), 1);

    // Created a moment ago, and asked for before anybody was told.
    place.change_silently(route(1, "green"));
    let answers = join_all((0..100).map(|_| resolve(router, "green.example.com"))).await;
    assert!(answers.iter().all(|it| it == "found green"));
    assert_eq!(place.fetches.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_news_is_one_question() {
    let routes: Vec<_> = (1..=500).map(|it| route(it, &format!("s{it}"))).collect();
    let place = Place::of(&routes);
    let running = place.start().await;
    sleep(Duration::from_millis(100)).await;
    for route in &routes {
        place.change(Route { schema_version: 2, ..route.clone() });
    }
    eventually("all are new", async || {
        running.router.tenant(routes[499].tenant).unwrap().schema_version() == 2
    })
    .await;
    assert_eq!(place.fetches.load(Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn phases_access_and_schema() {
    let invisible = [Phase::Provisioning, Phase::Archived, Phase::Erasing, Phase::Erased];
    for phase in invisible {
        let router = Router::fixed([Route { phase, ..route(1, "blue") }], 1);
        assert_eq!(resolve(&router, "blue.example.com").await, "unknown", "{phase}");
    }
    for (access, answer) in [
        (AccessMode::Full, "found blue"),
        (AccessMode::ReadOnly, "found blue"),
        (AccessMode::ExportOnly, "suspended EXPORT_ONLY"),
        (AccessMode::Blocked, "suspended BLOCKED"),
    ] {
        let router = Router::fixed([Route { access, ..route(1, "blue") }], 1);
        assert_eq!(resolve(&router, "blue.example.com").await, answer);
    }
    let schema = Some(SchemaSupport { oldest: 2, newest: 3 });
    let config = Config { schema, ..Config::default() };
    for (schema_version, schema_floor, is_served) in
        [(1, 0, false), (2, 2, true), (3, 3, true), (4, 3, true), (4, 4, false)]
    {
        let routes = [Route { schema_version, schema_floor, ..route(1, "blue") }];
        let router = Router::fixed_with(routes, 1, config.clone());
        let answer = resolve(&router, "blue.example.com").await;
        assert_eq!(answer.starts_with("found"), is_served, "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_has_gone_gets_no_connection() {
    let place = Place::of(&[route(1, "blue")]);
    let running = place.start().await;
    let tenant = running.router.tenant(route(1, "blue").tenant).unwrap();
    place.change(Route { phase: Phase::Erasing, ..route(1, "blue") });
    eventually("gone", async || running.router.tenant(tenant.id()).is_none()).await;
    let error = tenant.acquire(WRITE).await.unwrap_err();
    assert!(matches!(error, AcquireError::Gone { .. }));
    assert_eq!(error.to_string(), "'blue' is not served any more");
    assert_eq!(error.status(), http::StatusCode::NOT_FOUND);
}

#[tokio::test(start_paused = true)]
async fn directories_that_conform_and_one_that_does_not() {
    let hostnames = vec!["blue.example.org".parse().unwrap()];
    let routes = [Route { hostnames, ..route(1, "blue") }, route(2, "green")];
    let fixed = FixedDirectory::new(routes.clone(), 8);
    check_directory(&fixed, async || None).await.unwrap();

    let place = Place::of(&routes);
    let changing = async || {
        place.change(route(1, "navy"));
        Some(route(1, "navy").tenant)
    };
    check_directory(&place, changing).await.unwrap();
    let removing = async || {
        place.remove(route(1, "navy").tenant);
        Some(route(1, "navy").tenant)
    };
    check_directory(&place, removing).await.unwrap();
    let keeping_quiet = async || Some(place.change_silently(route(2, "lime")).tenant);
    let error = check_directory(&place, keeping_quiet).await.unwrap_err();
    let tenant = route(2, "lime").tenant;
    assert_eq!(error.to_string(), format!("the change of {tenant} was not told"));
}
