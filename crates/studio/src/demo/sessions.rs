//! A year of sessions and the weeks to come. Days fill up by weekday and season; each session gets a room, people
//! and gear that are free, and the state that a session of that time would be in.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::dice::Dice;
use super::people::{Client, User, regulars};
use super::profile::{RoomProfile, Shape};
use super::timetable::Timetable;
use super::words::Words;
use crate::booking::{SessionStatus, Span};

pub(super) struct Session {
    pub(super) id: Uuid,
    pub(super) client: usize,
    pub(super) title: String,
    pub(super) notes: &'static str,
    pub(super) status: SessionStatus,
    pub(super) span: Span,
    pub(super) hold_rank: Option<i16>,
    pub(super) hold_expires_at: Option<Timestamp>,
    pub(super) hourly_rate_cents: i64,
    pub(super) deposit_cents: i64,
    pub(super) room: usize,
    pub(super) engineer: Option<usize>,
    pub(super) gear: Vec<usize>,
    pub(super) booked_by: usize,
    pub(super) created_at: Timestamp,
    pub(super) cancelled_at: Option<Timestamp>,
    pub(super) cancel_reason: Option<&'static str>,
}

/// What there is to book with. The ids are the resources'.
pub(super) struct House<'a> {
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
    pub(super) shape: Shape,
    pub(super) words: &'static Words,
    pub(super) rooms: &'a [(Uuid, RoomProfile)],
    pub(super) engineers: &'a [Uuid],
    pub(super) gear: &'a [Uuid],
    pub(super) clients: &'a [Client],
    pub(super) users: &'a [User],
}

/// Minutes and how common they are.
const DURATIONS: [(i64, u32); 8] =
    [(60, 5), (90, 3), (120, 20), (180, 17), (240, 33), (360, 6), (480, 12), (600, 4)];
/// Hours at which sessions like to begin.
const WEEKDAY_STARTS: [(i64, u32); 9] =
    [(9, 6), (10, 12), (11, 6), (14, 18), (16, 6), (18, 20), (19, 18), (20, 10), (22, 4)];
const WEEKEND_STARTS: [(i64, u32); 8] =
    [(10, 14), (11, 12), (13, 12), (14, 18), (16, 12), (18, 14), (20, 12), (22, 6)];
/// Nobody starts later than 23:30 or works past three in the morning, in minutes after midnight.
const LAST_START: i64 = 23 * 60 + 30;
const LAST_END: i64 = 27 * 60;
/// Pieces of equipment that one session asks for; some of them are out already.
const GEAR_MAX: i64 = 6;
/// Tries before a day counts as full; what did not fit goes to the next one.
const TRIES_MAX: usize = 12;
/// Of 87 past sessions 66 take place; twelve are cancelled and nine lapse as holds.
const TAKING_PLACE: (usize, usize) = (66, 87);
/// Of a hundred sessions to come, those that nobody has cancelled yet.
const STILL_ON: usize = 85;

/// Everything in the calendar.
pub(super) struct Diary {
    pub(super) sessions: Vec<Session>,
    pub(super) blocks: Vec<Block>,
}

/// A room that cannot be used for a while.
pub(super) struct Block {
    pub(super) room: usize,
    pub(super) span: Span,
    pub(super) label: &'static str,
}

pub(super) fn diary(dice: &mut Dice, house: &House<'_>) -> Diary {
    let mut studio = Invention {
        dice,
        house,
        timetable: Timetable::default(),
        sessions: Vec::new(),
        blocks: Vec::new(),
    };
    let today = house.zone.to_datetime(house.now).date();
    let past: Vec<Date> = (-365..0).map(|days| day_after(today, days)).collect();
    let coming: Vec<Date> =
        (0..=house.shape.coming_days).map(|days| day_after(today, days)).collect();

    let (past_total, coming_total) = (house.shape.past_sessions, house.shape.coming_sessions);
    let past_live = past_total * TAKING_PLACE.0 / TAKING_PLACE.1;
    let coming_live = coming_total * STILL_ON / 100;
    studio.overnights(&[past.as_slice(), coming.as_slice()].concat());
    studio.hold_queue(day_after(today, 2));
    studio.maintenance(&coming);
    studio.fill(&past, past_live, |_| 100);
    // Next week is nearly full, next month is not.
    studio.fill(&coming, coming_live, |index| 160_u32.saturating_sub(5 * index).max(30));
    studio.fall_through(&past, past_total - past_live);
    studio.fall_through(&coming, coming_total - coming_live);

    let Invention { mut sessions, blocks, .. } = studio;
    sessions.sort_by_key(|session| (session.span.start(), session.id));
    Diary { sessions, blocks }
}

fn day_after(today: Date, days: i64) -> Date {
    today.saturating_add(jiff::Span::new().days(days))
}

struct Invention<'a> {
    dice: &'a mut Dice,
    house: &'a House<'a>,
    timetable: Timetable,
    sessions: Vec<Session>,
    blocks: Vec<Block>,
}

impl Invention<'_> {
    /// Spreads `total` sessions that really take their place over the days, by how busy such a day is.
    fn fill(&mut self, days: &[Date], total: usize, boost: impl Fn(u32) -> u32) {
        let weights: Vec<u64> =
            (0..).zip(days).map(|(index, day)| u64::from(weight(*day) * boost(index))).collect();
        let sum: u64 = weights.iter().sum();
        let mut seen = 0;
        let mut placed = 0;
        for (day, weight) in days.iter().zip(weights) {
            seen += weight;
            let due = usize::try_from(total as u64 * seen / sum.max(1)).unwrap_or(total);
            let mut full = false;
            while placed < due && !full {
                full = !self.place(*day);
                placed += usize::from(!full);
            }
        }
    }

    /// One session somewhere on that day. False when nothing fits any more.
    fn place(&mut self, day: Date) -> bool {
        for _ in 0..TRIES_MAX {
            let room = self.dice.index(self.house.rooms.len());
            let minutes = self.dice.weighted(&DURATIONS);
            let start = self.start_minute(day);
            if let Some(span) = self.fit(room, day, start, minutes, LAST_END) {
                let status = self.live_status(span);
                self.add(room, span, status);
                return true;
            }
        }
        false
    }

    /// The first time from `start` on at which the room is free for that long, on the half hour.
    fn fit(&self, room: usize, day: Date, start: i64, minutes: i64, last_end: i64) -> Option<Span> {
        let (id, profile) = self.house.rooms[room];
        let mut start = start;
        while start <= LAST_START && start + minutes <= last_end {
            let span = self.span(day, start, minutes)?;
            match self.timetable.blocker(id, profile.busy(span)) {
                None => return Some(span),
                Some(_) => start += 30,
            }
        }
        None
    }

    fn span(&self, day: Date, start_minute: i64, minutes: i64) -> Option<Span> {
        let local = day
            .to_datetime(Time::midnight())
            .checked_add(SignedDuration::from_mins(start_minute))
            .ok()?;
        let start = self.house.zone.to_ambiguous_timestamp(local).compatible().ok()?;
        Span::new(start, start + SignedDuration::from_mins(minutes))
    }

    fn start_minute(&mut self, day: Date) -> i64 {
        let hour = if is_weekend(day) {
            self.dice.weighted(&WEEKEND_STARTS)
        } else {
            self.dice.weighted(&WEEKDAY_STARTS)
        };
        hour * 60 + if self.dice.percent(20) { 30 } else { 0 }
    }

    /// What a session at that time that went as planned would be now.
    fn live_status(&mut self, span: Span) -> SessionStatus {
        if span.end() <= self.house.now {
            if self.dice.percent(3) { SessionStatus::NoShow } else { SessionStatus::Completed }
        } else if span.start() <= self.house.now {
            SessionStatus::InProgress
        } else {
            self.dice.weighted(&[
                (SessionStatus::Confirmed, 74),
                (SessionStatus::PendingDeposit, 13),
                (SessionStatus::Hold, 13),
            ])
        }
    }

    /// Sessions that came to nothing. They take no place, so they may lie over others.
    fn fall_through(&mut self, days: &[Date], total: usize) {
        for _ in 0..total {
            let day = self.dice.pick(days);
            let room = self.dice.index(self.house.rooms.len());
            let minutes = self.dice.weighted(&DURATIONS);
            let start = self.start_minute(day);
            let status =
                self.dice.weighted(&[(SessionStatus::Cancelled, 12), (SessionStatus::Expired, 9)]);
            if let Some(span) = self.span(day, start, minutes) {
                self.add(room, span, status);
            }
        }
    }

    /// Two sessions through each night on which the clocks change, and one into the new year.
    fn overnights(&mut self, days: &[Date]) {
        for pair in days.windows(2) {
            let [day, next] = *pair else { continue };
            let long = |date: Date| {
                crate::booking::local_time::days(date, date, &self.house.zone)
                    .is_none_or(|span| span.duration() != SignedDuration::from_hours(24))
            };
            let rooms = if long(next) { 2 } else { usize::from(next.day_of_year() == 1) };
            for room in 0..rooms.min(self.house.rooms.len()) {
                if let Some(span) = self.fit(room, day, 22 * 60, 8 * 60, 30 * 60 + 30) {
                    let status = match self.live_status(span) {
                        // These are here to be billed.
                        SessionStatus::NoShow => SessionStatus::Completed,
                        other => other,
                    };
                    self.add(room, span, status);
                }
            }
        }
    }

    /// A first and a second hold on the same evening, a deposit awaited and a cancellation, so that the first
    /// screen shows what a studio has to decide.
    fn hold_queue(&mut self, day: Date) {
        let Some(evening) = self.fit(0, day, 19 * 60, 240, LAST_END) else { return };
        self.add(0, evening, SessionStatus::Hold);
        let second = self.sessions.len();
        self.add(0, evening, SessionStatus::Hold);
        if let Some(session) = self.sessions.get_mut(second) {
            session.hold_rank = Some(2);
            session.engineer = None;
            session.gear.clear();
        }
        if let Some(afternoon) = self.fit(1, day, 14 * 60, 180, LAST_END) {
            self.add(1, afternoon, SessionStatus::PendingDeposit);
            self.add(1, afternoon, SessionStatus::Cancelled);
        }
    }

    /// Half a day out of order now and then.
    fn maintenance(&mut self, days: &[Date]) {
        for (day, label) in days.iter().skip(1).step_by(9).zip(self.house.words.block_labels) {
            let room = self.dice.index(self.house.rooms.len());
            if let Some(span) = self.fit(room, *day, 9 * 60, 180, LAST_END) {
                let (id, _) = self.house.rooms[room];
                self.timetable.enter(id, span);
                self.blocks.push(Block { room, span, label });
            }
        }
    }

    fn add(&mut self, room: usize, span: Span, status: SessionStatus) {
        let House { now, words, clients, .. } = *self.house;
        let (room_id, profile) = self.house.rooms[room];
        let hours_before = self.dice.between(3, 40 * 24);
        let created_at = (span.start() - SignedDuration::from_hours(hours_before)).min(now);
        let takes_place = !matches!(status, SessionStatus::Cancelled | SessionStatus::Expired);
        let engineer =
            self.dice.percent(82).then(|| self.free(self.house.engineers, span)).flatten();
        let mut gear: Vec<usize> = (0..self.dice.between(0, GEAR_MAX))
            .filter_map(|_| self.free(self.house.gear, span))
            .collect();
        gear.sort_unstable();
        gear.dedup();

        if takes_place {
            self.timetable.enter(room_id, profile.busy(span));
            if let Some(index) = engineer {
                self.timetable.enter(self.house.engineers[index], span);
            }
            for index in &gear {
                self.timetable.enter(self.house.gear[*index], span);
            }
        }

        let hold_expires_at = match status {
            // Still to come, and over before the session would begin.
            SessionStatus::Hold | SessionStatus::PendingDeposit => Some(
                (now + SignedDuration::from_hours(self.dice.between(12, 72))).min(span.start()),
            ),
            SessionStatus::Expired => Some(created_at + SignedDuration::from_hours(2)),
            _ => None,
        };
        let cancelled_at = (status == SessionStatus::Cancelled).then(|| {
            (created_at + SignedDuration::from_hours(self.dice.between(1, hours_before))).min(now)
        });
        let client = self.client();
        let work = self.dice.pick(words.works);
        let title = match self.dice.index(4) {
            0 => clients[client].display_name.clone(),
            1 => work.to_owned(),
            _ => format!("{work} – {}", self.dice.pick(words.projects)),
        };
        let price = crate::booking::price_cents(profile.hourly_rate_cents, span.duration());
        let session = Session {
            id: self.dice.id(created_at),
            client,
            title,
            notes: if self.dice.percent(15) { self.dice.pick(words.notes) } else { "" },
            status,
            span,
            hold_rank: (status == SessionStatus::Hold).then_some(1),
            hold_expires_at,
            hourly_rate_cents: profile.hourly_rate_cents,
            deposit_cents: if self.dice.percent(60) || status == SessionStatus::PendingDeposit {
                price * self.dice.between(30, 50) / 100
            } else {
                0
            },
            room,
            engineer,
            gear,
            booked_by: self.dice.index(self.house.users.len()),
            created_at,
            cancelled_at,
            cancel_reason: cancelled_at.map(|_| self.dice.pick(words.cancel_reasons)),
        };
        self.sessions.push(session);
    }

    fn free(&mut self, from: &[Uuid], span: Span) -> Option<usize> {
        let index = self.dice.index(from.len());
        self.timetable.is_free(from[index], span).then_some(index)
    }

    fn client(&mut self) -> usize {
        let clients = self.house.clients;
        if self.dice.percent(65) {
            self.dice.index(regulars(clients).len())
        } else {
            self.dice.index(clients.len())
        }
    }
}

fn is_weekend(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

fn weight(day: Date) -> u32 {
    let week = [80, 85, 95, 100, 115, 125, 100]
        [usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
    match day.month() {
        8 => week * 60 / 100,
        12 => week * 90 / 100,
        _ => week,
    }
}
