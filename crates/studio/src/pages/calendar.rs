//! The calendar: what is booked, by week or by day, of all rooms or one.

pub(crate) mod address;
pub(crate) mod booking;
mod clip;
mod day_cycle;
pub(crate) mod grid;
mod head;
mod lanes;
mod matrix;

use super::failure::Failure;
use super::frame::{Frame, Section};
use super::page;
use crate::assets::ROOMS_MAX;
use crate::booking::{CalendarEntry, Cancelled, OpeningRule, Span, open_times, week};
use crate::i18n::{Lang, Say, dates};
use crate::sign_in::Visitor;
use address::{Address, AddressQuery, Period, add_days};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use booking::Local;
use cloison_studio_queries::queries::{rooms, settings};
use day_cycle::DayCycle;
use grid::{ColumnSpec, Grid, Scene, grid};
use head::{Head, StripDay};
use http::StatusCode;
use jiff::civil::{Date, DateTime};
use matrix::{Matrix, MatrixSpec, matrix};
use uuid::Uuid;

/// A place to go, and what it is called.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: String,
}

/// A room as the calendar needs it.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// One of the eight hues.
    pub(crate) hue: i16,
}

/// What there is to draw.
pub(crate) struct Diary {
    pub(crate) rooms: Vec<Room>,
    pub(crate) open: Vec<Span>,
    entries: Vec<CalendarEntry>,
    cycle: DayCycle,
    now: DateTime,
}

#[derive(Template)]
#[template(path = "calendar/page.html")]
struct Page {
    p: Frame,
    head: Head,
    strip: Vec<StripDay>,
    matrix: Option<Matrix>,
    grid: Option<Grid>,
    agenda: Option<Matrix>,
}

/// `GET /calendar`
pub(crate) async fn show(
    visitor: Visitor,
    Query(query): Query<AddressQuery>,
) -> Result<Response, Failure> {
    let rules = opening_rules(&visitor).await?;
    let cycle = DayCycle::of(&rules);
    let today = cycle.day(visitor.zone.to_datetime(visitor.now));
    let address = Address::parse(&query, today);
    let diary = Diary::load(&visitor, &rules, &address).await?;

    let p = visitor.frame(Section::Calendar);
    let lang = p.lang;
    // A room that is not there (any more) is as good as none chosen.
    let address =
        address.in_room(address.room.filter(|id| diary.rooms.iter().any(|it| it.id == *id)));
    let locals = diary.locals(&visitor);
    let (first, last) = address.days();
    let days: Vec<Date> =
        (0..7).map(|it| add_days(first, it)).take_while(|it| *it <= last).collect();

    let all_rooms = |anchored: bool| {
        matrix(&MatrixSpec {
            lang,
            cycle: diary.cycle,
            now: diary.now,
            address: &address,
            days: &days,
            rooms: &diary.rooms,
            entries: &locals,
            anchored,
        })
    };
    let (matrix, grid, agenda) = match (&address.period, address.room) {
        (Period::Week { .. }, None) => (Some(all_rooms(true)), None, None),
        (Period::Week { .. }, Some(room)) => {
            (None, Some(diary.week_of_room(&visitor, lang, &address, &days, room)), None)
        }
        (Period::Day(day), room) => {
            let rooms: Vec<&Room> =
                diary.rooms.iter().filter(|it| room.is_none_or(|room| room == it.id)).collect();
            let agenda = (rooms.len() > 1).then(|| all_rooms(false));
            (None, Some(diary.day_of_rooms(&visitor, lang, &address, *day, &rooms, None)), agenda)
        }
    };
    let strip = head::strip(lang, &address, &days, &locals, diary.cycle, today);
    let head = head::head(lang, &address, &diary.rooms, today);
    page(&visitor, StatusCode::OK, &Page { p, head, strip, matrix, grid, agenda })
}

/// The day around a session, beside its editor.
pub(crate) async fn day_beside(
    visitor: &Visitor,
    lang: Lang,
    day: Date,
    current: Option<Uuid>,
) -> Result<(Diary, Grid), Failure> {
    let rules = opening_rules(visitor).await?;
    let address =
        Address { period: Period::Day(day), room: None, all_hours: false, cancelled: false };
    let diary = Diary::load(visitor, &rules, &address).await?;
    let rooms: Vec<&Room> = diary.rooms.iter().collect();
    let grid = diary.day_of_rooms(visitor, lang, &address, day, &rooms, current);
    Ok((diary, grid))
}

impl Diary {
    async fn load(
        visitor: &Visitor,
        rules: &[OpeningRule],
        address: &Address,
    ) -> Result<Self, Failure> {
        let cycle = if address.all_hours { DayCycle::MIDNIGHT } else { DayCycle::of(rules) };
        let (first, last) = address.days();
        let span = cycle.span(first, last, &visitor.zone).ok_or(Failure::Missing)?;
        let rooms = rooms::rooms_list().bind(&visitor.db).all().await?;
        let cancelled = if address.cancelled { Cancelled::Show } else { Cancelled::Hide };
        let mut entries = week(&visitor.db, visitor.now, span, address.room, cancelled).await?;
        entries.sort_by_key(|it| (it.starts_at, booking::rank(it), it.ends_at));
        Ok(Self {
            rooms: rooms
                .into_iter()
                .take(ROOMS_MAX)
                .map(|it| Room { id: it.id, name: it.name, hue: it.colour.rem_euclid(8) })
                .collect(),
            open: open_times(rules, &visitor.zone, span),
            entries,
            cycle,
            now: visitor.zone.to_datetime(visitor.now),
        })
    }

    fn locals(&self, visitor: &Visitor) -> Vec<Local<'_>> {
        self.entries.iter().map(|it| Local::new(it, &visitor.zone)).collect()
    }

    fn week_of_room(
        &self,
        visitor: &Visitor,
        lang: Lang,
        address: &Address,
        days: &[Date],
        room: Uuid,
    ) -> Grid {
        let name = self.rooms.iter().find(|it| it.id == room).map_or("", |it| it.name.as_str());
        let specs = days
            .iter()
            .map(|&day| ColumnSpec {
                day,
                room,
                heading: format!("{} {}", dates::weekday_short(lang, day), day.day()),
                label: dates::day(lang, day),
                href: address.in_day(day).href(),
                add: Some(book(lang, room, name, day)),
                hue: None,
                selected: day == address.day(),
                entries: self.locals(visitor),
            })
            .collect();
        grid(&self.scene(visitor, lang, address, "by-day", None), specs)
    }

    fn day_of_rooms(
        &self,
        visitor: &Visitor,
        lang: Lang,
        address: &Address,
        day: Date,
        rooms: &[&Room],
        current: Option<Uuid>,
    ) -> Grid {
        let specs = rooms
            .iter()
            .map(|room| ColumnSpec {
                day,
                room: room.id,
                heading: room.name.clone(),
                label: room.name.clone(),
                href: address.in_week(day).in_room(Some(room.id)).href(),
                add: Some(book(lang, room.id, &room.name, day)),
                hue: Some(room.hue),
                selected: true,
                entries: self
                    .locals(visitor)
                    .into_iter()
                    .filter(|it| it.entry.room == room.id)
                    .collect(),
            })
            .collect();
        grid(&self.scene(visitor, lang, address, "by-room", current), specs)
    }

    fn scene<'a>(
        &'a self,
        visitor: &'a Visitor,
        lang: Lang,
        address: &Address,
        class: &'static str,
        current: Option<Uuid>,
    ) -> Scene<'a> {
        Scene {
            lang,
            cycle: self.cycle,
            zone: &visitor.zone,
            open: &self.open,
            now: self.now,
            all_hours: address.all_hours,
            current,
            class,
        }
    }
}

pub(crate) async fn opening_rules(visitor: &Visitor) -> Result<Vec<OpeningRule>, Failure> {
    let rules = settings::opening_rules_list().bind(&visitor.db).all().await?;
    Ok(rules
        .into_iter()
        .filter_map(|it| {
            Some(OpeningRule {
                weekday: i8::try_from(it.weekday).ok()?,
                opens_minute: it.opens_minute,
                duration_minutes: it.duration_minutes,
            })
        })
        .collect())
}

fn book(lang: Lang, room: Uuid, name: &str, day: Date) -> Link {
    Link {
        href: format!("/sessions/new?room={room}&date={day}"),
        label: lang.t2("book-room-day", "room", name, "day", dates::day(lang, day)),
    }
}
