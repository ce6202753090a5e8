//! When the studio is open: weekly rules in local time, laid out as real time. Staff may book outside them;
//! only suggestions keep to them.

use jiff::SignedDuration;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::Span;

/// Open on `weekday` (1 is Monday) from `opens_minute` after local midnight, for `duration_minutes`; past
/// midnight where that is how long it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningRule {
    pub weekday: i8,
    pub opens_minute: i32,
    pub duration_minutes: i32,
}

/// The open times that touch `range`, in order, joined where one begins as another ends. A rule whose opening
/// falls into the skipped hour opens when that hour is over.
pub fn open_times(rules: &[OpeningRule], zone: &TimeZone, range: Span) -> Vec<Span> {
    let last = zone.to_datetime(range.end()).date();
    // One day earlier, for the opening that is still running when the range begins.
    let Ok(mut day) = zone.to_datetime(range.start()).date().yesterday() else { return Vec::new() };

    let mut open = Vec::new();
    while day <= last {
        let today = day.weekday().to_monday_one_offset();
        for rule in rules.iter().filter(|rule| rule.weekday == today) {
            open.extend(rule_on(*rule, day, zone).filter(|span| span.overlaps(range)));
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    open.sort_by_key(|span| (span.start(), span.end()));
    joined(open)
}

fn rule_on(rule: OpeningRule, day: jiff::civil::Date, zone: &TimeZone) -> Option<Span> {
    let midnight = day.to_datetime(Time::midnight());
    let opens = midnight.checked_add(SignedDuration::from_mins(rule.opens_minute.into())).ok()?;
    let start = zone.to_ambiguous_timestamp(opens).compatible().ok()?;
    let end = start.checked_add(SignedDuration::from_mins(rule.duration_minutes.into())).ok()?;
    Span::new(start, end)
}

fn joined(sorted: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start() <= last.end() => {
                let end = last.end().max(span.end());
                *last = Span::new(last.start(), end).expect("it only grew");
            }
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_night() -> Vec<OpeningRule> {
        (1..=7)
            .map(|weekday| OpeningRule { weekday, opens_minute: 600, duration_minutes: 960 })
            .collect()
    }

    fn check(rules: &[OpeningRule], from: &str, to: &str) -> Vec<String> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let at = |text: &str| zone.to_timestamp(text.parse().unwrap()).unwrap();
        open_times(rules, &zone, Span::new(at(from), at(to)).unwrap())
            .into_iter()
            .map(|span| {
                let (start, end) = (zone.to_datetime(span.start()), zone.to_datetime(span.end()));
                format!("{} - {}", start.strftime("%d %H:%M"), end.strftime("%d %H:%M"))
            })
            .collect()
    }

    #[test]
    fn an_opening_may_pass_midnight_and_reach_into_the_range() {
        assert_eq!(
            check(&every_night(), "2026-11-24 00:30", "2026-11-25 00:30"),
            ["23 10:00 - 24 02:00", "24 10:00 - 25 02:00"]
        );
        assert_eq!(check(&every_night(), "2026-11-24 03:00", "2026-11-24 09:00"), [""; 0]);
    }

    #[test]
    fn openings_that_meet_are_one() {
        let mut round_the_clock = every_night();
        for rule in &mut round_the_clock {
            rule.duration_minutes = 1440;
        }
        assert_eq!(
            check(&round_the_clock, "2026-11-24 12:00", "2026-11-26 12:00"),
            ["24 10:00 - 27 10:00"]
        );
    }

    #[test]
    fn a_day_without_a_rule_is_closed() {
        let monday = &every_night()[..1];
        assert_eq!(
            check(monday, "2026-11-23 00:00", "2026-12-01 00:00"),
            ["23 10:00 - 24 02:00", "30 10:00 - 01 02:00"]
        );
    }

    #[test]
    fn a_duration_is_real_time_when_the_clocks_change() {
        let evening = [OpeningRule { weekday: 6, opens_minute: 22 * 60, duration_minutes: 600 }];
        assert_eq!(
            check(&evening, "2027-03-27 12:00", "2027-03-28 12:00"),
            ["27 22:00 - 28 09:00"]
        );
    }
}
