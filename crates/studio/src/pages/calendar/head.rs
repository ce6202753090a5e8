//! What stands above the calendar: which week or day, the way to others, the rooms to choose from.

use super::address::{Address, Period, add_days, monday_of};
use super::booking::Local;
use super::day_cycle::DayCycle;
use super::{Link, Room};
use crate::i18n::{Lang, Say, dates};
use jiff::civil::Date;

pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) week: Option<String>,
    pub(crate) previous: Link,
    pub(crate) next: Link,
    pub(crate) today: String,
    pub(crate) is_week: bool,
    pub(crate) to_week: String,
    pub(crate) to_day: String,
    pub(crate) add: String,
    pub(crate) rooms: Vec<RoomLink>,
    /// All 24 hours or only those open; where there is a time grid.
    pub(crate) hours: Option<Link>,
    pub(crate) cancelled: Link,
}

pub(crate) struct RoomLink {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) hue: Option<i16>,
    pub(crate) current: bool,
}

/// One of the seven days that a narrow screen offers.
pub(crate) struct StripDay {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) weekday: String,
    pub(crate) number: i8,
    pub(crate) count: usize,
    pub(crate) today: bool,
    pub(crate) current: bool,
}

pub(crate) fn head(lang: Lang, address: &Address, rooms: &[Room], today: Date) -> Head {
    let (first, last) = address.days();
    let is_week = matches!(address.period, Period::Week { .. });
    let (title, week, previous, next) = if is_week {
        let week = lang.t1("week-number", "number", i64::from(first.iso_week_date().week()));
        (dates::range(lang, first, last), Some(week), "previous-week", "next-week")
    } else {
        (dates::day_year(lang, first), None, "previous-day", "next-day")
    };
    let now = if is_week { address.in_week(today) } else { address.in_day(today) };
    let shown = address.day();
    let mut links = vec![RoomLink {
        href: address.in_room(None).href(),
        label: lang.t("rooms-all"),
        hue: None,
        current: address.room.is_none(),
    }];
    links.extend(rooms.iter().map(|room| RoomLink {
        href: address.in_room(Some(room.id)).href(),
        label: room.name.clone(),
        hue: Some(room.hue),
        current: address.room == Some(room.id),
    }));
    let hours = Link {
        href: Address { all_hours: !address.all_hours, ..address.clone() }.href(),
        label: lang.t(if address.all_hours { "hours-open" } else { "hours-all" }),
    };
    Head {
        title,
        week,
        previous: Link { href: address.step(-1).href(), label: lang.t(previous) },
        next: Link { href: address.step(1).href(), label: lang.t(next) },
        today: now.href(),
        is_week,
        to_week: address.in_week(shown).href(),
        to_day: address.in_day(shown).href(),
        add: match address.room {
            Some(room) => format!("/sessions/new?date={shown}&room={room}"),
            None => format!("/sessions/new?date={shown}"),
        },
        rooms: links,
        hours: (!is_week || address.room.is_some()).then_some(hours),
        cancelled: Link {
            href: Address { cancelled: !address.cancelled, ..address.clone() }.href(),
            label: lang.t(if address.cancelled { "cancelled-hide" } else { "cancelled-show" }),
        },
    }
}

/// The days of the week that is shown; in the view of one day, those of its week without counts.
pub(crate) fn strip(
    lang: Lang,
    address: &Address,
    days: &[Date],
    entries: &[Local<'_>],
    cycle: DayCycle,
    today: Date,
) -> Vec<StripDay> {
    let shown = address.day();
    let monday = monday_of(shown);
    let day = |offset: i64| {
        let day = add_days(monday, offset);
        let count = if days.len() > 1 {
            entries.iter().filter(|it| cycle.clip(it.start, it.end, day).is_some()).count()
        } else {
            0
        };
        let name = dates::day(lang, day);
        StripDay {
            href: match address.period {
                Period::Week { .. } => address.in_week(day).href(),
                Period::Day(_) => address.in_day(day).href(),
            },
            label: if days.len() > 1 {
                lang.t2("day-with-count", "day", name, "count", count)
            } else {
                name
            },
            weekday: dates::weekday_short(lang, day),
            number: day.day(),
            count,
            today: day == today,
            current: day == shown,
        }
    };
    (0..7).map(day).collect()
}
