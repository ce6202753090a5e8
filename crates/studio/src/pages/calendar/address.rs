//! What part of the calendar is looked at, read from and written to the address, so that a page
//! can be bookmarked, sent to a colleague and gone back to.
//!
//! Anything that does not parse is left out: a mistyped week shows the present one.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::Deserialize;
use std::fmt::Write;
use uuid::Uuid;

/// The query as it comes in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AddressQuery {
    week: Option<String>,
    day: Option<String>,
    on: Option<String>,
    room: Option<String>,
    hours: Option<String>,
    cancelled: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Period {
    /// Monday to Sunday; narrow screens show only the day `on`.
    Week { monday: Date, on: Date },
    /// One day.
    Day(Date),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) period: Period,
    /// One room alone, or all.
    pub(crate) room: Option<Uuid>,
    /// All 24 hours, not only those that are open or in use.
    pub(crate) all_hours: bool,
    /// Cancelled and lapsed sessions too.
    pub(crate) cancelled: bool,
}

impl Address {
    pub(crate) fn parse(query: &AddressQuery, today: Date) -> Self {
        let date = |text: &Option<String>| {
            let date = text.as_deref()?.parse::<Date>().ok()?;
            (1970..=2200).contains(&date.year()).then_some(date)
        };
        let period = match (date(&query.day), query.week.as_deref().and_then(parse_week)) {
            (Some(day), _) => Period::Day(day),
            (None, week) => {
                let monday = week.unwrap_or_else(|| monday_of(today));
                let inside = |it: &Date| *it >= monday && monday_of(*it) == monday;
                let on = date(&query.on)
                    .filter(inside)
                    .unwrap_or_else(|| Some(today).filter(inside).unwrap_or(monday));
                Period::Week { monday, on }
            }
        };
        Self {
            period,
            room: query.room.as_deref().and_then(|it| it.parse().ok()),
            all_hours: query.hours.as_deref() == Some("all"),
            cancelled: query.cancelled.as_deref() == Some("1"),
        }
    }

    /// The first and the last day that are shown.
    pub(crate) fn days(&self) -> (Date, Date) {
        match self.period {
            Period::Week { monday, .. } => (monday, add_days(monday, 6)),
            Period::Day(day) => (day, day),
        }
    }

    /// The day that matters most: the one a narrow screen shows, and that a change of view keeps.
    pub(crate) fn day(&self) -> Date {
        match self.period {
            Period::Week { on, .. } => on,
            Period::Day(day) => day,
        }
    }

    /// The same view, this many weeks or days away.
    pub(crate) fn step(&self, count: i64) -> Self {
        let period = match self.period {
            Period::Week { monday, on } => {
                Period::Week { monday: add_days(monday, 7 * count), on: add_days(on, 7 * count) }
            }
            Period::Day(day) => Period::Day(add_days(day, count)),
        };
        Self { period, ..self.clone() }
    }

    pub(crate) fn in_week(&self, on: Date) -> Self {
        Self { period: Period::Week { monday: monday_of(on), on }, ..self.clone() }
    }

    pub(crate) fn in_day(&self, day: Date) -> Self {
        Self { period: Period::Day(day), ..self.clone() }
    }

    pub(crate) fn in_room(&self, room: Option<Uuid>) -> Self {
        Self { room, ..self.clone() }
    }

    pub(crate) fn href(&self) -> String {
        let mut href = match self.period {
            Period::Week { monday, on } => {
                let week = monday.iso_week_date();
                let mut href = format!("/calendar?week={:04}-W{:02}", week.year(), week.week());
                if on != monday {
                    write!(href, "&on={on}").expect("writing to a string does not fail");
                }
                href
            }
            Period::Day(day) => format!("/calendar?day={day}"),
        };
        if let Some(room) = self.room {
            write!(href, "&room={room}").expect("writing to a string does not fail");
        }
        if self.all_hours {
            href.push_str("&hours=all");
        }
        if self.cancelled {
            href.push_str("&cancelled=1");
        }
        href
    }
}

/// The Monday of the week that `date` is in.
pub(crate) fn monday_of(date: Date) -> Date {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Saturates at the ends of the calendar.
pub(crate) fn add_days(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// `2026-W48`.
fn parse_week(text: &str) -> Option<Date> {
    let (year, week) = text.split_once("-W")?;
    let year: i16 = year.parse().ok().filter(|it| (1970..=2200).contains(it))?;
    Some(ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str) -> String {
        let query: AddressQuery = serde_json::from_value(
            query
                .split_terminator('&')
                .filter_map(|it| it.split_once('='))
                .map(|(k, v)| (k.to_owned(), v.into()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        )
        .unwrap();
        Address::parse(&query, "2026-11-25".parse().unwrap()).href()
    }

    #[test]
    fn says_the_same_as_it_reads() {
        for address in [
            "week=2026-W48&on=2026-11-25",
            "week=2026-W49",
            "week=2026-W53&on=2027-01-01",
            "day=2026-11-24&hours=all&cancelled=1",
            "day=2026-11-24&room=00000000-0000-0000-0000-000000000001",
        ] {
            assert_eq!(check(address), format!("/calendar?{address}"));
        }
    }

    #[test]
    fn what_does_not_parse_is_left_out() {
        let present = "/calendar?week=2026-W48&on=2026-11-25";
        for address in [
            "",
            "week=2026-W60",
            "week=%00",
            "day=2026-02-30",
            "day=9999-12-31",
            "room=nobody",
            "week=9999-W01",
        ] {
            assert_eq!(check(address), present, "{address}");
        }
    }

    #[test]
    fn steps_cross_years() {
        let query = AddressQuery { week: Some("2026-W53".to_owned()), ..AddressQuery::default() };
        let address = Address::parse(&query, "2026-11-25".parse().unwrap());
        assert_eq!(address.step(1).href(), "/calendar?week=2027-W01");
        assert_eq!(address.step(-53).href(), "/calendar?week=2025-W52");
    }
}
