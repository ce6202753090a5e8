//! Ticks cover what is drawn, every point lies in the frame, and a picture is what it was.

use proptest::prelude::*;

use super::line::path;
use super::scale::{Scale, ticks, times};
use super::*;
use crate::format;

const NOON: &str = "2026-03-18T12:00:00Z";

#[test]
fn ticks_are_round() {
    for (most, step_min, expected) in [
        (0.0, 1.0, vec![0.0, 1.0]),
        (1.0, 1.0, vec![0.0, 1.0]),
        (3.0, 1.0, vec![0.0, 1.0, 2.0, 3.0]),
        (7.0, 1.0, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
        (40.0, 1.0, vec![0.0, 10.0, 20.0, 30.0, 40.0]),
        (41.0, 1.0, vec![0.0, 20.0, 40.0, 60.0]),
        (0.5, 0.25, vec![0.0, 0.5]),
        (f64::NAN, 1.0, vec![0.0, 1.0]),
    ] {
        assert_eq!(ticks(most, step_min, 5), expected, "{most}");
    }
}

#[test]
fn times_are_round() {
    let noon = NOON.parse::<Timestamp>().unwrap().as_second();
    let check = |from: i64, hours: f64| {
        let (step, found) = times(from, hours * 3_600.0, 7);
        let words: Vec<_> =
            found.into_iter().map(|it| Timestamp::from_second(it).unwrap().to_string()).collect();
        (step / 3_600, words.len(), words[0].clone())
    };
    assert_eq!(check(noon, 6.0), (1, 7, "2026-03-18T12:00:00Z".to_owned()));
    assert_eq!(check(noon + 1, 6.0), (1, 6, "2026-03-18T13:00:00Z".to_owned()));
    assert_eq!(check(noon, 24.0), (4, 7, "2026-03-18T12:00:00Z".to_owned()));
    assert_eq!(check(noon, 14.0 * 24.0), (48, 7, "2026-03-20T00:00:00Z".to_owned()));
}

proptest! {
    #[test]
    fn ticks_cover_the_range_and_are_few(most in 1e-3_f64..1e15, step_min in 1e-3_f64..1e3) {
        let found = ticks(most, step_min, 5);
        prop_assert!(found[0].abs() < f64::EPSILON);
        let last = *found.last().unwrap();
        prop_assert!(last >= most * (1.0 - 1e-6), "{last} for {most}");
        prop_assert!((2..=6).contains(&found.len()), "{found:?}");
        // Not much of the picture stays empty.
        prop_assert!(found.len() == 2 || last - (last / from_count(found.len() - 1)) < most);
    }

    #[test]
    fn every_point_lies_in_the_frame(
        values in proptest::collection::vec(proptest::option::of(-1e18_f64..1e18), 0..50),
        most in 1e-3_f64..1e18,
    ) {
        let across = Scale { from: 0.0, to: 49.0, begin: LEFT, end: WIDTH - RIGHT };
        let up = Scale { from: 0.0, to: most, begin: HEIGHT - BOTTOM, end: TOP };
        let drawn = path(&values, across, up);
        let mut points = 0;
        for part in drawn.split(['M', 'L']).skip(1) {
            let (x, y) = part.trim_end_matches("h0").split_once(' ').unwrap();
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            prop_assert!((LEFT..=WIDTH - RIGHT).contains(&x), "{x}");
            prop_assert!((TOP..=HEIGHT - BOTTOM).contains(&y), "{y}");
            points += 1;
        }
        prop_assert_eq!(points, values.iter().flatten().count());
    }

    #[test]
    fn times_lie_in_the_range(from in 0_i64..4_000_000_000, hours in 1_u32..400) {
        let seconds = f64::from(hours) * 3_600.0;
        let (step, found) = times(from, seconds, 7);
        prop_assert!(found.len() <= 8, "{found:?}");
        for it in found {
            prop_assert_eq!(it % step, 0);
            prop_assert!(it >= from && to_float(it) <= to_float(from) + seconds);
        }
    }
}

#[test]
fn a_hole_is_a_hole_and_a_lone_value_a_dot() {
    let scale = |begin: f64, end: f64| Scale { from: 0.0, to: 4.0, begin, end };
    let values = [Some(0.0), Some(4.0), None, Some(2.0), None];
    assert_eq!(path(&values, scale(0.0, 40.0), scale(100.0, 0.0)), "M0 100L10 0M30 50h0");
}

fn plot(series: Vec<Series>) -> Plot {
    Plot {
        id: "requests",
        title: "Requests <per> second".to_owned(),
        axis: Axis { from: NOON.parse().unwrap(), stretch_seconds: 3_600, stretches: 6 },
        series,
        format: format::number,
        step_min: 1.0,
    }
}

#[test]
fn a_picture_is_what_it_was() {
    let series = vec![
        Series {
            name: "answered".to_owned(),
            values: vec![Some(1.0), Some(3.0), None, Some(12.5), Some(8.0), None],
        },
        Series {
            name: "errors & co".to_owned(),
            values: vec![None, Some(0.0), None, None, None, None],
        },
    ];
    insta::assert_snapshot!(plot(series).draw(Lang::En).unwrap());
}

#[test]
fn where_nothing_was_measured_it_says_so() {
    let series = vec![Series { name: "answered".to_owned(), values: vec![None; 6] }];
    let drawn = plot(series).draw(Lang::Fr).unwrap();
    assert!(drawn.contains(&Lang::Fr.t("plot-empty")), "{drawn}");
}

#[test]
fn a_fleet_of_any_size_has_the_same_policy() {
    let drawn = plot(Vec::new()).draw(Lang::En).unwrap();
    assert!(!drawn.contains("style="), "the content policy refuses inline styles");
}
