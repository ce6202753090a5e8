//! Dates and times in words, in the studio's own time.
//!
//! Clock times are 24 h in both languages: a studio is a place, and its wall says 14:00. Years
//! are left out where the page already shows which one it is.

use super::{Lang, Say};
use jiff::civil::{Date, Time, Weekday};

/// `14:05`.
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `mardi 24 novembre`, `Tuesday 24 November`.
pub fn day(lang: Lang, date: Date) -> String {
    lang.t_with(
        "date-day",
        [
            ("weekday", lang.t(weekday_key(date.weekday())).into()),
            ("day", day_number(lang, date).into()),
            ("month", lang.t(month_key(date.month())).into()),
        ],
    )
}

/// `mardi 24 novembre 2026`.
pub fn day_year(lang: Lang, date: Date) -> String {
    lang.t2("date-day-year", "day", day(lang, date), "year", date.year().to_string())
}

/// `24 novembre`.
pub fn day_month(lang: Lang, date: Date) -> String {
    lang.t2(
        "date-day-month",
        "day",
        day_number(lang, date),
        "month",
        lang.t(month_key(date.month())),
    )
}

/// `mar.`, `Tue`.
pub fn weekday_short(lang: Lang, date: Date) -> String {
    lang.t(match date.weekday() {
        Weekday::Monday => "weekday-short-monday",
        Weekday::Tuesday => "weekday-short-tuesday",
        Weekday::Wednesday => "weekday-short-wednesday",
        Weekday::Thursday => "weekday-short-thursday",
        Weekday::Friday => "weekday-short-friday",
        Weekday::Saturday => "weekday-short-saturday",
        Weekday::Sunday => "weekday-short-sunday",
    })
}

/// `23 – 29 novembre 2026`, or with both months or years where they differ.
pub fn range(lang: Lang, first: Date, last: Date) -> String {
    let end =
        lang.t2("date-month-year", "day", day_month(lang, last), "year", last.year().to_string());
    let start = if first.year() != last.year() {
        lang.t2("date-month-year", "day", day_month(lang, first), "year", first.year().to_string())
    } else if first.month() == last.month() {
        day_number(lang, first)
    } else {
        day_month(lang, first)
    };
    lang.t2("date-range", "start", start, "end", end)
}

/// `4 h`, `1 h 30`, `45 min`.
pub fn duration(lang: Lang, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    if hours == 0 {
        lang.t1("duration-minutes", "minutes", rest)
    } else if rest == 0 {
        lang.t1("duration-hours", "hours", hours)
    } else {
        lang.t2("duration-both", "hours", hours, "minutes", format!("{rest:02}"))
    }
}

/// The first of a month is `1er` in French.
fn day_number(lang: Lang, date: Date) -> String {
    if date.day() == 1 { lang.t("date-first") } else { date.day().to_string() }
}

fn weekday_key(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "weekday-monday",
        Weekday::Tuesday => "weekday-tuesday",
        Weekday::Wednesday => "weekday-wednesday",
        Weekday::Thursday => "weekday-thursday",
        Weekday::Friday => "weekday-friday",
        Weekday::Saturday => "weekday-saturday",
        Weekday::Sunday => "weekday-sunday",
    }
}

fn month_key(month: i8) -> &'static str {
    match month {
        1 => "month-january",
        2 => "month-february",
        3 => "month-march",
        4 => "month-april",
        5 => "month-may",
        6 => "month-june",
        7 => "month-july",
        8 => "month-august",
        9 => "month-september",
        10 => "month-october",
        11 => "month-november",
        _ => "month-december",
    }
}
