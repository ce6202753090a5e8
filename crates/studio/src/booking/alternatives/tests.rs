//! Made-up rooms and hours, and the properties that hold for all of them.

use proptest::prelude::*;

use super::*;

/// Times in these tests are hours after this; grid and wanted times stay readable.
fn hour(hours: f64) -> Timestamp {
    let quarters = (hours * 4.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "a test's hours are small")]
    let seconds = quarters as i64 * 900;
    Timestamp::from_second(1_790_000_100 / 900 * 900 + seconds).unwrap()
}

fn span(start: f64, end: f64) -> Span {
    Span::new(hour(start), hour(end)).unwrap()
}

fn room(number: u128, buffer_minutes: i64) -> Need {
    let buffer = SignedDuration::from_mins(buffer_minutes);
    Need { resource: Uuid::from_u128(number), setup: buffer, teardown: buffer }
}

/// Asks for room 1 of 3 (15 minutes of set-up and tear-down each) at 10 to 14, open from 8 to 24, with
/// engineer 9. `busy` is (resource, from, to). The answer is "room@start" in hours.
fn check(now: f64, busy: &[(u128, f64, f64)]) -> Vec<String> {
    let rooms = [room(1, 15), room(2, 15), room(3, 15)];
    let crew = [room(9, 0)];
    let wanted =
        Wanted { room: rooms[0].resource, span: span(10.0, 14.0), rooms: &rooms, crew: &crew };
    let busy: Vec<Busy> = busy
        .iter()
        .map(|(resource, from, to)| Busy {
            resource: Uuid::from_u128(*resource),
            span: span(*from, *to),
        })
        .collect();
    alternatives(hour(now), &wanted, &busy, &[span(8.0, 24.0), span(32.0, 48.0)])
        .into_iter()
        .map(|offer| {
            let hours = offer.span.start().duration_since(hour(0.0)).as_secs_f64() / 3600.0;
            format!("{}@{hours}", offer.room.as_u128())
        })
        .collect()
}

#[test]
fn other_rooms_come_first_then_the_nearest_times() {
    assert_eq!(check(0.0, &[(1, 9.75, 14.25)]), ["2@10", "3@10", "1@14.5"]);
}

#[test]
fn buffers_count_and_exact_adjacency_is_free() {
    assert_eq!(
        check(0.0, &[(1, 9.75, 14.25), (2, 14.25, 15.0), (3, 14.0, 15.0)]),
        ["2@10", "1@14.5"]
    );
}

#[test]
fn an_earlier_time_is_offered_when_it_is_still_to_come() {
    let late = [(1, 12.25, 18.0), (2, 0.0, 48.0), (3, 0.0, 48.0)];
    assert_eq!(check(0.0, &late), ["1@18.25", "1@8"]);
    assert_eq!(check(9.0, &late), ["1@18.25"]);
}

#[test]
fn nothing_is_offered_outside_opening_hours() {
    let full = [(1, 0.0, 20.5), (2, 0.0, 48.0), (3, 0.0, 48.0)];
    assert_eq!(check(0.0, &full), ["1@32"]);
}

#[test]
fn a_busy_engineer_rules_out_every_room_at_that_time() {
    assert_eq!(check(0.0, &[(9, 10.0, 14.0), (1, 9.0, 12.0)]), ["1@14"]);
}

fn busy_spans() -> impl Strategy<Value = Vec<(u128, f64, f64)>> {
    let quarter =
        |range: std::ops::Range<u32>| range.prop_map(|quarters| f64::from(quarters) / 4.0);
    let one = (prop_oneof![1u128..=3, Just(9u128)], quarter(0..180), quarter(1..40))
        .prop_map(|(resource, from, length)| (resource, from, from + length));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn every_offer_can_be_booked(busy in busy_spans(), now in 0u32..100, start in 0u32..150, quarters in 1u32..40) {
        let rooms = [room(1, 15), room(2, 0), room(3, 30)];
        let crew = [room(9, 0)];
        let (now, start) = (f64::from(now) / 4.0, f64::from(start) / 4.0);
        let wanted_span = span(start, start + f64::from(quarters) / 4.0);
        let wanted = Wanted { room: rooms[0].resource, span: wanted_span, rooms: &rooms, crew: &crew };
        let busy: Vec<Busy> = busy
            .into_iter()
            .map(|(resource, from, to)| Busy { resource: Uuid::from_u128(resource), span: span(from, to) })
            .collect();
        let opening = [span(8.0, 24.0), span(32.0, 48.0)];

        let offers = alternatives(hour(now), &wanted, &busy, &opening);
        prop_assert!(offers.len() <= OTHER_ROOMS_MAX + 2);
        for offer in &offers {
            prop_assert_eq!(offer.span.duration(), wanted_span.duration());
            let needs = [*rooms.iter().find(|room| room.resource == offer.room).unwrap(), crew[0]];
            for need in needs {
                let needed = offer.span.widened(need.setup, need.teardown).unwrap();
                let clash = busy.iter().find(|it| it.resource == need.resource && it.span.overlaps(needed));
                prop_assert_eq!(clash, None);
            }
            if offer.room == wanted.room {
                prop_assert!(offer.span.start() >= hour(now));
                prop_assert!(offer.span != wanted_span);
                prop_assert!(opening.iter().any(|open| open.contains(offer.span)));
            } else {
                prop_assert_eq!(offer.span, wanted_span);
            }
        }
    }

    #[test]
    fn the_offer_after_is_the_first_one_free(busy in busy_spans(), start in 0u32..180) {
        let rooms = [room(1, 15)];
        let wanted_span = span(f64::from(start) / 4.0, f64::from(start) / 4.0 + 2.0);
        let wanted = Wanted { room: rooms[0].resource, span: wanted_span, rooms: &rooms, crew: &[] };
        let busy: Vec<Busy> = busy
            .into_iter()
            .map(|(resource, from, to)| Busy { resource: Uuid::from_u128(resource), span: span(from, to) })
            .collect();
        let opening = [span(0.0, 60.0)];

        let after = alternatives(hour(0.0), &wanted, &busy, &opening)
            .into_iter()
            .map(|offer| offer.span.start())
            .find(|at| *at > wanted_span.start());
        let expected = (start + 1..=58 * 4)
            .map(|quarter| wanted_span.starting_at(hour(f64::from(quarter) / 4.0)).unwrap())
            .find(|span| is_free(&rooms[0], &[], &busy, *span))
            .map(Span::start);
        prop_assert_eq!(after, expected);
    }
}
