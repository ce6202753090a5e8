//! The plan, step by step, and over made-up fleets.

use proptest::prelude::*;

use super::*;

/// A wave a word: pending, running, done, failed, skipped, as in `3.0.0.0.0`.
fn fleet(waves: &str) -> FleetCount {
    let wave = |word: &str| {
        let mut numbers = word.split('.').map(|it| it.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        WaveCount {
            pending: next(),
            running: next(),
            done: next(),
            failed: next(),
            skipped: next(),
        }
    };
    FleetCount {
        waves: waves.split_whitespace().map(wave).collect(),
        is_paused: false,
        templates_moved: false,
        templates_first: false,
        lazy: LazyState::Eager,
    }
}

fn check(fleet: &FleetCount) -> Plan {
    plan(&Policy { max_failures: 1, ..Policy::default() }, fleet)
}

#[test]
fn a_wave_begins_when_the_one_before_is_through() {
    for (waves, expected) in [
        ("1.0.0.0.0 9.0.0.0.0", Plan::Do(Move::Start { wave: 0 })),
        ("0.1.0.0.0 9.0.0.0.0", Plan::Wait),
        ("0.0.1.0.0 9.0.0.0.0 9.0.0.0.0", Plan::Do(Move::Start { wave: 1 })),
        ("0.0.0.0.1 8.1.0.0.0 9.0.0.0.0", Plan::Do(Move::Start { wave: 1 })),
        ("0.0.0.1.0 0.9.0.0.0 9.0.0.0.0", Plan::Wait),
        ("0.0.0.0.0 0.0.0.0.0 9.0.0.0.0", Plan::Do(Move::Templates)),
        ("0.0.1.0.0 0.0.9.0.0 0.0.9.0.0", Plan::Do(Move::Templates)),
    ] {
        assert_eq!(check(&fleet(waves)), expected, "{waves}");
    }
}

#[test]
fn the_templates_move_before_the_last_wave_and_before_all_on_the_way_back() {
    let mut it = fleet("0.0.1.0.0 0.0.9.0.0 9.0.0.0.0");
    assert_eq!(check(&it), Plan::Do(Move::Templates));
    it.templates_moved = true;
    assert_eq!(check(&it), Plan::Do(Move::Start { wave: 2 }));
    let mut it = fleet("0.0.0.0.0 9.0.0.0.0 9.0.0.0.0");
    it.templates_first = true;
    assert_eq!(check(&it), Plan::Do(Move::Templates));
}

#[test]
fn too_many_failures_halt_it_and_a_pause_holds_it() {
    assert_eq!(check(&fleet("0.0.0.1.0 8.0.0.1.0")), Plan::Halt { failed: 2 });
    let mut it = fleet("1.0.0.0.0 9.0.0.0.0");
    it.is_paused = true;
    assert_eq!(check(&it), Plan::Wait);
    // Over is over.
    let mut it = fleet("0.0.1.0.0 0.0.7.2.0");
    it.templates_moved = true;
    assert_eq!(check(&it), Plan::Finished);
}

#[test]
fn lazily_after_the_canaries() {
    let mut it = fleet("1.0.0.0.0 9.0.0.0.0 9.0.0.0.0");
    it.lazy = LazyState::Closed;
    assert_eq!(check(&it), Plan::Do(Move::Start { wave: 0 }));
    it.waves[0] = WaveCount { done: 1, ..WaveCount::default() };
    assert_eq!(check(&it), Plan::Do(Move::Templates));
    it.templates_moved = true;
    assert_eq!(check(&it), Plan::Do(Move::OpenLazily));
    it.waves[1] = WaveCount { running: 1, ..WaveCount::default() };
    it.waves[2] = WaveCount::default();
    assert_eq!(check(&it), Plan::Wait, "there is nobody to be left to a request");
    it.waves[2] = WaveCount { pending: 9, ..WaveCount::default() };
    it.lazy = LazyState::Open;
    assert_eq!(check(&it), Plan::Wait);
    it.waves[1] = WaveCount { pending: 9, ..WaveCount::default() };
    it.lazy = LazyState::Due;
    assert_eq!(check(&it), Plan::Do(Move::Start { wave: 1 }));
}

fn fleets() -> impl Strategy<Value = (FleetCount, u32)> {
    let tenants = prop::collection::vec(0_u32..6, 1..5);
    (tenants, 0_u32..4, any::<bool>(), 0..2_u8).prop_map(|(sizes, max_failures, back, lazy)| {
        let waves = sizes
            .into_iter()
            .map(|pending| WaveCount { pending, ..WaveCount::default() })
            .collect();
        let lazy = if lazy == 0 { LazyState::Eager } else { LazyState::Closed };
        let fleet = FleetCount {
            waves,
            is_paused: false,
            templates_moved: false,
            templates_first: back,
            lazy,
        };
        (fleet, max_failures)
    })
}

proptest! {
    /// Played to its end with dice for what becomes of each tenant: it ends, with everybody taken or with a halt for a reason.
    #[test]
    fn every_rollout_ends((mut fleet, max_failures) in fleets(), dice in prop::collection::vec(0_u8..8, 200)) {
        let policy = Policy { max_failures, ..Policy::default() };
        let mut dice = dice.into_iter().cycle();
        for _ in 0..200 {
            let through = |it: &WaveCount| it.pending == 0 && it.running == 0;
            match plan(&policy, &fleet) {
                Plan::Do(Move::Templates) => {
                    prop_assert!(!fleet.templates_moved);
                    fleet.templates_moved = true;
                }
                Plan::Do(Move::OpenLazily) => {
                    prop_assert!(through(&fleet.waves[CANARY_WAVE]));
                    fleet.lazy = LazyState::Open;
                }
                Plan::Do(Move::Start { wave }) => {
                    prop_assert!(fleet.waves[..wave].iter().all(through));
                    fleet.waves[wave].pending -= 1;
                    match dice.next() {
                        Some(0) => fleet.waves[wave].failed += 1,
                        Some(1) => fleet.waves[wave].skipped += 1,
                        Some(2) => fleet.waves[wave].running += 1,
                        _ => fleet.waves[wave].done += 1,
                    }
                }
                Plan::Wait => {
                    let running = fleet.waves.iter_mut().find(|it| it.running > 0);
                    if let Some(it) = running {
                        it.running -= 1;
                        it.done += 1;
                    } else {
                        prop_assert_eq!(fleet.lazy, LazyState::Open);
                        fleet.lazy = LazyState::Due;
                    }
                }
                Plan::Halt { failed } => {
                    prop_assert!(failed > max_failures);
                    return Ok(());
                }
                Plan::Finished => {
                    prop_assert!(fleet.waves.iter().all(through) && fleet.templates_moved);
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "it does not end: {fleet:?}");
    }
}
