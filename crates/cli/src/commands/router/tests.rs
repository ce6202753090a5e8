//! From two reports to what an operator reads.

use cloison_api::{
    Histogram, RouterBringUps, RouterNode, RouterNodeSeats, RouterProcess, RouterReport,
    RouterServer, RouterTenant, RouterWaits,
};

use super::drawing::{draw, wrap};
use super::view::{TENANTS_ASKED, View, compare};

const SECOND_US: u64 = 1_000_000;

/// So many seconds after the start of the process.
fn report(seconds: u64, servers: Vec<RouterServer>, tenants: Vec<RouterTenant>) -> RouterReport {
    let process = RouterProcess {
        name: "studio-1/4711".to_owned(),
        started_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        uptime_us: seconds * SECOND_US,
    };
    let bring_ups = RouterBringUps::default();
    RouterReport { process, servers, nodes: vec![], bring_ups, tenants }
}

/// At rest, with sixteen seats.
fn server(name: &str) -> RouterServer {
    RouterServer {
        server: name.to_owned(),
        is_down: false,
        budget: 16,
        in_use: 0,
        connecting: 0,
        closing: 0,
        idle: 0,
        waiting: 0,
        connects: 0,
        connect_failures: 0,
        evictions: 0,
        timeouts: 0,
        refused: 0,
        waits: RouterWaits::default(),
        acquire: acquired([0, 0, 0]),
    }
}

/// Within 100 µs, within 5 ms, and later.
fn acquired(counts: [u64; 3]) -> Histogram {
    Histogram { bounds_us: vec![100, 5_000], counts: counts.to_vec(), sum_us: 0 }
}

/// In use on `eu-1`, with its totals so far.
fn tenant(subdomain: &str, in_use: usize, acquires: u64, held_us: u64) -> RouterTenant {
    RouterTenant {
        subdomain: subdomain.to_owned(),
        server: "eu-1".to_owned(),
        seats: in_use + 1,
        idle: 1,
        waiting: 0,
        acquires,
        waited_us: acquires * 1_500,
        held_us,
    }
}

fn text(view: &View, width: usize) -> String {
    draw(view, width).into_iter().map(|it| it.text + "\n").collect()
}

/// A busy second of a day in which something happened before.
fn busy() -> (RouterReport, RouterReport) {
    let calm = RouterServer {
        connects: 7_000,
        timeouts: 90,
        waits: RouterWaits { budget: 50, ..RouterWaits::default() },
        acquire: acquired([1_000_000, 500, 90]),
        ..server("eu-1")
    };
    let before = report(
        11_520,
        vec![calm.clone()],
        vec![tenant("blue", 1, 100, 0), tenant("lantern", 0, 7, SECOND_US)],
    );
    let full = RouterServer {
        in_use: 14,
        idle: 2,
        waiting: 3,
        connects: 7_004,
        evictions: 2,
        timeouts: 92,
        waits: RouterWaits { budget: 70, share: 5, ..RouterWaits::default() },
        acquire: acquired([1_000_900, 590, 100]),
        ..calm
    };
    let now = report(
        11_522,
        vec![full, server("us-1")],
        vec![
            tenant("lantern", 0, 2, 40_000),
            tenant("demo", 1, 30, 300_000),
            tenant("blue", 13, 1_068, 16 * SECOND_US),
        ],
    );
    (before, now)
}

#[test]
fn what_is_wrong_comes_first_and_figures_are_those_of_the_interval() {
    let (before, now) = busy();
    insta::assert_snapshot!(text(&compare(Some(&before), &now, 20), 200), @r"
    12:12:02 UTC, the last 2.0 s, by studio-1/4711, up 3 h 12 min
    2 requests for eu-1 got no connection: waiting took too long.
    3 requests wait for eu-1: the 16 seats that this process has there are taken.

    SERVER  STATE  USED  IDLE  SEATS  WAITING  FAILED/S  ACQUIRES/S      P50    P99  CONNECTS/S  EVICTIONS/S  WAITS/S
    eu-1    up       14     2     16        3       1.0         500  ≤100 µs  ≤5 ms         2.0          1.0  10.0 budget, 2.5 share
    us-1    up        0     0     16        0         0           0        -      -           0            0  0

    TENANT   SERVER  USED  IDLE  WAITING  ACQUIRES/S  MEAN WAIT  SEAT TIME
    blue     eu-1      13     1        0         484     1.5 ms       50 %
    demo     eu-1       1     1        0        15.0     1.5 ms       <1 %
    lantern  eu-1       0     1        0         1.0     1.5 ms       <1 %
    ");
}

#[test]
fn a_narrow_terminal_shows_what_matters_most() {
    let (before, now) = busy();
    let shown = text(&compare(Some(&before), &now, 2), 62);
    assert!(shown.lines().all(|it| it.chars().count() <= 62), "{shown}");
    insta::assert_snapshot!(shown, @r"
    12:12:02 UTC, the last 2.0 s, by studio-1/4711, up 3 h 12 min
    2 requests for eu-1 got no connection: waiting took too long.
    3 requests wait for eu-1: the 16 seats that this process has
      there are taken.

    SERVER  STATE  USED  IDLE  SEATS  WAITING  FAILED/S
    eu-1    up       14     2     16        3       1.0
    us-1    up        0     0     16        0         0
    A wider terminal shows ACQUIRES/S, P50, P99, CONNECTS/S,
      EVICTIONS/S, WAITS/S too.

    TENANT  SERVER  USED  IDLE  WAITING  ACQUIRES/S  MEAN WAIT
    blue    eu-1      13     1        0         484     1.5 ms
    demo    eu-1       1     1        0        15.0     1.5 ms
    Left out: 1 less busy; see --limit.
    ");
}

#[test]
fn the_first_look_has_no_rates() {
    let (_, now) = busy();
    insta::assert_snapshot!(text(&compare(None, &now, 20), 100), @r"
    12:12:02 UTC, by studio-1/4711, up 3 h 12 min
    3 requests wait for eu-1.

    SERVER  STATE  USED  IDLE  SEATS  WAITING  FAILED/S  ACQUIRES/S  P50  P99  CONNECTS/S  EVICTIONS/S
    eu-1    up       14     2     16        3         -           -    -    -           -            -
    us-1    up        0     0     16        0         -           -    -    -           -            -
    A wider terminal shows WAITS/S too.

    TENANT   SERVER  USED  IDLE  WAITING  ACQUIRES/S  MEAN WAIT  SEAT TIME
    blue     eu-1      13     1        0           -          -          -
    demo     eu-1       1     1        0           -          -          -
    lantern  eu-1       0     1        0           -          -          -
    ");
}

#[test]
fn a_server_that_is_down_is_seen_at_once() {
    let before = report(60, vec![server("eu-1"), server("us-1")], vec![]);
    let down = RouterServer {
        is_down: true,
        waiting: 1,
        connects: 9,
        connect_failures: 9,
        timeouts: 1,
        refused: 3,
        waits: RouterWaits { outage: 5, ..RouterWaits::default() },
        ..server("us-1")
    };
    let shaky = RouterServer { connects: 4, connect_failures: 1, ..server("eu-1") };
    let now = report(61, vec![shaky, down], vec![]);
    insta::assert_snapshot!(text(&compare(Some(&before), &now, 20), 200), @r"
    09:01:01 UTC, the last 1.0 s, by studio-1/4711, up 1 min 1 s
    us-1 is DOWN: it lets nobody in, so requests for its tenants wait or are turned away.
    4 requests for us-1 got no connection: for 1 waiting took too long; for 3 too many waited already, or it had been down for long.
    1 attempt to connect to eu-1 failed, though it is not down; the log says why.
    1 request waits for us-1: it is down.

    SERVER  STATE  USED  IDLE  SEATS  WAITING  FAILED/S  ACQUIRES/S  P50  P99  CONNECTS/S  EVICTIONS/S  WAITS/S
    eu-1    up        0     0     16        0         0           0    -    -         4.0            0  0
    us-1    DOWN      0     0     16        1       4.0           0    -    -         9.0            0  5.0 outage

    No tenant has a connection or waits for one. Idle ones are closed after a while.
    ");
}

/// With seats on `eu-1`.
fn node(name: &str, silent_seconds: u64, seats: u64, is_silent: bool) -> RouterNode {
    RouterNode {
        name: name.to_owned(),
        started_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        silent_for_us: silent_seconds * SECOND_US,
        servers: vec![RouterNodeSeats {
            server: "eu-1".to_owned(),
            seats,
            kept: 6,
            wanted: 9,
            is_silent,
        }],
    }
}

#[test]
fn a_node_that_is_not_heard_of_is_seen_too() {
    let before = report(60, vec![server("eu-1")], vec![]);
    let mut now = report(61, vec![server("eu-1")], vec![]);
    now.nodes = vec![
        node("studio-1/4711 up", 1, 44, false),
        node("studio-2/17 serve", 12, 50, false),
        node("studio-3/9 serve", 95, 6, true),
    ];
    insta::assert_snapshot!(text(&compare(Some(&before), &now, 20), 200), @r"
    09:01:01 UTC, the last 1.0 s, by studio-1/4711, up 1 min 1 s
    studio-2/17 serve has not been heard of for 12 s. If it has ended, others get its seats soon.
    studio-3/9 serve has not been heard of for 1 min 35 s. Others have its seats but for 6 that it keeps.

    SERVER  STATE  USED  IDLE  SEATS  WAITING  FAILED/S  ACQUIRES/S  P50  P99  CONNECTS/S  EVICTIONS/S  WAITS/S
    eu-1    up        0     0     16        0         0           0    -    -           0            0  0

    No tenant has a connection or waits for one. Idle ones are closed after a while.

    NODE               SILENT FOR  SEATS
    studio-1/4711 up          1 s  eu-1 44
    studio-2/17 serve        12 s  eu-1 50
    studio-3/9 serve   1 min 35 s  eu-1 6
    ");
}

#[test]
fn calm_and_empty_views_say_so() {
    let (before, now) = (report(5, vec![], vec![]), report(6, vec![], vec![]));
    insta::assert_snapshot!(text(&compare(Some(&before), &now, 20), 100), @r"
    09:00:06 UTC, the last 1.0 s, by studio-1/4711, up 6 s
    studio-1/4711 has asked no server for a connection since its start 6 s ago: no request needed one.
      If tenants are served by another process, --url names it.
    ");
    let now = report(6, vec![server("eu-1")], vec![]);
    let calm = text(&compare(Some(&before), &now, 20), 100);
    assert!(calm.contains("\nNothing is wrong: "), "{calm}");
    assert!(calm.contains("\nNo tenant has a connection or waits for one."), "{calm}");
}

#[test]
fn totals_of_another_process_are_not_subtracted() {
    let (before, mut now) = busy();
    now.process.name = "studio-2/17".to_owned();
    let view = compare(Some(&before), &now, 20);
    assert!(view.interval_us.is_none() && view.servers.iter().all(|it| it.interval.is_none()));
    let shown = text(&view, 200);
    assert!(shown.contains("studio-2/17 answers now, and studio-1/4711 did before"), "{shown}");

    now.process = RouterProcess {
        started_at: "2026-11-24T13:00:00Z".parse().unwrap(),
        ..before.process.clone()
    };
    let shown = text(&compare(Some(&before), &now, 20), 200);
    assert!(shown.contains("studio-1/4711 has been started again"), "{shown}");
}

/// What a tenant was given in a second, by its total before (if it was told of) and now.
fn check(before: Option<u64>, others: usize, now: u64) -> Option<u64> {
    let others = (0..others).map(|it| tenant(&format!("other-{it}"), 0, 1, 0));
    let before = before.map(|it| tenant("blue", 0, it, it)).into_iter().chain(others).collect();
    let now = vec![tenant("blue", 0, now, now)];
    let (before, now) = (report(1, vec![], before), report(2, vec![], now));
    let view = compare(Some(&before), &now, 20);
    view.tenants[0].interval.as_ref().map(|it| it.acquires.count)
}

#[test]
fn a_tenants_totals_may_have_begun_anew() {
    assert_eq!(check(Some(10), 0, 25), Some(15));
    assert_eq!(check(Some(10), 0, 4), Some(4), "it was forgotten in between");
    assert_eq!(check(None, 99, 4), Some(4), "all were told of, and it was not there");
    assert_eq!(check(None, TENANTS_ASKED, 400), None, "it may have been there");
}

#[test]
fn the_busiest_of_the_interval_come_first() {
    let (before, now) = busy();
    let view = compare(Some(&before), &now, 2);
    let names: Vec<_> = view.tenants.iter().map(|it| it.subdomain.as_str()).collect();
    assert_eq!((names, view.tenants_left_out), (vec!["blue", "demo"], 1));
}

#[test]
fn json_has_counts_rates_and_bounds() {
    let (before, now) = busy();
    let json = serde_json::to_value(compare(Some(&before), &now, 20)).unwrap();
    let server = &json["servers"][0];
    assert_eq!(json["interval_us"], 2 * SECOND_US);
    assert_eq!(server["in_use"], 14);
    assert_eq!(server["interval"]["acquires"]["count"], 1_000);
    assert_eq!(server["interval"]["acquires"]["per_second"], 500.0);
    assert_eq!(server["interval"]["acquire_p50"]["at_most_us"], 100);
    assert_eq!(server["interval"]["waits"]["budget"]["count"], 20);
    assert_eq!(json["tenants"][0]["interval"]["mean_wait_us"], 1_500);
    assert_eq!(json["tenants"][0]["interval"]["seat_time_percent"], 50.0);
}

#[test]
fn long_lines_are_broken_at_words() {
    use super::drawing::{Line, Tone};
    let line = Line::new(Tone::Danger, "one two three");
    let broken: Vec<_> = wrap(&line, 9).into_iter().map(|it| it.text).collect();
    assert_eq!(broken, ["one two", "  three"]);
}
