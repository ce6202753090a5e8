//! Moments as people write them, both nights of 2026 in which clocks change, and whatever else may be typed.

use proptest::prelude::*;

use super::*;

/// 2026-11-22 15:00 in Paris, a Sunday.
const NOW: &str = "2026-11-22T14:00:00Z";

fn read(text: &str, now: &str) -> Result<Moment, MomentError> {
    parse_moment(text, now.parse().unwrap())
}

/// The moment in UTC.
fn check(text: &str) -> String {
    read(text, NOW).map_or_else(|it| panic!("{text}: {it}"), |it| it.timestamp().to_string())
}

/// What is said, line by line.
fn refuse(text: &str) -> String {
    read(text, NOW).expect_err(text).lines().join("\n")
}

#[test]
fn a_day_a_time_and_a_zone() {
    for text in [
        "2026-11-22 14:32 Europe/Paris",
        "  2026-11-22   14:32   europe/paris ",
        "2026-11-22T14:32 Europe/Paris",
        "2026-11-22 14:32[Europe/Paris]",
        "2026-11-22T14:32:00+01:00[Europe/Paris]",
        "2026-11-22 14:32 +01:00 Europe/Paris",
        "2026-11-22T13:32:00Z[Europe/Paris]",
        "2026-11-22T14:32:00+01:00",
        "2026-11-22 14:32:00 +0100",
        "2026-11-22 14:32+01",
        "2026-11-22t13:32:00.000z",
        "2026-11-22 13:32 UTC",
        "2026-11-22 13:32 GMT",
        "2026-11-22 08:32 America/New_York",
    ] {
        assert_eq!(check(text), "2026-11-22T13:32:00Z", "{text}");
    }
}

#[test]
fn seconds_and_their_fractions() {
    assert_eq!(check("2026-11-22 14:32:59 Europe/Paris"), "2026-11-22T13:32:59Z");
    assert_eq!(check("2026-11-22 14:32:59.25 Europe/Paris"), "2026-11-22T13:32:59.25Z");
    assert_eq!(check("2026-11-22 13:32:59.123456Z"), "2026-11-22T13:32:59.123456Z");
}

#[test]
fn today_and_yesterday_are_those_of_the_zone() {
    assert_eq!(check("yesterday 14:32 Europe/Paris"), "2026-11-21T13:32:00Z");
    assert_eq!(check("Today 14:32 Europe/Paris"), "2026-11-22T13:32:00Z");
    // There it is Monday already.
    assert_eq!(check("yesterday 12:00 Pacific/Kiritimati"), "2026-11-21T22:00:00Z");
    assert_eq!(check("yesterday 12:00 -11:00"), "2026-11-21T23:00:00Z");
}

#[test]
fn so_long_ago() {
    assert_eq!(check("2 hours ago"), "2026-11-22T12:00:00Z");
    assert_eq!(check("10 minutes ago"), "2026-11-22T13:50:00Z");
    assert_eq!(check("an hour ago"), "2026-11-22T13:00:00Z");
    assert_eq!(check("90min ago"), "2026-11-22T12:30:00Z");
    assert_eq!(check("3 Days Ago"), "2026-11-19T14:00:00Z");
    assert_eq!(check("1 week ago"), "2026-11-15T14:00:00Z");
    assert_eq!(check("0 s ago"), "2026-11-22T14:00:00Z");
}

#[test]
fn what_cannot_be_read_is_answered_with_an_example() {
    for text in [
        "",
        "noon",
        "2026-11-22",
        "2026-11-22 Europe/Paris",
        "22/11/2026 14:32 Europe/Paris",
        "2026-11-22 2:32 Europe/Paris",
        "2026-11-22 14h32 Europe/Paris",
        "2026-11-22 14:32. Europe/Paris",
        "2026-11-22 14:32.5 Europe/Paris",
        "2026-11-22 14:32 Europe/Paris please",
        "2026-11-22 14:32 +1 hour",
        "2026-11-22 14:32 +99:00",
        "yesterday",
        "hours ago",
        "2 fortnights ago",
        "-2 hours ago",
        "2 hoursago",
        "99999999999999999999 hours ago",
        "9999999999999 weeks ago",
        "2026-11-2é 14:32 Europe/Paris",
    ] {
        assert_eq!(read(text, NOW), Err(not_a_moment(text)), "{text}");
    }
    assert_eq!(
        refuse("at noon"),
        "'at noon' is not a moment that can be read\n\
         it needs a day, a time and a time zone, or how long ago\n\
         write it as in: 2026-11-22 14:32 Europe/Paris, yesterday 14:32 Europe/Paris, 10 minutes ago"
    );
}

#[test]
fn days_and_times_that_do_not_exist() {
    for (text, what) in [
        ("2026-02-29 14:32 Europe/Paris", "there is no day 2026-02-29"),
        ("2026-13-01 14:32 Europe/Paris", "there is no day 2026-13-01"),
        ("2026-11-22 24:00 Europe/Paris", "there is no time 24:00"),
        ("2026-11-22 14:60 Europe/Paris", "there is no time 14:60"),
        ("2026-11-22 14:32:60 Europe/Paris", "there is no time 14:32:60"),
    ] {
        assert_eq!(refuse(text).lines().next(), Some(what));
    }
}

#[test]
fn a_zone_is_asked_for() {
    assert_eq!(
        refuse("2026-11-22 14:32"),
        "'2026-11-22 14:32' does not say in which time zone\n\
         it is another moment in Paris than in New York\n\
         add the zone, as in: 2026-11-22 14:32 Europe/Paris, or 2026-11-22 14:32 UTC"
    );
    assert!(matches!(read("yesterday 14:32", NOW), Err(MomentError::NoZone { .. })));
    assert_eq!(
        refuse("2026-11-22 14:32 CEST"),
        "no time zone is called 'CEST'\n\
         zones have the names of places, since an abbreviation can mean several\n\
         write one as in: Europe/Paris, America/New_York, UTC, +01:00"
    );
    assert!(matches!(
        read("2026-11-22 14:32 Etc/Unknown", NOW),
        Err(MomentError::UnknownZone { .. })
    ));
}

#[test]
fn an_offset_that_the_zone_has_not() {
    assert_eq!(
        refuse("2026-11-22T14:32:00+02:00[Europe/Paris]"),
        "Europe/Paris was not at +02 then\n\
         at +02 it would have been 2026-11-22 13:32:00 Europe/Paris\n\
         leave out the offset or the zone, whichever is wrong"
    );
}

#[test]
fn what_is_still_to_come() {
    assert_eq!(
        refuse("2026-11-22 15:01 Europe/Paris"),
        "2026-11-22 15:01:00 Europe/Paris is still to come\n\
         it is 2026-11-22 15:00:00 Europe/Paris, and what has not happened cannot be restored\n\
         write a moment of the past"
    );
    assert_eq!(check("2026-11-22 15:00 Europe/Paris"), "2026-11-22T14:00:00Z");
    assert!(matches!(read("2027-10-31 02:30 Europe/Paris", NOW), Err(MomentError::Future { .. })));
}

#[test]
fn clocks_set_back_in_paris() {
    assert_eq!(
        refuse("2026-10-25 02:30 Europe/Paris"),
        "2026-10-25 02:30:00 came twice in Europe/Paris\n\
         clocks were set back that night, so it can be either of two moments\n\
         choose the earlier, 2026-10-25T02:30:00+02:00, or the later, 2026-10-25T02:30:00+01:00"
    );
    assert_eq!(check("2026-10-25T02:30:00+02:00"), "2026-10-25T00:30:00Z");
    assert_eq!(check("2026-10-25T02:30:00+01:00"), "2026-10-25T01:30:00Z");
    assert_eq!(check("2026-10-25T02:30:00+02:00[Europe/Paris]"), "2026-10-25T00:30:00Z");
    assert_eq!(check("2026-10-25T02:30:00+01:00[Europe/Paris]"), "2026-10-25T01:30:00Z");
    assert_eq!(check("2026-10-25 01:59:59 Europe/Paris"), "2026-10-24T23:59:59Z");
    assert_eq!(check("2026-10-25 03:00 Europe/Paris"), "2026-10-25T02:00:00Z");
    let yesterday = read("yesterday 02:00 Europe/Paris", "2026-10-26T12:00:00Z");
    assert!(matches!(yesterday, Err(MomentError::Ambiguous { .. })));
    // Between the two, the later one is still to come; it is asked all the same.
    let between = read("2026-10-25 02:30 Europe/Paris", "2026-10-25T00:45:00Z");
    assert!(matches!(between, Err(MomentError::Ambiguous { .. })));
    let before = read("2026-10-25 02:30 Europe/Paris", "2026-10-25T00:15:00Z");
    assert!(matches!(before, Err(MomentError::Future { .. })));
}

#[test]
fn clocks_set_back_in_new_york() {
    assert_eq!(
        refuse("2026-11-01 01:30:15.5 America/New_York").lines().next_back(),
        Some(
            "choose the earlier, 2026-11-01T01:30:15.5-04:00, or the later, 2026-11-01T01:30:15.5-05:00"
        )
    );
    assert_eq!(check("2026-11-01 01:30:15.5 -05:00"), "2026-11-01T06:30:15.5Z");
    assert_eq!(check("2026-11-01 00:59 America/New_York"), "2026-11-01T04:59:00Z");
    assert_eq!(check("2026-11-01 02:00 America/New_York"), "2026-11-01T07:00:00Z");
}

#[test]
fn clocks_set_forward() {
    assert_eq!(
        refuse("2026-03-29 02:30 Europe/Paris"),
        "2026-03-29 02:30:00 never came in Europe/Paris\n\
         clocks were set forward that night, from 02:00 to 03:00\n\
         write a time before or after that"
    );
    assert_eq!(check("2026-03-29 01:59 Europe/Paris"), "2026-03-29T00:59:00Z");
    assert_eq!(check("2026-03-29 03:00 Europe/Paris"), "2026-03-29T01:00:00Z");
    assert_eq!(
        refuse("2026-03-08 02:00 america/new_york").lines().take(2).collect::<Vec<_>>(),
        [
            "2026-03-08 02:00:00 never came in America/New_York",
            "clocks were set forward that night, from 02:00 to 03:00"
        ]
    );
    assert_eq!(check("2026-03-08 01:59:59 America/New_York"), "2026-03-08T06:59:59Z");
    assert_eq!(check("2026-03-08 03:00 America/New_York"), "2026-03-08T07:00:00Z");
    // An offset that was in force on one side of the gap only.
    assert!(matches!(
        read("2026-03-29T02:30:00+01:00[Europe/Paris]", NOW),
        Err(MomentError::NotItsOffset { .. })
    ));
}

#[test]
fn an_error_is_one_line_where_one_is_wanted() {
    assert_eq!(
        read("2026-11-22 25:00 UTC", NOW).unwrap_err().to_string(),
        "there is no time 25:00; a day goes from 00:00 to 23:59:59; \
         write one that a clock shows, as in: 2026-11-22 14:32 Europe/Paris"
    );
}

fn zone() -> impl Strategy<Value = TimeZone> {
    let zones =
        ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
    prop::sample::select(zones.to_vec()).prop_map(|it| TimeZone::get(it).unwrap())
}

proptest! {
    /// What is printed reads back, unless it came twice: then both are named, and it is one of them.
    #[test]
    fn a_moment_reads_back(
        zone in zone(), second in 0_i64..1_795_356_000, micros in prop::option::of(0_i32..1_000_000)
    ) {
        let timestamp = Timestamp::new(second, micros.unwrap_or_default() * 1_000).unwrap();
        let moment = Moment(timestamp.to_zoned(zone));
        prop_assert_eq!(read(&moment.with_offset(), NOW).unwrap().timestamp(), timestamp);
        match read(&moment.to_string(), NOW) {
            Ok(it) => prop_assert_eq!(it, moment),
            Err(MomentError::Ambiguous { earlier, later }) => {
                prop_assert!(earlier.timestamp() < later.timestamp());
                prop_assert!(moment == earlier || moment == later);
            }
            Err(other) => prop_assert!(false, "{moment}: {other}"),
        }
    }

    /// Every minute of the clock on each day of the year is a moment, two, or none, as the zone has it.
    #[test]
    fn no_time_is_guessed(zone in zone(), minute in 0_i64..525_600) {
        let local = jiff::civil::date(2025, 1, 1).at(0, 0, 0, 0) + SignedDuration::from_mins(minute);
        let text = format!("{} {}", local.strftime("%F %H:%M"), zone.iana_name().unwrap());
        let expected = zone.to_ambiguous_timestamp(local);
        match read(&text, NOW) {
            Ok(it) => prop_assert_eq!(it.timestamp(), expected.unambiguous().unwrap()),
            Err(MomentError::Ambiguous { earlier, later }) => {
                prop_assert_eq!(earlier.timestamp(), expected.earlier().unwrap());
                prop_assert_eq!(later.timestamp(), expected.later().unwrap());
                prop_assert!(earlier.timestamp() < later.timestamp());
            }
            Err(MomentError::Gap { from, to, .. }) => {
                prop_assert!(from <= local && local < to);
                let is_gap = matches!(expected.offset(), AmbiguousOffset::Gap { .. });
                prop_assert!(is_gap);
            }
            Err(other) => prop_assert!(false, "{text}: {other}"),
        }
    }

    #[test]
    fn nothing_that_is_typed_is_too_much(text in "\\PC{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{0,9}[-+Z \\[\\]0-9:/A-Za-z]{0,20}") {
        match read(&text, NOW) {
            Ok(it) => prop_assert!(it.timestamp() <= NOW.parse().unwrap()),
            Err(it) => prop_assert!(it.lines().iter().all(|it| !it.is_empty())),
        }
    }
}
