//! Drills in lines, and over months of made-up fleets.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

/// 2026-11-22 14:00 UTC.
const NOW: UnixSeconds = UnixSeconds(1_795_356_000);

/// A tenant is a word, `server:first_good/last_drill`, in days ago or `-`; then `!` if that drill failed, and `r` if one runs.
fn tenant(word: &str, id: u128) -> DrillTenant {
    let (server, rest) = word.split_once(':').unwrap();
    let (good, last) = rest.trim_end_matches(['!', 'r']).split_once('/').unwrap();
    let ago = |days: &str| {
        let (days, hundredths) = days.split_once('.').unwrap_or((days, "0"));
        let hundredths = format!("{hundredths:0<2}").parse::<i64>().unwrap();
        let days = days.parse::<i64>().ok()?;
        Some(NOW.plus(-(days * DAY_SECONDS + hundredths * DAY_SECONDS / 100)))
    };
    DrillTenant {
        tenant: TenantId(Uuid::from_u128(id)),
        server: ServerId::of_key(server),
        first_good_at: ago(good),
        last: ago(last).map(|at| Drilled { at, has_passed: !rest.contains('!') }),
        is_running: rest.ends_with('r'),
    }
}

/// The places of those whose drill begins, from 1.
fn check(fleet: &str) -> Vec<u128> {
    let tenants: Vec<_> =
        fleet.split_whitespace().zip(1..).map(|(it, id)| tenant(it, id)).collect();
    let mut due: Vec<_> = drills_due(&tenants, NOW).iter().map(|it| it.0.as_u128()).collect();
    due.sort_unstable();
    due
}

#[test]
fn never_drilled_first_then_the_longest_ago() {
    assert_eq!(check("a:90/13 a:90/15 a:2/- a:3/-"), [4]);
    assert_eq!(check("a:90/13 a:90/15 a:90/14"), [2]);
    assert_eq!(check("a:-/- a:90/11"), [0; 0], "nothing to drill, and drilled of late");
}

#[test]
fn who_has_waited_a_round_goes_before_all() {
    assert_eq!(check("a:90/24 a:90/25 a:2/-"), [2]);
    assert_eq!(check("a:90/24 a:26/- a:2/-"), [2]);
}

#[test]
fn one_at_a_time_on_a_server() {
    assert_eq!(check("a:90/25 a:90/1r b:90/25"), [3]);
    assert_eq!(check("a:90/25 a:90/26 b:90/25 b:90/26"), [2, 4]);
}

#[test]
fn as_many_a_day_as_are_needed_and_one_that_presses_at_once() {
    assert_eq!(check("a:90/0.9 a:90/20"), [0; 0], "one a day is enough");
    assert_eq!(check("a:90/1 a:90/20"), [2]);
    assert_eq!(check("a:90/0.1 a:90/24"), [2]);
    let rest = "a:90/11 ".repeat(45);
    let many = |last: &str| check(&format!("a:90/{last} a:90/20 {rest}"));
    assert_eq!(many("0.24 a:90/5"), [0; 0], "48 have two a day, and not in a row");
    assert_eq!(many("0.25 a:90/5"), [3]);
    assert_eq!(many("0.5 a:90/0.9"), [0; 0], "two there were");
    assert_eq!(many("0.5 a:90/1"), [3]);
    assert_eq!([0, 1, 24, 25, 1_000].map(drills_per_day), [0, 1, 1, 2, 42]);
}

#[test]
fn a_failed_drill_is_repeated_the_next_day() {
    assert_eq!(check("a:90/0.9!"), [0; 0]);
    assert_eq!(check("a:90/1!"), [1]);
    assert_eq!(check("a:90/1! a:90/24"), [2], "and keeps nobody from theirs");
}

#[test]
fn states() {
    for (word, state) in [
        ("a:-/-", DrillState::Nothing),
        ("a:37/-", DrillState::Waiting),
        ("a:37.1/-", DrillState::Stale),
        ("a:90/37", DrillState::Proven),
        ("a:90/37.1", DrillState::Stale),
        ("a:90/1!", DrillState::Failing),
        ("a:90/50!", DrillState::Failing),
    ] {
        assert_eq!(drill_state(&tenant(word, 1), NOW), state, "{word}");
    }
}

/// Hours of a fleet on one server, in which each drill takes an hour. Answers the longest that a tenant waited, and the most
/// drills of a day.
fn live(fleet: &mut [DrillTenant], days: i64, is_up: impl Fn(i64) -> bool) -> (i64, usize) {
    let (mut wait_max, mut days_drills) = (0, BTreeMap::<i64, usize>::new());
    for hour in 0..days * 24 {
        let now = NOW.plus(hour * 3_600);
        if is_up(hour / 24) {
            for tenant in drills_due(fleet, now) {
                let it = fleet.iter_mut().find(|it| it.tenant == tenant).unwrap();
                it.last = Some(Drilled { at: now, has_passed: true });
                *days_drills.entry(hour / 24).or_default() += 1;
            }
        }
        let waits = fleet.iter().filter_map(DrillTenant::proven_until).map(|it| now.since(it));
        wait_max = wait_max.max(waits.max().unwrap_or_default());
    }
    (wait_max, days_drills.values().copied().max().unwrap_or_default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// From any beginning that keeps the promise with the slack, a day of outage included.
    #[test]
    fn nobody_waits_longer_than_promised(
        since in prop::collection::vec((0_i64..20, any::<bool>()), 1..120), outage in 0_i64..80
    ) {
        let one = |((days, is_new), id): (&(i64, bool), u128)| DrillTenant {
            tenant: TenantId(Uuid::from_u128(id)),
            server: ServerId(Uuid::nil()),
            first_good_at: Some(NOW.plus(-days * DAY_SECONDS)),
            last: (!is_new).then_some(Drilled { at: NOW.plus(-days * DAY_SECONDS), has_passed: true }),
            is_running: false,
        };
        let mut fleet: Vec<_> = since.iter().zip(1..).map(one).collect();
        let (wait_max, _) = live(&mut fleet, 90, |day| !(outage..outage + 1).contains(&day));
        prop_assert!(wait_max <= DRILL_EVERY_DAYS * DAY_SECONDS, "{} days", wait_max / DAY_SECONDS);
    }

    #[test]
    fn at_most_one_a_server_and_none_that_has_nothing(
        words in prop::collection::vec("[abc]:([0-9]{1,2}|-)/([0-9]{1,2}!?|-)", 0..40)
    ) {
        let fleet: Vec<_> = words.iter().zip(1..).map(|(it, id)| tenant(it, id)).collect();
        let due = drills_due(&fleet, NOW);
        let rows: Vec<_> = fleet.iter().filter(|it| due.contains(&it.tenant)).collect();
        let servers: BTreeSet<_> = rows.iter().map(|it| it.server).collect();
        prop_assert_eq!(servers.len(), rows.len());
        prop_assert!(rows.iter().all(|it| it.first_good_at.is_some()));
    }

    #[test]
    fn any_second_between_the_ends(
        server in any::<u128>(), seed in any::<u64>(), earliest in 0_i64..2_000_000_000, span in -5_i64..90_000
    ) {
        let server = ServerId(Uuid::from_u128(server));
        let (from, to) = (UnixSeconds(earliest), UnixSeconds(earliest + span));
        let second = drill_second(server, seed, from, to);
        prop_assert_eq!(second, drill_second(server, seed, from, to));
        prop_assert_eq!(second.is_none(), span < 0);
        prop_assert!(second.is_none_or(|it| from <= it && it <= to));
    }
}

#[test]
fn a_fleet_that_began_in_one_night_is_spread_over_its_rounds() {
    let one = |id: u128| DrillTenant {
        tenant: TenantId(Uuid::from_u128(id)),
        server: ServerId(Uuid::nil()),
        first_good_at: Some(NOW),
        last: None,
        is_running: false,
    };
    let mut fleet: Vec<_> = (0..240).map(one).collect();
    let (wait_max, day_max) = live(&mut fleet, 120, |_| true);
    assert!(wait_max <= DRILL_EVERY_DAYS * DAY_SECONDS);
    assert!(day_max <= 12, "{day_max} of 240 in a day, where 10 are needed");
}

#[test]
fn days_and_servers_have_seconds_of_their_own() {
    let second = |server: &str, seed| {
        drill_second(ServerId::of_key(server), seed, UnixSeconds(0), UnixSeconds(1_000_000))
            .unwrap()
    };
    let seconds: BTreeSet<_> =
        ["a", "b"].iter().flat_map(|it| (0..100).map(|seed| second(it, seed))).collect();
    assert!(seconds.len() > 195, "{}", seconds.len());
    let quarter = |it: &UnixSeconds| it.0 / 250_001;
    assert_eq!(seconds.iter().map(quarter).collect::<BTreeSet<_>>().len(), 4);
}
