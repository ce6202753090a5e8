//! What a clock on the studio's wall says, made into a point in time. Twice a year a wall clock skips an
//! hour or shows one twice; nobody's booking is moved silently: the first is refused, the second asked.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::Span;

/// Which of two equal wall-clock times is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Earlier,
    Later,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeProblem {
    /// The clocks went forward over this time.
    #[error("{wanted} does not exist on that day: the clocks go from before it to {first_after}")]
    Nonexistent { wanted: DateTime, first_after: DateTime },
    /// The clocks went back, and this time came twice.
    #[error("{wanted} comes twice on that day; say which")]
    Ambiguous { wanted: DateTime, earlier: Timestamp, later: Timestamp },
    /// Too far from the present to be represented.
    #[error("{wanted} is out of range")]
    OutOfRange { wanted: DateTime },
}

/// `choice` settles an ambiguous time and is ignored for any other.
pub fn resolve(
    wanted: DateTime,
    zone: &TimeZone,
    choice: Option<Which>,
) -> Result<Timestamp, TimeProblem> {
    let out_of_range = || TimeProblem::OutOfRange { wanted };
    match zone.to_ambiguous_timestamp(wanted).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            offset.to_timestamp(wanted).ok().ok_or_else(out_of_range)
        }
        AmbiguousOffset::Gap { before, .. } => {
            let past_the_gap = before.to_timestamp(wanted).ok().ok_or_else(out_of_range)?;
            // The gap's end is the change of offset at or before what the old offset would have shown.
            let change = zone.preceding(past_the_gap + jiff::SignedDuration::from_nanos(1)).next();
            let first_after = change.map_or(wanted, |change| zone.to_datetime(change.timestamp()));
            Err(TimeProblem::Nonexistent { wanted, first_after })
        }
        AmbiguousOffset::Fold { before, after } => {
            let earlier = before.to_timestamp(wanted).ok().ok_or_else(out_of_range)?;
            let later = after.to_timestamp(wanted).ok().ok_or_else(out_of_range)?;
            match choice {
                Some(Which::Earlier) => Ok(earlier),
                Some(Which::Later) => Ok(later),
                None => Err(TimeProblem::Ambiguous { wanted, earlier, later }),
            }
        }
    }
}

/// The local days from `first` to `last`, both included, from midnight to midnight. A day begins when it
/// begins: where midnight does not exist, at the first moment after it.
pub fn days(first: Date, last: Date, zone: &TimeZone) -> Option<Span> {
    let start = first.to_zoned(zone.clone()).ok()?.timestamp();
    let end = last.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp();
    Span::new(start, end)
}

/// The Monday-to-Sunday week that `date` is in.
pub fn week(date: Date, zone: &TimeZone) -> Option<Span> {
    let since_monday = date.weekday().to_monday_zero_offset();
    let monday = date.checked_sub(jiff::Span::new().days(since_monday)).ok()?;
    let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
    days(monday, sunday, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str, choice: Option<Which>) -> Result<String, TimeProblem> {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        resolve(wanted.parse().unwrap(), &paris, choice).map(|at| at.to_string())
    }

    #[test]
    fn an_ordinary_time_needs_no_choice() {
        assert_eq!(check("2026-11-24 10:00", None).unwrap(), "2026-11-24T09:00:00Z");
        assert_eq!(check("2026-07-14 10:00", Some(Which::Later)).unwrap(), "2026-07-14T08:00:00Z");
    }

    #[test]
    fn the_skipped_hour_is_refused_with_the_first_time_after_it() {
        for (wanted, choice) in [
            ("2027-03-28 02:00", None),
            ("2027-03-28 02:30", None),
            ("2027-03-28 02:30", Some(Which::Earlier)),
            ("2027-03-28 02:59", Some(Which::Later)),
        ] {
            assert_eq!(
                check(wanted, choice),
                Err(TimeProblem::Nonexistent {
                    wanted: wanted.parse().unwrap(),
                    first_after: "2027-03-28 03:00".parse().unwrap(),
                })
            );
        }
        assert_eq!(check("2027-03-28 01:59", None).unwrap(), "2027-03-28T00:59:00Z");
        assert_eq!(check("2027-03-28 03:00", None).unwrap(), "2027-03-28T01:00:00Z");
    }

    #[test]
    fn the_repeated_hour_is_asked() {
        assert_eq!(
            check("2026-10-25 02:30", None),
            Err(TimeProblem::Ambiguous {
                wanted: "2026-10-25 02:30".parse().unwrap(),
                earlier: "2026-10-25T00:30:00Z".parse().unwrap(),
                later: "2026-10-25T01:30:00Z".parse().unwrap(),
            })
        );
        assert_eq!(
            check("2026-10-25 02:30", Some(Which::Earlier)).unwrap(),
            "2026-10-25T00:30:00Z"
        );
        assert_eq!(check("2026-10-25 02:30", Some(Which::Later)).unwrap(), "2026-10-25T01:30:00Z");
    }

    #[test]
    fn what_cannot_be_represented_is_said_to_be() {
        assert!(matches!(check("9999-12-31 23:59", None), Err(TimeProblem::OutOfRange { .. })));
    }

    #[test]
    fn the_nights_of_the_clock_change_are_an_hour_shorter_and_longer() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let hours = |date: &str| {
            let date = date.parse().unwrap();
            days(date, date, &paris).unwrap().duration().as_hours()
        };
        assert_eq!([hours("2027-03-27"), hours("2027-03-28"), hours("2026-10-25")], [24, 23, 25]);
    }

    #[test]
    fn a_week_runs_from_monday_to_sunday() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        for day in ["2026-11-23", "2026-11-26", "2026-11-29"] {
            let week = week(day.parse().unwrap(), &paris).unwrap();
            assert_eq!(week.start().to_string(), "2026-11-22T23:00:00Z");
            assert_eq!(week.end().to_string(), "2026-11-29T23:00:00Z");
        }
    }
}
