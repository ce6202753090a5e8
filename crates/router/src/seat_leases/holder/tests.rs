//! Processes, their clocks and the messages between them, made up; and never a seat that two believe to have.

use std::collections::BTreeMap;

use cloison_model::SeatReport;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::seat_leases::terms::{KEPT_RECLAIM, RECLAIM};

mod world;

use world::{Event, Life, NAP_MAX, Process, SERVER, TICKS_PER_SECOND, World};

fn events() -> impl Strategy<Value = Vec<(u64, Event)>> {
    let who = || 0_usize..6;
    let ticks = || 1_u64..400;
    let event = prop_oneof![
        3 => (990_u32..=1_010).prop_map(|rate| Event::Start { rate }),
        1 => who().prop_map(Event::Kill),
        1 => who().prop_map(Event::Leave),
        2 => (who(), 1..=NAP_MAX).prop_map(|(who, ticks)| Event::Sleep(who, ticks)),
        2 => (who(), ticks()).prop_map(|(who, ticks)| Event::CutOff(who, ticks)),
        2 => (who(), ticks()).prop_map(|(who, ticks)| Event::LoseAnswers(who, ticks)),
        2 => (who(), ticks()).prop_map(|(who, ticks)| Event::Slow(who, ticks)),
        4 => (who(), 0_usize..30).prop_map(|(who, demand)| Event::Want(who, demand)),
        1 => (1_usize..30).prop_map(Event::Budget),
    ];
    proptest::collection::vec((1_u64..150, event), 1..40)
}

fn running(world: &World) -> Vec<&Process> {
    world.processes.iter().filter(|it| it.life == Life::Running).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn never_more_than_there_are_and_in_the_end_all_of_them(
        budget in 1_usize..30,
        chance in any::<u64>(),
        rates in (990_u32..=1_010, 990_u32..=1_010),
        events in events(),
    ) {
        let mut world = World::new(budget, chance);
        world.start(rates.0);
        world.run(TICKS_PER_SECOND);
        world.start(rates.1);
        for (ticks, event) in &events {
            world.happen(event);
            world.run(*ticks);
        }

        // Whatever there was passes, and everybody wants more than there is.
        for process in &mut world.processes {
            process.demand = 90;
        }
        world.run((RECLAIM + Duration::from_secs(100)).as_secs() * TICKS_PER_SECOND);
        let gone: usize = world.ledger.rows.values().filter(|it| it.is_silent).map(|it| it.seats).sum();
        let have: usize = running(&world).iter().map(|it| it.connections.len()).sum();
        if !running(&world).is_empty() {
            prop_assert_eq!(have, world.ledger.budget.saturating_sub(gone));
        }
        prop_assert!(gone <= world.ledger.budget.div_ceil(2) || events.iter().any(|(_, it)| matches!(it, Event::Budget(_))));
    }
}

/// Two processes, both busy, the budget 16.
fn two() -> World {
    let mut world = World::new(16, 1);
    world.start(1_000);
    world.run(50);
    world.start(1_000);
    for process in &mut world.processes {
        process.demand = 90;
    }
    world.run(600);
    assert_eq!(world.processes[0].ceiling, 8);
    assert_eq!(world.processes[1].ceiling, 8);
    world
}

#[test]
fn who_was_killed_leaves_all_but_what_he_kept_and_that_a_day_later() {
    let mut world = two();
    world.happen(&Event::Kill(0));
    world.run(10 * TICKS_PER_SECOND);
    assert_eq!(world.processes[1].ceiling, 8, "he may be alive");
    world.run(15 * TICKS_PER_SECOND);
    assert_eq!(world.processes[1].ceiling, 14);

    world.processes.swap_remove(0);
    let (begun, mut waited) = (world.now(0), Duration::ZERO);
    while world.processes[0].ceiling == 14 {
        waited += PAUSE;
        let now = begun + waited;
        let process = &mut world.processes[0];
        let usage = Usage { budget: process.ceiling, taken: process.ceiling, wanted: 90 };
        let round = process.holder.round(now, &BTreeMap::from([(SERVER, usage)]));
        let leases = world.ledger.make(&round).unwrap();
        process.holder.answered(now, now, leases);
        process.ceiling = process.holder.ceilings(now)[&SERVER].seats;
        assert!(waited <= KEPT_RECLAIM, "{waited:?}");
    }
    assert!(waited + Duration::from_mins(1) > KEPT_RECLAIM, "{waited:?}");
    assert_eq!(world.processes[0].ceiling, 16);
}

#[test]
fn who_goes_leaves_everything_at_once() {
    let mut world = two();
    world.processes[0].connections.clear();
    world.happen(&Event::Leave(0));
    world.run(5 * TICKS_PER_SECOND);
    assert_eq!(world.processes[1].ceiling, 16);
}

#[test]
fn an_outage_takes_nothing_from_anybody_but_for_a_while() {
    let mut world = two();
    for index in 0..2 {
        world.happen(&Event::CutOff(index, 3_600 * TICKS_PER_SECOND));
    }
    world.run(5 * TICKS_PER_SECOND);
    assert_eq!(world.potential(), 16);
    world.run(20 * TICKS_PER_SECOND);
    assert_eq!(world.potential(), 4, "what both keep");
    world.run(3_600 * TICKS_PER_SECOND);
    assert_eq!(world.potential(), 16, "and it is over");
    assert!(world.ledger.rows.values().all(|it| !it.is_silent));
}

#[test]
fn who_was_counted_among_the_dead_closes_what_others_have_taken() {
    let mut world = two();
    let sleeper = &mut world.processes[0];
    sleeper.holder.asked =
        Some(BTreeMap::from([(SERVER, SeatReport { held: 8, kept: 2, wanted: 9 })]));
    let now = sleeper.next_round;
    let lease = SeatLease { seats: 2, share: 8, kept: 2 };
    let leases = SeatLeases { own: BTreeMap::from([(SERVER, lease)]), others: vec![] };
    sleeper.holder.answered(now, now, leases);
    assert_eq!(sleeper.holder.ceilings(now)[&SERVER], Ceiling { seats: 2, is_cut: true });
}

#[test]
fn the_terms_follow_from_the_last_answer_alone() {
    let begun = Instant::now();
    let mut holder = Holder::new(NodeId(Uuid::from_u128(1)));
    assert_eq!(holder.ceilings(begun), BTreeMap::new());
    let lease = SeatLease { seats: 8, share: 6, kept: 1 };
    holder.round(begun, &BTreeMap::new());
    let leases = SeatLeases { own: BTreeMap::from([(SERVER, lease)]), others: vec![] };
    holder.answered(begun, begun + Duration::from_secs(1), leases);
    let mut told = Vec::new();
    let mut at = begun;
    loop {
        let Ceiling { seats, is_cut } = holder.ceilings(at)[&SERVER];
        let cut = if is_cut { " cut" } else { "" };
        told.push(format!("{} s: {seats}{cut}", at.duration_since(begun).as_secs()));
        let Some(next) = holder.next_change(at) else { break };
        at = next;
    }
    assert_eq!(told, ["0 s: 6", "6 s: 1", "10 s: 1 cut", "72000 s: 0 cut"]);
}
