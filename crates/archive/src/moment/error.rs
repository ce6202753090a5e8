//! Why a moment cannot be read, for whoever wrote it.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::Moment;

/// Printed in one line. [`MomentError::lines`] has the same for a screen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines().join("; "))]
pub enum MomentError {
    NotAMoment {
        text: String,
    },
    NoSuchDay {
        date: String,
    },
    NoSuchTime {
        time: String,
    },
    /// Nothing says whose clocks are meant.
    NoZone {
        text: String,
    },
    UnknownZone {
        name: String,
    },
    /// The offset is not one that the zone had at that time; `moment` is what the offset alone would mean.
    NotItsOffset {
        offset: Offset,
        moment: Moment,
    },
    /// Clocks were set back, and showed this time twice.
    Ambiguous {
        earlier: Moment,
        later: Moment,
    },
    /// Clocks were set forward, and never showed this time.
    Gap {
        zone: String,
        local: DateTime,
        /// The first time that was left out.
        from: DateTime,
        /// The first time that was shown again.
        to: DateTime,
    },
    Future {
        moment: Moment,
        now: Moment,
    },
}

impl MomentError {
    /// What happened, what it means, what to do.
    pub fn lines(&self) -> [String; 3] {
        match self {
            Self::NotAMoment { text } => [
                format!("'{text}' is not a moment that can be read"),
                "it needs a day, a time and a time zone, or how long ago".to_owned(),
                "write it as in: 2026-11-22 14:32 Europe/Paris, yesterday 14:32 Europe/Paris, 10 minutes ago"
                    .to_owned(),
            ],
            Self::NoSuchDay { date } => [
                format!("there is no day {date}"),
                "a date is written with the year first, then the month, then the day".to_owned(),
                "write one that the calendar has, as in: 2026-11-22 14:32 Europe/Paris".to_owned(),
            ],
            Self::NoSuchTime { time } => [
                format!("there is no time {time}"),
                "a day goes from 00:00 to 23:59:59".to_owned(),
                "write one that a clock shows, as in: 2026-11-22 14:32 Europe/Paris".to_owned(),
            ],
            Self::NoZone { text } => [
                format!("'{text}' does not say in which time zone"),
                "it is another moment in Paris than in New York".to_owned(),
                format!("add the zone, as in: {text} Europe/Paris, or {text} UTC"),
            ],
            Self::UnknownZone { name } => [
                format!("no time zone is called '{name}'"),
                "zones have the names of places, since an abbreviation can mean several".to_owned(),
                "write one as in: Europe/Paris, America/New_York, UTC, +01:00".to_owned(),
            ],
            Self::NotItsOffset { offset, moment } => [
                format!("{} was not at {offset} then", moment.zone_name()),
                format!("at {offset} it would have been {moment}"),
                "leave out the offset or the zone, whichever is wrong".to_owned(),
            ],
            Self::Ambiguous { earlier, later } => [
                format!("{} came twice in {}", earlier.local(), earlier.zone_name()),
                "clocks were set back that night, so it can be either of two moments".to_owned(),
                format!(
                    "choose the earlier, {}, or the later, {}",
                    earlier.with_offset(),
                    later.with_offset()
                ),
            ],
            Self::Gap { zone, local, from, to } => [
                format!("{} never came in {zone}", local.strftime("%F %T%.f")),
                format!(
                    "clocks were set forward that night, from {} to {}",
                    from.time().strftime("%H:%M"),
                    to.time().strftime("%H:%M")
                ),
                "write a time before or after that".to_owned(),
            ],
            Self::Future { moment, now } => [
                format!("{moment} is still to come"),
                format!("it is {now}, and what has not happened cannot be restored"),
                "write a moment of the past".to_owned(),
            ],
        }
    }
}

impl Moment {
    fn local(&self) -> String {
        self.0.strftime("%F %T%.f").to_string()
    }

    fn zone_name(&self) -> String {
        self.0.strftime("%:Q").to_string()
    }
}
