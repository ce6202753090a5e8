//! What is asked, of which studio, how often: drawn with a seed, so that all layouts are asked the same.
//!
//! Pure, but for the count of slots that have been booked: a booking is for a time of its own, a year and more ahead.

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result, bail};
use cloison_studio::booking::{Details, Firmness, NewBooking, Place, Span, local_time};
use cloison_studio::clients::Search;
use jiff::SignedDuration;
use rand::distr::Distribution;
use rand::distr::weighted::WeightedIndex;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::studios::{Studio, now};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    CalendarWeek,
    ClientSearch,
    ClientCard,
    InvoiceList,
    BookSession,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::CalendarWeek,
        Self::ClientSearch,
        Self::ClientCard,
        Self::InvoiceList,
        Self::BookSession,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CalendarWeek => "calendar_week",
            Self::ClientSearch => "client_search",
            Self::ClientCard => "client_card",
            Self::InvoiceList => "invoice_list",
            Self::BookSession => "book_session",
        }
    }

    /// Of a hundred calls, as staff work: the calendar is looked at all day.
    fn weight(self) -> u32 {
        match self {
            Self::CalendarWeek => 50,
            Self::ClientSearch | Self::ClientCard => 15,
            Self::InvoiceList | Self::BookSession => 10,
        }
    }
}

pub(crate) enum Call {
    Week(Span),
    Search(Search),
    Client(Uuid),
    Invoices,
    Book(Box<NewBooking>),
}

/// Draws calls, one after the other.
pub(crate) struct Caller {
    dice: StdRng,
    studio: WeightedIndex<f64>,
    kind: WeightedIndex<u32>,
}

impl Caller {
    /// Zipf with exponent 1: the busiest studio is called twice as often as the second, three times as often as the third.
    pub(crate) fn new(studios: usize, seed: u64) -> Result<Self> {
        let ranks = (1..=u32::try_from(studios)?).map(|rank| 1.0 / f64::from(rank));
        Ok(Self {
            dice: StdRng::seed_from_u64(seed),
            studio: WeightedIndex::new(ranks)?,
            kind: WeightedIndex::new(Kind::ALL.map(Kind::weight))?,
        })
    }

    pub(crate) fn next(
        &mut self,
        studios: &[Studio],
        slots: &Slots,
    ) -> Result<(usize, Kind, Call)> {
        let studio = self.studio.sample(&mut self.dice);
        let kind = Kind::ALL[self.kind.sample(&mut self.dice)];
        let call = self.call(kind, &studios[studio], &slots.0[studio])?;
        Ok((studio, kind, call))
    }

    pub(crate) fn call(&mut self, kind: Kind, studio: &Studio, slots: &AtomicI64) -> Result<Call> {
        let (id, name) = &studio.clients[self.dice.random_range(0..studio.clients.len())];
        Ok(match kind {
            Kind::CalendarWeek => Call::Week(self.week(studio)?),
            Kind::ClientSearch => {
                let typed = self.typed(name);
                Call::Search(Search::parse(&typed).context("a client has a name")?)
            }
            Kind::ClientCard => Call::Client(*id),
            Kind::InvoiceList => Call::Invoices,
            Kind::BookSession => {
                Call::Book(Box::new(booking(studio, *id, slots.fetch_add(1, Ordering::Relaxed))?))
            }
        })
    }

    /// This week, half of the time; else one of the year behind or of the month ahead.
    fn week(&mut self, studio: &Studio) -> Result<Span> {
        let weeks = if self.dice.random_ratio(1, 2) { 0 } else { self.dice.random_range(-50..=4) };
        let day = studio.zone.to_datetime(now()).date() + jiff::Span::new().weeks(weeks);
        local_time::week(day, &studio.zone).context("the week is on the calendar")
    }

    /// The beginning of a name, mostly; sometimes all of it, and sometimes with two letters swapped.
    fn typed(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        match self.dice.random_range(0..10) {
            0 if letters.len() > 3 => {
                letters.swap(1, 2);
            }
            0..=2 => {}
            _ => letters.truncate(self.dice.random_range(3..=6)),
        }
        letters.into_iter().collect()
    }
}

/// How many far slots of each studio have been booked in one layout.
pub(crate) struct Slots(Vec<AtomicI64>);

impl Slots {
    pub(crate) fn new(studios: usize) -> Self {
        Self((0..studios).map(|_| AtomicI64::new(0)).collect())
    }

    pub(crate) fn of(&self, studio: usize) -> &AtomicI64 {
        &self.0[studio]
    }

    pub(crate) fn booked(&self) -> i64 {
        self.0.iter().map(|it| it.load(Ordering::Relaxed)).sum()
    }
}

/// Behind everything that the demo has planned.
const FIRST_SLOT: SignedDuration = SignedDuration::from_hours(400 * 24);
/// A quarter of an hour, with set-up and tear-down around it: slots touch and do not overlap.
const SLOT_MINUTES: i64 = 45;
/// As many as there are in what is left of the three years that the product allows.
const SLOTS_MAX: i64 = 690 * 24 * 60 / SLOT_MINUTES;

/// The shortest session there is, in the first room with an engineer, confirmed.
fn booking(studio: &Studio, client: Uuid, slot: i64) -> Result<NewBooking> {
    if slot >= SLOTS_MAX {
        bail!("studio {} is booked out for three years: measure for a shorter time", studio.number);
    }
    let starts_at = now() + FIRST_SLOT + SignedDuration::from_mins(slot * SLOT_MINUTES);
    Ok(NewBooking {
        place: Place {
            room: studio.room,
            starts_at,
            ends_at: starts_at + SignedDuration::from_mins(15),
            crew: vec![studio.engineer],
        },
        details: Details {
            client: Some(client),
            title: format!("Slot {slot}"),
            notes: String::new(),
        },
        firmness: Firmness::Confirmed,
        booked_by: Some(studio.owner),
    })
}
