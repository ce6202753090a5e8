//! The calendar as far as decisions need it: which day, week and month of UTC a second is in.
//!
//! Deliberately absent: local time and its clock changes, which need a table of zones and belong to the edges.

use std::fmt;

/// One day. UTC knows no clock changes, and leap seconds are not counted.
pub(crate) const DAY_SECONDS: i64 = 24 * 60 * 60;

/// From 1970-01-01, a Thursday, back to the Monday of its week.
const EPOCH_WEEKDAY: i64 = 3;

/// An instant: seconds since 1970-01-01 00:00 UTC, as every clock counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixSeconds(pub i64);

/// A day of UTC, printed as `2026-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i64);

/// A week from Monday to Sunday (ISO 8601), printed as `2026-W47`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(i64);

/// A month, printed as `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    year: i64,
    month: i64,
}

impl UnixSeconds {
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to here; negative if that is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY_SECONDS))
    }

    pub fn week(self) -> Week {
        Week((self.day().0 + EPOCH_WEEKDAY).div_euclid(7))
    }

    pub fn month(self) -> Month {
        let (year, month, _) = self.day().civil();
        Month { year, month }
    }
}

impl Month {
    /// Its first second.
    pub fn begins_at(self) -> UnixSeconds {
        UnixSeconds(Day::first_of(self.year, self.month).0.saturating_mul(DAY_SECONDS))
    }

    /// The first second that is not in it any more.
    pub fn ends_at(self) -> UnixSeconds {
        let next = if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        };
        next.begins_at()
    }
}

impl Day {
    /// The first day of a month: [`Self::civil`] the other way round.
    fn first_of(year: i64, month: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (month + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Year, month from 1, day from 1.
    ///
    /// Counted in years that begin in March, so that the day that not every year has is the last of its year: then months
    /// have 31 and 30 days in a pattern that one line computes, and 400 years are always 146,097 days.
    fn civil(self) -> (i64, i64, i64) {
        // From 0000-03-01.
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
        let year_of_era = (day_of_era - leap_days) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let is_next_year = month_from_march >= 10;
        let month = if is_next_year { month_from_march - 9 } else { month_from_march + 3 };
        (era * 400 + year_of_era + i64::from(is_next_year), month, day)
    }

    /// From 1, the first of January.
    fn of_year(self) -> i64 {
        let (year, _, _) = self.civil();
        let before = year - 1;
        let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
        // Days from 0001-01-01 to 1970-01-01.
        self.0 + 719_162 - (365 * before + leap_days) + 1
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(DAY_SECONDS);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        write!(f, "{} {hour:02}:{minute:02}:{:02} UTC", self.day(), second % 60)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A week belongs to the year that its Thursday is in.
        let thursday = Day(self.0 * 7 - EPOCH_WEEKDAY + 3);
        let (year, _, _) = thursday.civil();
        write!(f, "{year:04}-W{:02}", (thursday.of_year() - 1) / 7 + 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> [String; 3] {
        let at = UnixSeconds(text.parse::<Timestamp>().unwrap().as_second());
        [at.day().to_string(), at.week().to_string(), at.month().to_string()]
    }

    #[test]
    fn days_weeks_and_months() {
        assert_eq!(check("1970-01-01T00:00:00Z"), ["1970-01-01", "1970-W01", "1970-01"]);
        assert_eq!(check("1969-12-31T23:59:59Z"), ["1969-12-31", "1970-W01", "1969-12"]);
        assert_eq!(check("2024-02-29T12:00:00Z"), ["2024-02-29", "2024-W09", "2024-02"]);
        assert_eq!(check("2026-11-22T23:59:59Z"), ["2026-11-22", "2026-W47", "2026-11"]);
        assert_eq!(check("2026-11-23T00:00:00Z"), ["2026-11-23", "2026-W48", "2026-11"]);
        assert_eq!(check("2027-01-03T00:00:00Z"), ["2027-01-03", "2026-W53", "2027-01"]);
    }

    #[test]
    fn an_instant_reads_as_what_it_is() {
        assert_eq!(UnixSeconds(1_795_357_920).to_string(), "2026-11-22 14:32:00 UTC");
        assert_eq!(UnixSeconds(-1).to_string(), "1969-12-31 23:59:59 UTC");
    }

    proptest! {
        /// All years that the other calendar knows.
        #[test]
        fn as_another_calendar_has_it(second in -377_705_000_000_i64..253_402_000_000) {
            let at = UnixSeconds(second);
            let other = TimeZone::UTC.to_datetime(Timestamp::from_second(second).unwrap());
            let (year, month, day) = at.day().civil();
            prop_assert_eq!(year, i64::from(other.year()));
            prop_assert_eq!(month, i64::from(other.month()));
            prop_assert_eq!(day, i64::from(other.day()));
            prop_assert_eq!(at.day().of_year(), i64::from(other.day_of_year()));
            let week = other.date().iso_week_date();
            prop_assert_eq!(at.week().to_string(), format!("{:04}-W{:02}", week.year(), week.week()));
        }

        #[test]
        fn a_month_is_from_its_first_second_to_its_last(second in -377_705_000_000_i64..253_402_000_000) {
            let at = UnixSeconds(second);
            let month = at.month();
            prop_assert!(month.begins_at() <= at && at < month.ends_at());
            prop_assert_eq!(month.begins_at().month(), month);
            prop_assert_eq!(month.ends_at().plus(-1).month(), month);
            prop_assert!(month.begins_at().plus(-1).month() < month && month < month.ends_at().month());
        }

        #[test]
        fn no_instant_is_too_far(second in any::<i64>()) {
            let at = UnixSeconds(second);
            prop_assert!(at.month() <= at.plus(DAY_SECONDS).month());
            prop_assert!(!at.to_string().is_empty());
        }
    }
}
