//! Times in words, with what they are times of.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::words::{CertificateLanguage, Words};

/// `24 November 2026, 14:32:05 (UTC+01:00)`, `1er décembre 2026 à 09:00:00 (UTC+01:00)`.
pub(super) fn moment(words: &Words, zone: &TimeZone, at: Timestamp) -> String {
    let local = at.to_zoned(zone.clone());
    let day = match (words.language, local.day()) {
        (CertificateLanguage::French, 1) => "1er".to_owned(),
        (CertificateLanguage::French | CertificateLanguage::English, day) => day.to_string(),
    };
    let month = words.months[usize::from(local.month().unsigned_abs()) - 1];
    format!(
        "{day} {month} {}{}{:02}:{:02}:{:02} ({})",
        local.year(),
        words.before_clock,
        local.hour(),
        local.minute(),
        local.second(),
        offset(local.offset())
    )
}

fn offset(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::words::words;

    fn check(language: CertificateLanguage, zone: &str, at: &str) -> String {
        let zone = TimeZone::get(zone).unwrap();
        moment(words(language), &zone, at.parse().unwrap())
    }

    #[test]
    fn in_both_languages_and_with_the_offset_of_that_day() {
        use CertificateLanguage::{English, French};
        for (language, zone, at, text) in [
            (
                English,
                "Europe/Paris",
                "2026-11-24T13:32:05Z",
                "24 November 2026, 14:32:05 (UTC+01:00)",
            ),
            (
                French,
                "Europe/Paris",
                "2026-07-01T21:59:59.9Z",
                "1er juillet 2026 à 23:59:59 (UTC+02:00)",
            ),
            (French, "UTC", "2026-12-31T00:00:00Z", "31 décembre 2026 à 00:00:00 (UTC)"),
            (
                English,
                "America/St_Johns",
                "2026-01-01T00:00:00Z",
                "31 December 2025, 20:30:00 (UTC-03:30)",
            ),
            // Twice the same hour, told apart.
            (
                English,
                "Europe/Paris",
                "2026-10-25T00:30:00Z",
                "25 October 2026, 02:30:00 (UTC+02:00)",
            ),
            (
                English,
                "Europe/Paris",
                "2026-10-25T01:30:00Z",
                "25 October 2026, 02:30:00 (UTC+01:00)",
            ),
        ] {
            assert_eq!(check(language, zone, at), text);
        }
    }
}
