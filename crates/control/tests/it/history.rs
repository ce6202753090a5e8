//! The lines that the console draws: written once, by whoever is there, thinned and forgotten.

use cloison_control::history::{
    Span, Totals, answered_lately, read, record, record_requests, thin,
};
use cloison_control::watch::Watch;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::world::{World, request};

const NOON: &str = "2026-03-18T12:00:00Z";

fn at(minute: i64) -> Timestamp {
    NOON.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

fn totals(requests: i64, errors: i64) -> Totals {
    let mut totals = Totals { requests, errors, ..Totals::zero() };
    totals.durations[2] = requests;
    totals
}

#[tokio::test]
async fn a_minute_has_one_line_whoever_writes_it() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let (control, watch) = (&world.control, Watch::new(world.control.clone()));
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    let sight = watch.look().await;
    assert!(record(control, one, at(0), &sight).await.unwrap());
    assert!(!record(control, one, at(0), &sight).await.unwrap(), "after an unknown commit");
    assert!(!record(control, other, at(0), &sight).await.unwrap(), "somebody was faster");
    assert!(record(control, other, at(1), &sight).await.unwrap());
    assert_eq!((world.count("history_fleet").await, world.count("history_servers").await), (2, 2));

    let server = sight.servers[0].id;
    assert!(record(control, other, at(2), &sight).await.unwrap());
    let drawn = read(control, Span::SixHours, &[server], at(5)).await.unwrap();
    let lines: Vec<bool> = drawn.fleet[176..].iter().map(Option::is_some).collect();
    assert_eq!(lines, [false, true, true, false], "what is under way has no line yet");
    let (_, of_server) = &drawn.servers[0];
    let line = of_server[177].unwrap();
    assert!(line.connections > 0, "{line:?}");
    assert_eq!(line.transactions_per_second, None, "nothing came before it");
    assert_eq!(of_server[178].unwrap().transactions_per_second, Some(0.0), "of the same process");
}

#[tokio::test]
async fn nothing_is_written_while_the_control_database_is_not_seen() {
    let world = World::new().await;
    let watch = Watch::new(world.control.clone());
    let mut sight = watch.look().await;
    sight.fleet = None;
    assert!(!record(&world.control, Uuid::now_v7(), at(0), &sight).await.unwrap());
    assert_eq!(world.count("history_fleet").await, 0);
}

#[tokio::test]
async fn requests_of_all_processes_are_added_up() {
    let world = World::new().await;
    let control = &world.control;
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    for (node, minute, requests, errors) in [
        (one, -2, 100, 0),
        (one, 0, 220, 12),
        // Sent once more, with what has come since: the first counts.
        (one, 0, 250, 19),
        (one, 2, 340, 12),
        (other, 0, 0, 0),
        (other, 2, 60, 0),
    ] {
        record_requests(control, node, at(minute), &totals(requests, errors)).await.unwrap();
    }
    let drawn = read(control, Span::SixHours, &[], at(2)).await.unwrap();
    let of = |place: usize| drawn.requests[place].map(|it| (it.per_second, it.errors_per_second));
    assert_eq!(of(177), None, "nothing came before it");
    assert_eq!(of(178), Some((1.0, 0.1)));
    assert_eq!(of(179), Some((1.5, 0.0)));
    let p95 = drawn.requests[179].unwrap().p95_seconds.unwrap();
    assert!((0.0025..=0.005).contains(&p95), "{p95}");

    for (minute, requests, errors) in [(3, 400, 13), (4, 430, 13)] {
        record_requests(control, one, at(minute), &totals(requests, errors)).await.unwrap();
    }
    let (requests, errors) = answered_lately(control, at(4)).await.unwrap();
    assert_eq!((requests.round(), errors.round()), (90.0, 1.0));
}

#[tokio::test]
async fn what_is_old_is_thinned_and_then_forgotten() {
    let world = World::new().await;
    let (control, watch) = (&world.control, Watch::new(world.control.clone()));
    let sight = watch.look().await;
    let node = Uuid::now_v7();
    let (day, hour) = (24 * 60, 60);
    // Two quarters of an hour three days ago, one an hour ago, one two weeks ago, and one that a wrong clock has dated.
    let minutes = (-3 * day..-3 * day + 30)
        .chain(-hour..-hour + 15)
        .chain(-15 * day..-15 * day + 15)
        .chain(400 * day..400 * day + 2);
    for minute in minutes {
        record(control, node, at(minute), &sight).await.unwrap();
        let requests = totals(10_000_000 + minute, 0);
        record_requests(control, node, at(minute), &requests).await.unwrap();
    }
    let drawn = |at| read(control, Span::Fortnight, &[], at);
    let before = drawn(at(0)).await.unwrap();
    thin(control, at(0)).await.unwrap();
    for table in ["history_fleet", "history_servers", "history_requests"] {
        assert_eq!(world.count(table).await, 2 + 15, "{table}");
    }
    thin(control, at(0)).await.unwrap();
    assert_eq!(world.count("history_requests").await, 17, "the second time there is nothing to do");
    let after = drawn(at(0)).await.unwrap();
    assert_eq!(after.requests, before.requests, "no count is lost");
    assert_eq!(after.fleet, before.fleet);
}
