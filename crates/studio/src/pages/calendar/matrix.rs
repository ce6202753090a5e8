//! The week of all rooms: a row a room, a column a day, the bookings in the order of time. Six
//! rooms and sixty sessions stay readable, where a time grid of 42 columns would not.
//!
//! Narrow screens show one day of it, room by room.

use super::booking::{BookingView, Local};
use super::day_cycle::DayCycle;
use super::{Address, Link, Room};
use crate::i18n::{Lang, Say, dates};
use jiff::civil::{Date, DateTime};

pub(crate) struct Matrix {
    pub(crate) rooms: Vec<RoomHead>,
    pub(crate) days: Vec<Day>,
}

pub(crate) struct RoomHead {
    pub(crate) name: String,
    pub(crate) hue: i16,
    pub(crate) href: String,
    pub(crate) row: usize,
    pub(crate) last: bool,
}

pub(crate) struct Day {
    pub(crate) heading: String,
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) column: usize,
    pub(crate) selected: bool,
    pub(crate) today: bool,
    pub(crate) cells: Vec<Cell>,
}

pub(crate) struct Cell {
    pub(crate) room: String,
    pub(crate) row: usize,
    pub(crate) hue: i16,
    pub(crate) last: bool,
    pub(crate) bookings: Vec<BookingView>,
    pub(crate) add: Link,
}

/// What the week is made of.
pub(crate) struct MatrixSpec<'a> {
    pub(crate) lang: Lang,
    pub(crate) cycle: DayCycle,
    pub(crate) now: DateTime,
    pub(crate) address: &'a Address,
    pub(crate) days: &'a [Date],
    pub(crate) rooms: &'a [Room],
    /// In the order of time.
    pub(crate) entries: &'a [Local<'a>],
    /// Where no other part of the page has the same bookings.
    pub(crate) anchored: bool,
}

pub(crate) fn matrix(spec: &MatrixSpec<'_>) -> Matrix {
    let &MatrixSpec { lang, cycle, now, address, days, rooms, entries, anchored } = spec;
    let today = cycle.day(now);
    let rows = rooms.len();
    let heads = rooms
        .iter()
        .enumerate()
        .map(|(index, room)| RoomHead {
            name: room.name.clone(),
            hue: room.hue,
            href: address.in_room(Some(room.id)).href(),
            row: index + 1,
            last: index + 1 == rows,
        })
        .collect();
    let day = |(index, &day): (usize, &Date)| {
        let cells = rooms.iter().enumerate().map(|(row, room)| {
            let bookings = entries
                .iter()
                .filter(|it| it.entry.room == room.id)
                .filter_map(|it| {
                    let clip = cycle.clip(it.start, it.end, day)?;
                    Some(it.view(lang, "", anchored && !clip.from_before, None))
                })
                .collect();
            Cell {
                room: room.name.clone(),
                row: row + 1,
                hue: room.hue,
                last: row + 1 == rows,
                bookings,
                add: Link {
                    href: format!("/sessions/new?room={}&date={day}", room.id),
                    label: lang.t2(
                        "book-room-day",
                        "room",
                        &room.name,
                        "day",
                        dates::day(lang, day),
                    ),
                },
            }
        });
        Day {
            heading: format!("{} {}", dates::weekday_short(lang, day), day.day()),
            label: dates::day(lang, day),
            href: address.in_day(day).href(),
            column: index + 1,
            selected: day == address.day(),
            today: day == today,
            cells: cells.collect(),
        }
    };
    Matrix { rooms: heads, days: days.iter().enumerate().map(day).collect() }
}
