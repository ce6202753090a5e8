//! Figures as a reader of each language writes them: short, for tables and plots.

use cloison_pages::numbers::{decimal, grouped};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::i18n::{Lang, Say};

/// What is not known.
pub(crate) const UNKNOWN: &str = "–";
const NARROW_SPACE: char = '\u{202f}';

pub(crate) fn count(lang: Lang, value: i64) -> String {
    grouped(lang, value)
}

/// `12.3 GB`, `12,3 Go`: thousands, as the alerts count.
pub(crate) fn bytes(lang: Lang, value: f64) -> String {
    let letter = lang.t("byte-letter");
    let mut rest = value.max(0.0);
    for prefix in ["", "k", "M", "G", "T"] {
        // What would be written as 1,000 is one of the next.
        if rest < 999.5 || prefix == "T" {
            let digits = if prefix.is_empty() { 0 } else { digits(rest) };
            return format!("{}{NARROW_SPACE}{prefix}{letter}", decimal(lang, rest, digits));
        }
        rest /= 1_000.0;
    }
    UNKNOWN.to_owned()
}

/// Two parts at most: `45 s`, `12 min`, `3 h 05`, `6 d 4 h`.
pub(crate) fn duration(lang: Lang, seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what is longer than ages is for ever")]
    let all = seconds.clamp(0.0, 1e12).round() as i64;
    let (minutes, hours, days) = (all / 60, all / 3_600, all / 86_400);
    let day = lang.t("day-letter");
    let space = NARROW_SPACE;
    match () {
        () if all < 60 => format!("{all}{space}s"),
        () if hours == 0 => format!("{minutes}{space}min"),
        () if days == 0 => format!("{hours}{space}h{space}{:02}", minutes % 60),
        () if days < 10 => format!("{days}{space}{day}{space}{}{space}h", hours % 24),
        () => format!("{}{space}{day}", grouped(lang, days)),
    }
}

/// `26 h`, for an axis.
pub(crate) fn hours(lang: Lang, hours: f64) -> String {
    format!("{}{NARROW_SPACE}h", number(lang, hours))
}

/// Of a request: `850 µs`, `12 ms`, `1.3 s`.
pub(crate) fn latency(lang: Lang, seconds: f64) -> String {
    let space = NARROW_SPACE;
    if seconds < 0.000_999_5 {
        format!("{}{space}µs", decimal(lang, seconds * 1e6, 0))
    } else if seconds < 0.999_5 {
        let milliseconds = seconds * 1e3;
        format!("{}{space}ms", decimal(lang, milliseconds, digits(milliseconds)))
    } else {
        format!("{}{space}s", number(lang, seconds))
    }
}

/// As many digits as say something: `0.05`, `3.2`, `1,204`.
pub(crate) fn number(lang: Lang, value: f64) -> String {
    let digits = match value.abs() {
        it if (0.005..0.095).contains(&it) => 2,
        it if it < 99.5 && has_tenths(it) => 1,
        _ => 0,
    };
    decimal(lang, value, digits)
}

/// A tenth, of what is below ten and not whole.
fn digits(value: f64) -> usize {
    usize::from(value < 9.95 && has_tenths(value))
}

/// Whether it is written with another digit than 0 behind the point.
fn has_tenths(value: f64) -> bool {
    let tenths = (value * 10.0).round();
    (tenths / 10.0 - (tenths / 10.0).round()).abs() > 0.01
}

/// `9.4 %`, `9,4 %`.
pub(crate) fn share(lang: Lang, value: f64) -> String {
    let space = match lang {
        Lang::Fr => "\u{202f}",
        Lang::En => "",
    };
    format!("{}{space}%", number(lang, value * 100.0))
}

/// `14:05:09`, by UTC as everywhere in the console.
pub(crate) fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M:%S").to_string()
}

/// `24 Nov`, `24 nov.`.
pub(crate) fn day(lang: Lang, at: Timestamp) -> String {
    let date = at.to_zoned(TimeZone::UTC).date();
    let months = lang.t("months-short");
    let place = usize::try_from(date.month()).unwrap_or(1) - 1;
    format!("{} {}", date.day(), months.split(' ').nth(place).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With plain spaces, which a reader of this can see.
    fn plain(text: &str) -> String {
        text.replace(NARROW_SPACE, " ")
    }

    #[test]
    fn sizes() {
        let check = |value| (plain(&bytes(Lang::En, value)), plain(&bytes(Lang::Fr, value)));
        assert_eq!(check(0.0), ("0 B".into(), "0 o".into()));
        assert_eq!(check(999.0), ("999 B".into(), "999 o".into()));
        assert_eq!(check(1_234.0), ("1.2 kB".into(), "1,2 ko".into()));
        assert_eq!(check(999_999.0), ("1 MB".into(), "1 Mo".into()));
        assert_eq!(check(12_345_678_901.0), ("12 GB".into(), "12 Go".into()));
        assert_eq!(check(5e15), ("5,000 TB".into(), "5 000 To".into()));
    }

    #[test]
    fn durations() {
        let check = |seconds| plain(&duration(Lang::En, seconds));
        assert_eq!(check(-3.0), "0 s");
        assert_eq!(check(59.4), "59 s");
        assert_eq!(check(61.0), "1 min");
        assert_eq!(check(3_600.0 + 300.0), "1 h 05");
        assert_eq!(check(30.0 * 3_600.0), "1 d 6 h");
        assert_eq!(check(40.0 * 86_400.0), "40 d");
        assert_eq!(plain(&duration(Lang::Fr, 30.0 * 3_600.0)), "1 j 6 h");
        assert_eq!(check(f64::INFINITY), "11,574,074 d");
    }

    #[test]
    fn latencies_numbers_and_shares() {
        let latency = |it| plain(&latency(Lang::En, it));
        assert_eq!(
            [latency(0.000_85), latency(0.003_21), latency(1.26)],
            ["850 µs", "3.2 ms", "1.3 s"]
        );
        assert_eq!([latency(0.999_9), latency(0.0)], ["1 s", "0 µs"]);
        let number = |it| plain(&number(Lang::Fr, it));
        assert_eq!(
            [number(0.0), number(0.05), number(3.24), number(7.0)],
            ["0", "0,05", "3,2", "7"]
        );
        assert_eq!([number(1_204.4), number(0.999)], ["1 204", "1"]);
        assert_eq!(
            (plain(&share(Lang::Fr, 0.094)), share(Lang::En, 0.5)),
            ("9,4 %".into(), "50%".into())
        );
    }

    #[test]
    fn days() {
        let at = "2026-11-24T23:05:09Z".parse().unwrap();
        assert_eq!([day(Lang::En, at), day(Lang::Fr, at)], ["24 Nov", "24 nov."]);
        assert_eq!(clock(at), "23:05:09");
    }
}
