//! What part of a booking falls on one day's column, in quarters of an hour of wall-clock time.
//!
//! Wall-clock time, so that 14:00 is always at the same height, also on the two days a year that
//! have 23 or 25 hours.

use jiff::civil::{Date, DateTime};

/// Quarters of an hour in a column.
pub(crate) const QUARTERS: usize = 96;

/// Invariant: `top < bottom <= QUARTERS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clip {
    pub(crate) top: usize,
    pub(crate) bottom: usize,
    /// It began before this day.
    pub(crate) from_before: bool,
    /// It goes on after this day.
    pub(crate) goes_on: bool,
}

/// `None` when nothing of `start..end` falls on `day`.
pub(crate) fn clip(start: DateTime, end: DateTime, day: Date) -> Option<Clip> {
    let last = if end.time() == jiff::civil::Time::midnight() && end > start {
        end.date().yesterday().ok()?
    } else {
        end.date()
    };
    if start.date() > day || last < day {
        return None;
    }
    let from_before = start.date() < day;
    let goes_on = last > day;
    let top = if from_before { 0 } else { minutes(start) / 15 };
    let bottom = if goes_on || end.date() > day { QUARTERS } else { minutes(end).div_ceil(15) };
    // On the night the clocks go back, a booking may end at an earlier wall-clock time than it began.
    let bottom = bottom.clamp(top + 1, QUARTERS.max(top + 1));
    Some(Clip { top: top.min(QUARTERS - 1), bottom, from_before, goes_on })
}

fn minutes(at: DateTime) -> usize {
    usize::from(at.hour().unsigned_abs()) * 60 + usize::from(at.minute().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, end: &str, day: &str) -> String {
        match clip(start.parse().unwrap(), end.parse().unwrap(), day.parse().unwrap()) {
            None => "-".to_owned(),
            Some(it) => format!(
                "{}{}..{}{}",
                if it.from_before { "<" } else { "" },
                it.top,
                it.bottom,
                if it.goes_on { ">" } else { "" }
            ),
        }
    }

    #[test]
    fn within_a_day() {
        assert_eq!(check("2026-11-24T14:00", "2026-11-24T18:00", "2026-11-24"), "56..72");
        assert_eq!(check("2026-11-24T14:05", "2026-11-24T18:05", "2026-11-24"), "56..73");
        assert_eq!(check("2026-11-24T14:00", "2026-11-24T18:00", "2026-11-25"), "-");
    }

    #[test]
    fn over_midnight_is_cut_in_two() {
        assert_eq!(check("2026-11-24T22:00", "2026-11-25T02:00", "2026-11-24"), "88..96>");
        assert_eq!(check("2026-11-24T22:00", "2026-11-25T02:00", "2026-11-25"), "<0..8");
    }

    #[test]
    fn until_midnight_stays_on_its_day() {
        assert_eq!(check("2026-11-24T22:00", "2026-11-25T00:00", "2026-11-24"), "88..96");
        assert_eq!(check("2026-11-24T22:00", "2026-11-25T00:00", "2026-11-25"), "-");
    }

    #[test]
    fn several_days_fill_those_between() {
        assert_eq!(check("2026-11-20T10:00", "2026-11-30T10:00", "2026-11-24"), "<0..96>");
    }

    #[test]
    fn ending_before_it_began_on_the_wall_still_shows() {
        assert_eq!(check("2026-10-25T02:45", "2026-10-25T02:15", "2026-10-25"), "11..12");
    }
}
