//! The moment that somebody wants back, as people write it: `2026-11-22 14:32 Europe/Paris`, `2 hours ago`.
//!
//! Nothing is guessed. A time without a zone is several moments, and so is half past two in the night in which clocks are set
//! back; restored to the wrong one, a tenant loses an hour that nobody misses until later. What can be meant is asked for.

mod error;

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

pub use error::MomentError;

/// A moment of the past, with the zone that it was written in. Printed so that it reads back, and can be compared with UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment(Zoned);

/// The day, as it stands before the time.
enum WrittenDay {
    Date(Date),
    Today,
    Yesterday,
}

/// What stands behind the time. One of the two at least, unless it is [`MomentError::NoZone`].
struct Place {
    offset: Option<Offset>,
    zone: Option<TimeZone>,
}

/// Reads a moment, which must not be after `now`:
///
/// - `2026-11-22 14:32 Europe/Paris`, also with seconds and their fractions, `T` for the space, an offset or `UTC` for the zone;
/// - RFC 3339, and what RFC 9557 adds to it: `2026-11-22T14:32:00+01:00[Europe/Paris]`;
/// - `today` or `yesterday` instead of the date, which are those of the zone;
/// - `10 minutes ago`, in seconds, minutes, hours, days or weeks.
pub fn parse_moment(text: &str, now: Timestamp) -> Result<Moment, MomentError> {
    let text = text.trim();
    let moment = match ago(text) {
        Some(before) => {
            let then = now.checked_sub(before).map_err(|_out_of_range| not_a_moment(text))?;
            Moment(then.to_zoned(TimeZone::UTC))
        }
        None => at(text, now)?,
    };
    if moment.timestamp() > now {
        let now = Moment(now.to_zoned(moment.0.time_zone().clone()));
        return Err(MomentError::Future { moment, now });
    }
    Ok(moment)
}

fn not_a_moment(text: &str) -> MomentError {
    MomentError::NotAMoment { text: text.to_owned() }
}

/// `2 hours ago`, `an hour ago`, `90min ago`.
fn ago(text: &str) -> Option<SignedDuration> {
    let text = text.to_ascii_lowercase();
    let amount = text.strip_suffix("ago")?.strip_suffix(char::is_whitespace)?.trim_end();
    let (number, unit) = match amount.split_once(char::is_whitespace) {
        Some(("a" | "an", unit)) => ("1", unit),
        _ => amount.split_at(amount.find(|it: char| !it.is_ascii_digit())?),
    };
    let seconds: i64 = match unit.trim_start() {
        "s" | "sec" | "second" | "seconds" => 1,
        "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 60 * 60,
        "d" | "day" | "days" => 24 * 60 * 60,
        "w" | "week" | "weeks" => 7 * 24 * 60 * 60,
        _ => return None,
    };
    Some(SignedDuration::from_secs(number.parse::<i64>().ok()?.checked_mul(seconds)?))
}

/// A day, a time, and where.
fn at(text: &str, now: Timestamp) -> Result<Moment, MomentError> {
    let (day, rest) = split_day(text).ok_or_else(|| not_a_moment(text))?;
    let end = rest.find(|it: char| !(it.is_ascii_digit() || ":.".contains(it)));
    let (time, place) = rest.split_at(end.unwrap_or(rest.len()));
    let time = read_time(text, time)?;
    let place = read_place(text, place)?;
    let date = match day {
        Ok(WrittenDay::Date(date)) => date,
        Ok(WrittenDay::Today) => place.date_at(now),
        Ok(WrittenDay::Yesterday) => {
            place.date_at(now).yesterday().map_err(|_out_of_range| not_a_moment(text))?
        }
        Err(date) => return Err(MomentError::NoSuchDay { date: date.to_owned() }),
    };
    place.moment(text, date.to_datetime(time), now)
}

/// The day and what follows it; a date that the calendar does not have, as it was written.
fn split_day(text: &str) -> Option<(Result<WrittenDay, &str>, &str)> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let day = match word.to_ascii_lowercase().as_str() {
        "today" => WrittenDay::Today,
        "yesterday" => WrittenDay::Yesterday,
        _ => {
            let (date, rest) = text.split_at_checked("2026-11-22".len())?;
            if !has_shape(date, "0000-00-00") {
                return None;
            }
            let rest = rest
                .strip_prefix(['T', 't'])
                .or_else(|| Some(rest.strip_prefix(char::is_whitespace)?.trim_start()))?;
            return Some((date.parse().map(WrittenDay::Date).map_err(|_no_such_day| date), rest));
        }
    };
    Some((Ok(day), rest.trim_start()))
}

/// Hour and minute, then seconds and their fraction if they matter.
fn read_time(text: &str, time: &str) -> Result<Time, MomentError> {
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let has_seconds = has_shape(whole, "00:00:00");
    let is_whole = has_seconds || (has_shape(whole, "00:00") && whole.len() == time.len());
    let is_fraction =
        (1..=9).contains(&fraction.len()) && fraction.bytes().all(|it| it.is_ascii_digit());
    if !is_whole || !is_fraction {
        return Err(not_a_moment(text));
    }
    // The parser takes a sixtieth second for the one before it: a leap second, which no server has.
    let parsed = time.parse().ok().filter(|_| !whole.ends_with(":60") || !has_seconds);
    parsed.ok_or_else(|| MomentError::NoSuchTime { time: time.to_owned() })
}

/// Whether `text` is `shape`, with any digit for a 0.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(it, like): (u8, u8)| if like == b'0' { it.is_ascii_digit() } else { it == like };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// ` Europe/Paris`, `+01:00`, `Z`, `+01:00[Europe/Paris]`.
fn read_place(text: &str, place: &str) -> Result<Place, MomentError> {
    let words: Vec<_> = place
        .split(|it: char| it.is_whitespace() || "[]".contains(it))
        .filter(|it| !it.is_empty())
        .collect();
    match words[..] {
        [] => Err(MomentError::NoZone { text: text.to_owned() }),
        [word] => match read_offset(text, word)? {
            None => Ok(Place { offset: None, zone: Some(read_zone(word)?) }),
            offset => Ok(Place { offset, zone: None }),
        },
        [offset, zone] => match read_offset(text, offset)? {
            None => Err(not_a_moment(text)),
            offset => Ok(Place { offset, zone: Some(read_zone(zone)?) }),
        },
        _ => Err(not_a_moment(text)),
    }
}

/// Nothing if it does not look like an offset.
fn read_offset(text: &str, word: &str) -> Result<Option<Offset>, MomentError> {
    if ["z", "utc", "gmt"].contains(&word.to_ascii_lowercase().as_str()) {
        return Ok(Some(Offset::UTC));
    }
    if !word.starts_with(['+', '-']) {
        return Ok(None);
    }
    let zone = DateTimeParser::new().parse_time_zone(word);
    let offset = zone.and_then(|it| it.to_fixed_offset());
    offset.map(Some).map_err(|_no_offset| not_a_moment(text))
}

fn read_zone(name: &str) -> Result<TimeZone, MomentError> {
    let zone = TimeZone::get(name).ok().filter(|it| !it.is_unknown());
    zone.ok_or_else(|| MomentError::UnknownZone { name: name.to_owned() })
}

impl Place {
    /// What the calendar on the wall says there.
    fn date_at(&self, now: Timestamp) -> Date {
        self.own_zone().to_datetime(now).date()
    }

    /// The zone that it is printed in.
    fn own_zone(&self) -> TimeZone {
        let fixed = || match self.offset {
            None | Some(Offset::UTC) => TimeZone::UTC,
            Some(offset) => TimeZone::fixed(offset),
        };
        self.zone.clone().unwrap_or_else(fixed)
    }

    fn moment(&self, text: &str, local: DateTime, now: Timestamp) -> Result<Moment, MomentError> {
        let zone = self.own_zone();
        let moment = |offset: Offset| {
            let timestamp = offset.to_timestamp(local);
            let timestamp = timestamp.map_err(|_out_of_range| not_a_moment(text))?;
            Ok(Moment(timestamp.to_zoned(zone.clone())))
        };
        if let Some(offset) = self.offset {
            let moment: Moment = moment(offset)?;
            // UTC with a zone is a moment that is shown there; any other offset has to be the zone's own.
            if offset != Offset::UTC && moment.0.offset() != offset {
                return Err(MomentError::NotItsOffset { offset, moment });
            }
            return Ok(moment);
        }
        match zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => moment(offset),
            AmbiguousOffset::Fold { before, after } => {
                let (earlier, later) = (moment(before)?, moment(after)?);
                // Of two that both have not come, none can be chosen.
                if earlier.timestamp() > now {
                    return Ok(earlier);
                }
                Err(MomentError::Ambiguous { earlier, later })
            }
            AmbiguousOffset::Gap { before, after } => {
                // Whoever had set their clock forward too early would have been there before it was.
                let too_early = moment(after)?.timestamp();
                let set_forward = zone.following(too_early).next().map(|it| it.timestamp());
                let set_forward = set_forward.ok_or_else(|| not_a_moment(text))?;
                Err(MomentError::Gap {
                    zone: zone.iana_name().unwrap_or_default().to_owned(),
                    local,
                    from: before.to_datetime(set_forward),
                    to: after.to_datetime(set_forward),
                })
            }
        }
    }
}

impl Moment {
    pub fn timestamp(&self) -> Timestamp {
        self.0.timestamp()
    }

    /// In a form that leaves nothing open, whatever the night: `2026-10-25T02:30:00+02:00`.
    pub fn with_offset(&self) -> String {
        self.0.strftime("%FT%T%.f%:z").to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.strftime("%F %T%.f %:Q").fmt(f)
    }
}

#[cfg(test)]
mod tests;
