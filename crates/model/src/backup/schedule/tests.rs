//! The schedule in lines, over made-up fleets, and over some nights of one.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::DAY_SECONDS;

/// 2026-11-22 14:00 UTC. Yesterday's window was from 16 to 8 hours ago.
const NOW: UnixSeconds = UnixSeconds(1_795_356_000);
const HOUR: i64 = 3_600;

/// A tenant is a word, `server:last_good/last_unchanged`, in hours ago or `-`; then `r` if it runs, `w` if it waits for its server, or `f`
/// with failures and minutes ago, as in `a:30/-f2.15`. Its id is its place from 1. Answers the ids and reasons.
fn check(fleet: &str) -> String {
    let tenants: Vec<_> =
        fleet.split_whitespace().zip(1..).map(|(it, id)| tenant(it, id)).collect();
    let begun = due_backups(
        NightWindow::default(),
        ScheduleCaps { per_server: 2, in_total: 3 },
        &tenants,
        NOW,
    );
    let line = |it: &DueBackup| format!("{}:{}", it.tenant.0.as_u128(), it.why);
    begun.iter().map(line).collect::<Vec<_>>().join(" ")
}

fn tenant(word: &str, id: u128) -> ScheduledTenant {
    let (server, rest) = word.split_once(':').unwrap();
    let (rest, failure) = rest.split_once('f').unwrap_or((rest, "0.0"));
    let (good, unchanged) = rest.trim_end_matches(['r', 'w']).split_once('/').unwrap();
    let (failures, minutes) = failure.split_once('.').unwrap();
    let ago = |hours: &str| hours.parse::<i64>().ok().map(|it| NOW.plus(-it * HOUR));
    ScheduledTenant {
        tenant: TenantId(Uuid::from_u128(id)),
        server: ServerId::of_key(server),
        made_at: NOW.plus(-1_000 * HOUR),
        is_wanted: false,
        last_good_at: ago(good),
        last_unchanged_at: ago(unchanged),
        is_running: rest.ends_with(['r', 'w']),
        is_waiting: rest.ends_with('w'),
        failures: failures.parse().unwrap(),
        failed_at: Some(NOW.plus(-minutes.parse::<i64>().unwrap() * 60)),
    }
}

#[test]
fn those_without_a_backup_then_the_oldest() {
    assert_eq!(check("a:7/- b:7/-"), "");
    assert_eq!(check("a:-/- b:7/-"), "1:NEVER");
    assert_eq!(check("a:30/- b:50/- c:-/-"), "3:NEVER 2:MISSED 1:MISSED");
}

#[test]
fn looked_at_is_as_good_as_backed_up_if_there_is_a_backup() {
    assert_eq!(check("a:900/7 b:900/30"), "2:MISSED");
    assert_eq!(check("a:-/7"), "1:NEVER");
    assert_eq!(check("a:--9000/- b:30/--9000"), "1:NEVER 2:MISSED", "by a clock that was wrong");
}

#[test]
fn no_more_at_once_than_the_caps_and_none_twice() {
    assert_eq!(check("a:30/- a:31/- a:32/-"), "3:MISSED 2:MISSED");
    assert_eq!(check("a:30/- a:31/-r a:32/-"), "3:MISSED");
    assert_eq!(check("a:30/- b:31/- c:32/- d:33/-"), "4:MISSED 3:MISSED 2:MISSED");
    assert_eq!(check("a:30/-r b:31/-r c:32/-r d:33/-r e:-/-"), "");
    assert_eq!(check("a:30/-w a:30/-w a:31/- b:32/-w c:32/-w e:-/-"), "6:NEVER");
}

#[test]
fn a_failure_waits_longer_each_time_and_never_for_ever() {
    assert_eq!(check("a:30/-f1.4 b:30/-f1.5"), "2:MISSED");
    assert_eq!(check("a:30/-f2.9 b:30/-f2.10"), "2:MISSED");
    assert_eq!(check("a:-/-f3.19 b:-/-f3.20"), "2:NEVER");
    assert_eq!(check("a:30/-f4000000000.359 b:30/-f4000000000.360"), "2:MISSED");
    // By a clock that has been set back since.
    assert_eq!(check("a:30/-f9.-600000"), "1:MISSED");
}

#[test]
fn who_is_asked_for_does_not_wait_and_who_is_new_does() {
    let begun = |it: ScheduledTenant| {
        let due = due_backups(NightWindow::default(), ScheduleCaps::default(), &[it], NOW);
        due.first().map(|it| it.why)
    };
    let wanted = |word| ScheduledTenant { is_wanted: true, ..tenant(word, 1) };
    assert_eq!(begun(wanted("a:1/-")), Some(DueWhy::Wanted));
    assert_eq!(begun(wanted("a:1/-f9.1")), Some(DueWhy::Wanted));
    assert_eq!(begun(wanted("a:1/-r")), None);
    let made =
        |minutes: i64| ScheduledTenant { made_at: NOW.plus(-minutes * 60), ..tenant("a:-/-", 1) };
    assert_eq!(begun(made(14)), None);
    assert_eq!(begun(made(15)), Some(DueWhy::Never));
}

#[test]
fn at_its_own_moment_of_the_night() {
    let mut it = tenant("a:30/-", 1);
    let window = NightWindow::default();
    let moment = window.moment_after(it.tenant, NOW);
    it.last_good_at = Some(NOW);
    let ask = |now| due_backups(window, ScheduleCaps::default(), &[it], now).pop().map(|it| it.why);
    assert_eq!(ask(moment.plus(-1)), None);
    assert_eq!(ask(moment), Some(DueWhy::Nightly));
    assert_eq!(ask(NOW.plus(16 * HOUR - 1)), Some(DueWhy::Nightly));
    assert_eq!(ask(NOW.plus(16 * HOUR)), Some(DueWhy::Missed));
}

#[test]
fn once_for_each_moment() {
    let window = NightWindow::default();
    let moment = window.moment_after(TenantId(Uuid::from_u128(1)), NOW);
    let ask = |seen_at| {
        let it = ScheduledTenant { last_good_at: Some(seen_at), ..tenant("a:30/-", 1) };
        due_backups(window, ScheduleCaps::default(), &[it], moment.plus(60)).len()
    };
    assert_eq!(ask(moment.plus(-1)), 1);
    assert_eq!(ask(moment), 0);
}

fn fleet() -> impl Strategy<Value = Vec<ScheduledTenant>> {
    let ago = || prop::option::weighted(0.8, 0_i64..100);
    let row = (0_u128..5, ago(), ago(), prop::bool::weighted(0.1), 0_u32..4, 0_i64..90);
    prop::collection::vec(row, 0..60).prop_map(|rows| {
        let one = |((server, good, unchanged, is_running, failures, failed), id): (_, u128)| {
            let ago = |it: i64| NOW.plus(-it * HOUR);
            ScheduledTenant {
                tenant: TenantId(Uuid::from_u128(id)),
                server: ServerId(Uuid::from_u128(server)),
                made_at: NOW.plus(-1_000 * HOUR),
                is_wanted: false,
                last_good_at: Option::map(good, ago),
                last_unchanged_at: Option::map(unchanged, ago),
                is_running,
                is_waiting: false,
                failures,
                failed_at: Some(NOW.plus(-60 * failed)),
            }
        };
        rows.into_iter().zip(1..).map(one).collect()
    })
}

proptest! {
    #[test]
    fn caps_hold_and_nobody_who_runs_is_begun(
        fleet in fleet(), per_server in 0_u16..4, in_total in 0_u16..12
    ) {
        let caps = ScheduleCaps { per_server, in_total };
        let mut fleet = fleet;
        let before = fleet.iter().filter(|it| it.is_running).count();
        let begun = due_backups(NightWindow::default(), caps, &fleet, NOW);
        for it in &begun {
            let row = fleet.iter_mut().find(|row| row.tenant == it.tenant).unwrap();
            prop_assert!(!row.is_running);
            row.is_running = true;
        }
        prop_assert!(begun.is_empty() || before + begun.len() <= usize::from(in_total));
        for it in &begun {
            let server = fleet.iter().find(|row| row.tenant == it.tenant).unwrap().server;
            let there = fleet.iter().filter(|row| row.is_running && row.server == server).count();
            prop_assert!(there <= usize::from(per_server));
        }
    }

    #[test]
    fn with_room_everybody_unseen_for_a_day_is_begun(
        fleet in fleet(), start in 0_i64..24, length in 1_i64..24
    ) {
        let window: NightWindow =
            format!("{start:02}:00-{:02}:00", (start + length) % 24).parse().unwrap();
        let caps = ScheduleCaps { per_server: u16::MAX, in_total: u16::MAX };
        let begun = due_backups(window, caps, &fleet, NOW);
        for it in fleet.iter().filter(|it| !it.is_running && it.failures == 0) {
            let is_unseen = it.seen_at(NOW).is_none_or(|seen| NOW.since(seen) > DAY_SECONDS);
            prop_assert!(!is_unseen || begun.iter().any(|begun| begun.tenant == it.tenant));
        }
    }

    #[test]
    fn the_order_of_the_fleet_does_not_matter(
        (fleet, shuffled) in fleet().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        let ask = |fleet: &[ScheduledTenant]| {
            due_backups(NightWindow::default(), ScheduleCaps::default(), fleet, NOW)
        };
        prop_assert_eq!(ask(&fleet), ask(&shuffled));
    }
}

/// A fleet that is watched every ten minutes, in which a backup takes as long.
struct World {
    fleet: Vec<ScheduledTenant>,
    now: UnixSeconds,
    /// Longest time between two backups of a tenant.
    gap_max: i64,
    begun_at_once_max: usize,
}

impl World {
    const TICK: i64 = 600;
    const CAPS: ScheduleCaps = ScheduleCaps { per_server: 2, in_total: 8 };

    /// `tenants` on four servers, all backed up a moment ago.
    fn new(tenants: u128) -> Self {
        let one = |id: u128| ScheduledTenant {
            tenant: TenantId::of_key(&id.to_string()),
            server: ServerId(Uuid::from_u128(id % 4)),
            made_at: NOW.plus(-1_000 * HOUR),
            is_wanted: false,
            last_good_at: Some(NOW),
            last_unchanged_at: None,
            is_running: false,
            is_waiting: false,
            failures: 0,
            failed_at: None,
        };
        Self { fleet: (0..tenants).map(one).collect(), now: NOW, gap_max: 0, begun_at_once_max: 0 }
    }

    fn run(&mut self, seconds: i64) {
        let end = self.now.plus(seconds);
        while self.now < end {
            self.now = self.now.plus(Self::TICK);
            let begun = due_backups(NightWindow::default(), Self::CAPS, &self.fleet, self.now);
            self.begun_at_once_max = self.begun_at_once_max.max(begun.len());
            for it in begun {
                let row = self.fleet.iter_mut().find(|row| row.tenant == it.tenant).unwrap();
                self.gap_max = self.gap_max.max(self.now.since(row.last_good_at.unwrap()));
                row.last_good_at = Some(self.now);
            }
        }
    }

    fn unseen_since(&self) -> i64 {
        let oldest = self.fleet.iter().filter_map(|it| it.last_good_at).min();
        oldest.map_or(0, |it| self.now.since(it))
    }
}

#[test]
fn nobody_waits_longer_than_a_day_and_a_window() {
    // As many as the caps let through in four of the eight hours.
    let mut world = World::new(192);
    world.run(4 * DAY_SECONDS);
    let window = NightWindow::default().length_seconds();
    assert!(world.gap_max <= DAY_SECONDS + window, "{} s", world.gap_max);
    assert!(world.unseen_since() <= DAY_SECONDS + window);
}

#[test]
fn a_night_that_was_missed_is_made_up_at_once() {
    let mut world = World::new(96);
    world.now = world.now.plus(2 * DAY_SECONDS);
    // Twelve times eight.
    world.run(12 * World::TICK);
    assert_eq!(world.begun_at_once_max, 8);
    assert!(world.unseen_since() < 12 * World::TICK);
}
