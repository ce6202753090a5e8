//! Tenants that are migrated when their next request comes. Without a server, in made-up time; what a server has to say
//! is at the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloison_router::{
    AccessMode, BringUpStats, Config, DirectoryError, Phase, Resolution, Route, Router,
    SchemaSupport,
};
use futures_util::future::join_all;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

use crate::cancellation::polled;
use crate::place::{Place, patient};
use crate::world::{WRITE, World, at_rest, eventually, resolve, route_to};

const HOST: &str = "blue.example.com";

/// At version 1, and to be brought to 2.
fn behind() -> Route {
    Route { awaits: Some(2), ..route_to(1, 1, "blue".parse().unwrap()) }
}

fn done() -> Route {
    Route { schema_version: 2, awaits: None, ..behind() }
}

/// Each attempt waits for a word of this first.
fn bring_up_on_a_word(place: &Place) -> Arc<Semaphore> {
    let (words, there) = (Arc::new(Semaphore::new(0)), place.clone());
    let said = Arc::clone(&words);
    place.bring_up_by(Box::new(move |_| {
        let (said, there) = (Arc::clone(&said), there.clone());
        Box::pin(async move {
            said.acquire().await.unwrap().forget();
            there.change_silently(done());
            Ok(())
        })
    }));
    words
}

fn refuse_to(place: &Place) {
    place.bring_up_by(Box::new(|_| Box::pin(async { Err(DirectoryError::new("on purpose")) })));
}

/// The version that a request sees, and how long it waited.
async fn served(router: &Router) -> (i64, Duration) {
    let begun = Instant::now();
    let base: cloison_router::BaseDomain = "example.com".parse().unwrap();
    match router.resolve(&base.site(&HOST.parse().unwrap())).await {
        Resolution::Found(tenant) => (tenant.schema_version(), begun.elapsed()),
        other => panic!("{other:?}"),
    }
}

fn calls(place: &Place) -> usize {
    place.bring_ups.load(Ordering::Relaxed)
}

/// Brought up, failed, timed out.
fn counts(router: &Router) -> (u64, u64, u64) {
    let BringUpStats { brought_up, failed, timed_out, .. } = router.bring_up_stats();
    (brought_up, failed, timed_out)
}

const AT_ONCE: Duration = Duration::ZERO;

#[tokio::test(start_paused = true)]
async fn fifty_requests_wait_for_one_call_and_see_what_it_made() {
    let place = Place::of(&[behind()]);
    let words = bring_up_on_a_word(&place);
    let running = place.start().await;
    let requests = join_all((0..50).map(|_| served(&running.router)));
    let word = async {
        sleep(Duration::from_secs(1)).await;
        words.add_permits(1);
    };
    let (answers, ()) = tokio::join!(requests, word);
    assert!(answers.iter().all(|it| *it == (2, Duration::from_secs(1))), "{answers:?}");
    assert_eq!(calls(&place), 1);
    assert_eq!(served(&running.router).await, (2, AT_ONCE));
    assert_eq!(calls(&place), 1);
    assert_eq!(counts(&running.router), (1, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_long_is_waited_for_once_and_goes_on_behind() {
    let place = Place::of(&[behind()]);
    let words = bring_up_on_a_word(&place);
    let running = place.start().await;
    let router = &running.router;
    let late = async {
        sleep(Duration::from_secs(4)).await;
        served(router).await
    };
    let (first, late) = tokio::join!(served(router), late);
    assert_eq!(first, (1, Duration::from_secs(5)));
    assert_eq!(late, (1, Duration::from_secs(1)), "from the first that waits on");
    assert_eq!(served(router).await, (1, AT_ONCE));
    sleep(Duration::from_mins(1)).await;
    assert_eq!(served(router).await, (1, AT_ONCE), "the pause is over, the call is not");
    assert_eq!((calls(&place), counts(router)), (1, (0, 0, 1)));
    words.add_permits(1);
    eventually("it is done", async || served(router).await == (2, AT_ONCE)).await;
    assert_eq!((calls(&place), counts(router)), (1, (1, 0, 1)));
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_is_served_as_it_is_and_let_alone_for_a_while() {
    let place = Place::of(&[behind()]);
    refuse_to(&place);
    let running = place.start().await;
    let router = &running.router;
    assert_eq!(served(router).await, (1, AT_ONCE));
    sleep(Duration::from_secs(29)).await;
    assert_eq!(served(router).await, (1, AT_ONCE));
    assert_eq!((calls(&place), counts(router)), (1, (0, 1, 0)));

    bring_up_on_a_word(&place).add_permits(1);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(served(router).await, (2, AT_ONCE));
    assert_eq!((calls(&place), counts(router)), (2, (1, 1, 0)));
}

#[tokio::test(start_paused = true)]
async fn one_that_panics_has_failed() {
    let place = Place::of(&[behind()]);
    place.bring_up_by(Box::new(|_| Box::pin(async { panic!("on purpose") })));
    let running = place.start().await;
    let answers = join_all((0..50).map(|_| served(&running.router))).await;
    assert!(answers.iter().all(|it| *it == (1, AT_ONCE)), "{answers:?}");
    assert_eq!((calls(&place), counts(&running.router)), (1, (0, 1, 0)));
}

#[tokio::test(start_paused = true)]
async fn what_is_said_to_be_done_and_is_not_has_failed() {
    // The method that a directory has if it does not write one.
    let place = Place::of(&[behind()]);
    let running = place.start().await;
    for _ in 0..50 {
        assert_eq!(served(&running.router).await, (1, AT_ONCE));
    }
    assert_eq!((calls(&place), counts(&running.router)), (1, (0, 1, 0)));
}

#[tokio::test(start_paused = true)]
async fn who_is_brought_up_may_await_the_next_one_already() {
    let place = Place::of(&[behind()]);
    let there = place.clone();
    place.bring_up_by(Box::new(move |_| {
        let there = there.clone();
        Box::pin(async move {
            let next = there.routes()[0].awaits.unwrap() + 1;
            let route = Route { schema_version: next - 1, awaits: Some(next), ..behind() };
            there.change_silently(route);
            Ok(())
        })
    }));
    let running = place.start().await;
    assert_eq!(served(&running.router).await, (2, AT_ONCE));
    assert_eq!(served(&running.router).await, (3, AT_ONCE), "one more a request, never a loop");
    assert_eq!((calls(&place), counts(&running.router)), (2, (2, 0, 0)));
}

#[tokio::test(start_paused = true)]
async fn outside_of_what_the_build_serves_it_is_503_until_it_is_brought_up() {
    let place = Place::of(&[behind()]);
    refuse_to(&place);
    let schema = Some(SchemaSupport { oldest: 2, newest: 2 });
    let running = place.start_with(Config { schema, ..patient() }).await;
    let router = &running.router;
    let base: cloison_router::BaseDomain = "example.com".parse().unwrap();
    let refused = router.resolve(&base.site(&HOST.parse().unwrap())).await;
    assert_eq!(refused.status(), http::StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.retry_after(), Some(Duration::from_secs(10)));
    let answer = resolve(router, HOST).await;
    assert!(answer.contains("Behind { version: 1, oldest: 2 }"), "{answer}");
    bring_up_on_a_word(&place).add_permits(1);
    sleep(Duration::from_secs(31)).await;
    assert_eq!(resolve(router, HOST).await, "found blue");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_brought_up_who_awaits_nothing_or_is_not_served() {
    for route in [
        Route { awaits: None, ..behind() },
        Route { awaits: Some(1), ..behind() },
        Route { awaits: Some(1), ..done() },
        Route { access: AccessMode::Blocked, ..behind() },
        Route { access: AccessMode::ExportOnly, ..behind() },
        Route { phase: Phase::Archived, ..behind() },
    ] {
        let place = Place::of(&[route]);
        let running = place.start().await;
        resolve(&running.router, HOST).await;
        assert_eq!(calls(&place), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_tenant_that_is_made_to_wait_holds_up_no_other() {
    let others: Vec<_> = (2..=40)
        .map(|it| Route { awaits: Some(2), ..route_to(1, it, format!("s{it}").parse().unwrap()) })
        .collect();
    let place = Place::of(&others);
    place.change(behind());
    let there = place.clone();
    place.bring_up_by(Box::new(move |tenant| {
        let there = there.clone();
        Box::pin(async move {
            if tenant == behind().tenant {
                there.change_silently(done());
                return Ok(());
            }
            std::future::pending().await
        })
    }));
    let running = place.start().await;
    let router = &running.router;
    let slow = join_all((2..=40).map(|it| resolve_owned(router, format!("s{it}.example.com"))));
    let (quick, slow) = tokio::join!(served(router), slow);
    assert_eq!(quick, (2, AT_ONCE));
    assert!(slow.iter().all(|it| it.starts_with("found")), "{slow:?}");
    assert_eq!(counts(router), (1, 0, 39));
    // None of them ever ends, and the router is none the worse for it.
    sleep(Duration::from_hours(2)).await;
    assert_eq!(counts(router), (1, 39, 39));
}

async fn resolve_owned(router: &Router, host: String) -> String {
    resolve(router, &host).await
}

#[tokio::test(start_paused = true)]
async fn whoever_shuts_down_waits_for_it() {
    let place = Place::of(&[behind()]);
    let words = bring_up_on_a_word(&place);
    let running = place.start().await;
    assert_eq!(served(&running.router).await.0, 1);
    running.shutdown.cancel();
    running.tracker.close();
    let is_over = AtomicBool::new(false);
    let word = async {
        sleep(Duration::from_secs(1)).await;
        assert!(!is_over.load(Ordering::Relaxed));
        words.add_permits(1);
    };
    let over = async {
        running.tracker.wait().await;
        is_over.store(true, Ordering::Relaxed);
    };
    tokio::join!(word, over);
    assert_eq!(counts(&running.router), (1, 0, 1));
}

/// A request that is dropped after its first await, its second, and so on, and the next one, on a real server. Each finds a
/// tenant that is a column behind.
#[tokio::test]
async fn whoever_goes_away_takes_nothing_from_the_next() {
    const POLLS_MAX: usize = 200;
    let world = World::of(1).await;
    let place = Place::of(&world.routes);
    let database = world.routes[0].database.as_str().to_owned();
    let (there, owner) = (place.clone(), Arc::new(world.server.connect(&database).await));
    place.bring_up_by(Box::new(move |_| {
        let (there, owner) = (there.clone(), Arc::clone(&owner));
        Box::pin(async move {
            let route = there.routes().remove(0);
            let version = route.awaits.unwrap();
            let column = format!("alter table notes add column v{version} text");
            owner.execute(&column, &[]).await.unwrap();
            there.change_silently(Route { schema_version: version, awaits: None, ..route });
            Ok(())
        })
    }));
    let running = place.start().await;
    let router = &running.router;
    let base: cloison_router::BaseDomain = "example.com".parse().unwrap();
    let host = format!("{}.example.com", world.routes[0].subdomain);
    let site = base.site(&host.parse().unwrap());
    let write = async |version: i64| {
        let Resolution::Found(tenant) = router.resolve(&site).await else { panic!("not found") };
        assert_eq!(tenant.schema_version(), version);
        let connection = tenant.acquire(WRITE).await.unwrap();
        let insert = format!("insert into notes (body, v{version}) values ('', '')");
        connection.execute(&insert, &[]).await.unwrap();
    };
    let mut version = 1;
    loop {
        version += 1;
        let polls = usize::try_from(version).unwrap() - 2;
        let route = place.routes().remove(0);
        let changed = place.change_silently(Route { awaits: Some(version), ..route });
        place.tell(changed);
        let awaits = || router.tenant(world.routes[0].tenant).unwrap().awaits();
        eventually("it is known", async || awaits() == Some(version)).await;
        let is_through = polled(write(version), polls).await.is_some();
        write(version).await;
        at_rest(router).await;
        assert_eq!(calls(&place), polls + 1, "once for each version, whoever goes away");
        if is_through {
            assert!(polls > 2, "{polls} polls were enough");
            break;
        }
        assert!(polls < POLLS_MAX, "it was never through");
    }
    assert_eq!(counts(router), (calls(&place).try_into().unwrap(), 0, 0));
    router.close().await;
    assert_eq!(world.connections().await, 0);
}
