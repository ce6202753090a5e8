//! The bounds, at their edges.

use super::*;

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Start and length in minutes from now.
fn check(start: i64, minutes: i64) -> Vec<Problem> {
    let starts_at = now() + SignedDuration::from_mins(start);
    let ends_at = starts_at + SignedDuration::from_mins(minutes);
    bounded_span(now(), starts_at, ends_at).err().unwrap_or_default()
}

#[test]
fn a_span_is_within_its_bounds_to_the_minute() {
    const DAY: i64 = 24 * 60;
    assert_eq!(check(60, 15), []);
    assert_eq!(check(60, 14), [Problem::TooShort]);
    assert_eq!(check(60, 0), [Problem::EndNotAfterStart]);
    assert_eq!(check(60, -60), [Problem::EndNotAfterStart]);
    assert_eq!(check(60, 14 * DAY), []);
    assert_eq!(check(60, 14 * DAY + 1), [Problem::TooLong]);
    assert_eq!(check(-366 * DAY, 60), []);
    assert_eq!(check(-366 * DAY - 1, 60), [Problem::TooFarBack]);
    assert_eq!(check(3 * 366 * DAY, 60), []);
    assert_eq!(check(3 * 366 * DAY + 1, 5), [Problem::TooFarAhead, Problem::TooShort]);
}

#[test]
fn the_ends_of_time_are_refused_not_overflowed() {
    let (min, max) = (Timestamp::MIN, Timestamp::MAX);
    assert_eq!(bounded_span(now(), min, max), Err(vec![Problem::TooFarBack, Problem::TooLong]));
    assert_eq!(
        bounded_span(now(), max, min),
        Err(vec![Problem::TooFarAhead, Problem::EndNotAfterStart])
    );
}

#[test]
fn texts_are_counted_in_characters() {
    let check = |title: &str, notes: &str| {
        Details { client: None, title: title.to_owned(), notes: notes.to_owned() }.problems()
    };
    assert_eq!(check(&"é".repeat(120), &"🎸".repeat(2000)), []);
    assert_eq!(check(&"é".repeat(121), ""), [Problem::TitleTooLong]);
    assert_eq!(check(" \t ", &"a".repeat(2001)), [Problem::TitleEmpty, Problem::NotesTooLong]);
    assert_eq!(check("a\0b", ""), [Problem::NulCharacter]);
}

#[test]
fn a_hold_ends_in_the_future() {
    let check = |hours| {
        Firmness::Hold { expires_at: now() + SignedDuration::from_hours(hours) }.problems(now())
    };
    assert_eq!(check(72), []);
    assert_eq!(check(0), [Problem::ExpiryOutOfRange]);
    assert_eq!(check(60 * 24 + 1), [Problem::ExpiryOutOfRange]);
    let deposit = Firmness::PendingDeposit {
        deposit_cents: 0,
        expires_at: now() + SignedDuration::from_hours(1),
    };
    assert_eq!(deposit.problems(now()), [Problem::DepositOutOfRange]);
}
