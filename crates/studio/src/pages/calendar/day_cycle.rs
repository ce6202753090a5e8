//! When a studio's day begins. Where the doors close at two in the morning and open at ten, the
//! night belongs to the evening before: a column runs from six to six, and a session over midnight
//! is one block.

use super::address::add_days;
use super::clip::{Clip, QUARTERS, clip};
use crate::booking::OpeningRule;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// A day of the calendar, from `shift` quarters after midnight to as many after the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayCycle {
    shift: usize,
}

impl DayCycle {
    /// From midnight to midnight.
    pub(crate) const MIDNIGHT: Self = Self { shift: 0 };

    /// Begins in the middle of the hours in which all doors are closed, so that neither a late
    /// evening nor an early morning is cut; at midnight if the doors close by then, or never.
    pub(crate) fn of(rules: &[OpeningRule]) -> Self {
        const DAY: i32 = 24 * 60;

        let closes =
            rules.iter().map(|it| it.opens_minute + it.duration_minutes - DAY).max().unwrap_or(0);
        let opens = rules.iter().map(|it| it.opens_minute).min().unwrap_or(0);
        if closes <= 0 || closes >= opens {
            return Self::MIDNIGHT;
        }
        let hours = usize::try_from(i32::midpoint(closes, opens) / 60).unwrap_or(0);
        Self { shift: hours * 4 }
    }

    /// The day of the calendar that `at` belongs to.
    pub(crate) fn day(self, at: DateTime) -> Date {
        self.back(at).date()
    }

    /// What of a booking falls on `day`, in quarters after the day's beginning.
    pub(crate) fn clip(self, start: DateTime, end: DateTime, day: Date) -> Option<Clip> {
        clip(self.back(start), self.back(end), day)
    }

    /// What the wall clock says `quarter` quarters after the beginning of `day`.
    pub(crate) fn at(self, day: Date, quarter: usize) -> DateTime {
        let quarter = quarter + self.shift;
        let (days, quarter) = (quarter / QUARTERS, quarter % QUARTERS);
        let days = i64::try_from(days).expect("a column is at most two days long");
        let hour = i8::try_from(quarter / 4).expect("below 24");
        let minute = i8::try_from(quarter % 4 * 15).expect("below 60");
        let time = Time::new(hour, minute, 0, 0).expect("within a day");
        add_days(day, days).to_datetime(time)
    }

    /// The stretch of time from the beginning of `first` to the end of `last`.
    pub(crate) fn span(
        self,
        first: Date,
        last: Date,
        zone: &TimeZone,
    ) -> Option<crate::booking::Span> {
        let instant = |at: DateTime| zone.to_ambiguous_timestamp(at).compatible().ok();
        crate::booking::Span::new(instant(self.at(first, 0))?, instant(self.at(last, QUARTERS))?)
    }

    fn back(self, at: DateTime) -> DateTime {
        let minutes = i64::try_from(self.shift * 15).expect("below a day");
        at.saturating_sub(minutes.minutes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(opens_minute: i32, duration_minutes: i32) -> Vec<OpeningRule> {
        (1..=7).map(|weekday| OpeningRule { weekday, opens_minute, duration_minutes }).collect()
    }

    #[test]
    fn begins_while_the_doors_are_closed() {
        for (opens, minutes, hours) in
            [(600, 960, 6), (600, 600, 0), (600, 840, 0), (0, 1440, 0), (480, 1440, 0)]
        {
            assert_eq!(
                DayCycle::of(&rules(opens, minutes)).shift,
                hours * 4,
                "{opens} for {minutes}"
            );
        }
        assert_eq!(DayCycle::of(&[]), DayCycle::MIDNIGHT);
    }

    #[test]
    fn the_night_belongs_to_the_evening() {
        let cycle = DayCycle::of(&rules(600, 960));
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        assert_eq!(cycle.day(at("2026-11-25T05:30")), "2026-11-24".parse().unwrap());
        assert_eq!(cycle.day(at("2026-11-25T06:00")), "2026-11-25".parse().unwrap());

        let day = "2026-11-24".parse().unwrap();
        let clip = cycle.clip(at("2026-11-24T22:00"), at("2026-11-25T02:00"), day).unwrap();
        assert_eq!((clip.top, clip.bottom, clip.goes_on), (64, 80, false));
        assert_eq!(cycle.at(day, 64), at("2026-11-24T22:00"));
        assert_eq!(cycle.at(day, 72), at("2026-11-25T00:00"));
    }
}
