//! The session's form as it was sent, kept as typed so that it can be shown again, and what it
//! means in the studio's own time.

use crate::booking::local_time::resolve;
use crate::booking::{Firmness, TimeProblem, Which};
use cloison_pages::{Fields, local_path};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

/// The last choice of "ends"; longer sessions are two sessions.
pub(crate) const DAYS_MAX: i64 = 13;

/// How firm a new booking is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum State {
    #[default]
    Confirmed,
    Hold,
    PendingDeposit,
}

impl State {
    pub(crate) const ALL: [Self; 3] = [Self::Confirmed, Self::Hold, Self::PendingDeposit];

    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Hold => "HOLD",
            Self::PendingDeposit => "PENDING_DEPOSIT",
        }
    }

    fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.value() == text).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct SessionForm {
    pub(crate) id: Option<Uuid>,
    pub(crate) version: i32,
    pub(crate) title: String,
    pub(crate) client: ClientForm,
    pub(crate) room: String,
    pub(crate) date: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) days: i64,
    pub(crate) which_from: Option<Which>,
    pub(crate) which_to: Option<Which>,
    pub(crate) state: State,
    pub(crate) deposit: String,
    pub(crate) crew: Vec<Uuid>,
    pub(crate) notes: String,
    pub(crate) back: String,
}

/// The client as named, and what the form already knows about that name.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClientForm {
    pub(crate) name: String,
    /// Belongs to the name `was`.
    pub(crate) id: Option<Uuid>,
    pub(crate) was: String,
    /// An answer to the question which client is meant, asked about the name `asked`.
    pub(crate) pick: String,
    pub(crate) asked: String,
}

/// When the session is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

/// Why the form does not say when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WhenProblem {
    Date,
    From,
    To,
    Start(TimeProblem),
    End(TimeProblem),
}

impl SessionForm {
    pub(crate) fn read(fields: &Fields) -> Self {
        let which = |name: &str| match fields.get(name) {
            "earlier" => Some(Which::Earlier),
            "later" => Some(Which::Later),
            _ => None,
        };
        Self {
            id: fields.parsed("id"),
            version: fields.parsed("version").unwrap_or(0),
            title: fields.line("title"),
            client: ClientForm {
                name: fields.line("client"),
                id: fields.parsed("client_id"),
                was: fields.line("client_was"),
                pick: fields.get("client_pick").to_owned(),
                asked: fields.line("client_asked"),
            },
            room: fields.get("room").to_owned(),
            date: fields.get("date").to_owned(),
            from: fields.get("from").to_owned(),
            to: fields.get("to").to_owned(),
            days: fields.parsed("days").unwrap_or(0).clamp(0, DAYS_MAX),
            which_from: which("which_from"),
            which_to: which("which_to"),
            state: State::parse(fields.get("state")),
            deposit: fields.line("deposit"),
            crew: fields
                .all("crew")
                .filter_map(|it| it.parse().ok())
                .take(crate::booking::CREW_MAX + 1)
                .collect(),
            notes: fields.text("notes"),
            back: local_path(fields.get("back"), "/calendar").to_owned(),
        }
    }

    /// The points in time, or every reason why there are none.
    pub(crate) fn when(&self, zone: &TimeZone) -> Result<When, Vec<WhenProblem>> {
        let (date, from, to) =
            (parse_date(&self.date), parse_time(&self.from), parse_time(&self.to));
        let (Some(date), Some(from), Some(to)) = (date, from, to) else {
            let missing = [
                date.is_none().then_some(WhenProblem::Date),
                from.is_none().then_some(WhenProblem::From),
                to.is_none().then_some(WhenProblem::To),
            ];
            return Err(missing.into_iter().flatten().collect());
        };
        // An end before the start on the same day means the night after.
        let days = if self.days == 0 && to <= from { 1 } else { self.days };
        let start: DateTime = date.to_datetime(from);
        let end = date.saturating_add(days.days()).to_datetime(to);
        match (resolve(start, zone, self.which_from), resolve(end, zone, self.which_to)) {
            (Ok(starts_at), Ok(ends_at)) => Ok(When { starts_at, ends_at }),
            (start, end) => {
                let problems =
                    [start.err().map(WhenProblem::Start), end.err().map(WhenProblem::End)];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// Puts another place and time into the form.
    pub(crate) fn fill_in(&mut self, room: Uuid, when: When, zone: &TimeZone) {
        let (start, end) = (zone.to_datetime(when.starts_at), zone.to_datetime(when.ends_at));
        self.room = room.to_string();
        self.date = start.date().to_string();
        self.from = crate::i18n::dates::clock(start.time());
        self.to = crate::i18n::dates::clock(end.time());
        let days = i64::from(start.date().until(end.date()).map_or(0, |it| it.get_days()));
        // The night after needs no saying.
        self.days = if days == 1 && end.time() <= start.time() { 0 } else { days };
        self.which_from = which_of(when.starts_at, zone);
        self.which_to = which_of(when.ends_at, zone);
    }

    /// A hold or a pending deposit lasts as long as the studio says, but not into the session itself.
    pub(crate) fn firmness(
        &self,
        when: When,
        now: Timestamp,
        hold_hours: i32,
        price_cents: i64,
    ) -> Option<Firmness> {
        /// Asked for when nobody says how much.
        const DEPOSIT_PERCENT: i64 = 30;

        let full = now + SignedDuration::from_hours(i64::from(hold_hours));
        let expires_at = if when.starts_at > now { full.min(when.starts_at) } else { full };
        match self.state {
            State::Confirmed => Some(Firmness::Confirmed),
            State::Hold => Some(Firmness::Hold { expires_at }),
            State::PendingDeposit => {
                let deposit_cents = if self.deposit.is_empty() {
                    (price_cents.saturating_mul(DEPOSIT_PERCENT) / 100).max(1)
                } else {
                    parse_cents(&self.deposit)?
                };
                Some(Firmness::PendingDeposit { deposit_cents, expires_at })
            }
        }
    }
}

/// Which of two equal wall-clock times this is; `None` for all but one hour a year.
fn which_of(at: Timestamp, zone: &TimeZone) -> Option<Which> {
    match resolve(zone.to_datetime(at), zone, None) {
        Err(TimeProblem::Ambiguous { earlier, .. }) => {
            Some(if at == earlier { Which::Earlier } else { Which::Later })
        }
        Ok(_) | Err(TimeProblem::Nonexistent { .. } | TimeProblem::OutOfRange { .. }) => None,
    }
}

/// `2026-11-24`, as a date field sends it.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|it| (1970..=2200).contains(&it.year()))
}

/// As people write it: `14:00`, `14h`, `14h30`, `1430`, `9`.
pub(crate) fn parse_time(text: &str) -> Option<Time> {
    let mut text = text.trim().to_lowercase().replace(['h', '.'], ":");
    if matches!(text.len(), 3 | 4) && text.bytes().all(|it| it.is_ascii_digit()) {
        text.insert(text.len() - 2, ':');
    }
    let mut parts = text.trim_end_matches(':').split(':');
    let hour = parts.next()?.trim().parse::<i8>().ok()?;
    let minute = parts.next().map_or(Some(0), |it| it.trim().parse::<i8>().ok())?;
    Time::new(hour, minute, 0, 0).ok()
}

/// `120`, `120,50`, `1 200.5`: an amount of euros in cents, without rounding.
fn parse_cents(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|it| !it.is_whitespace() && *it != '€').collect();
    let (euros, cents) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || !digits(euros) || !digits(cents) || cents.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    euros.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: &str, from: &str, to: &str, days: i64) -> Result<String, Vec<WhenProblem>> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let form = SessionForm {
            date: date.into(),
            from: from.into(),
            to: to.into(),
            days,
            ..SessionForm::default()
        };
        form.when(&zone).map(|it| format!("{} {}", it.starts_at, it.ends_at))
    }

    #[test]
    fn an_end_before_the_start_is_the_night_after() {
        assert_eq!(
            check("2026-11-24", "14:00", "18:00", 0).unwrap(),
            "2026-11-24T13:00:00Z 2026-11-24T17:00:00Z"
        );
        assert_eq!(
            check("2026-11-24", "22:00", "02:00", 0).unwrap(),
            "2026-11-24T21:00:00Z 2026-11-25T01:00:00Z"
        );
        assert_eq!(
            check("2026-11-24", "10:00", "18:00", 2).unwrap(),
            "2026-11-24T09:00:00Z 2026-11-26T17:00:00Z"
        );
    }

    #[test]
    fn every_missing_field_is_named() {
        assert_eq!(
            check("2026-02-30", "25:00", "", 0),
            Err(vec![WhenProblem::Date, WhenProblem::From, WhenProblem::To])
        );
    }

    #[test]
    fn the_nights_of_the_clock_change_are_not_guessed() {
        assert!(matches!(
            check("2027-03-28", "02:30", "06:00", 0).unwrap_err()[..],
            [WhenProblem::Start(TimeProblem::Nonexistent { .. })]
        ));
        assert!(matches!(
            check("2026-10-25", "02:30", "06:00", 0).unwrap_err()[..],
            [WhenProblem::Start(TimeProblem::Ambiguous { .. })]
        ));
        assert!(matches!(
            check("2026-10-24", "22:00", "02:30", 0).unwrap_err()[..],
            [WhenProblem::End(TimeProblem::Ambiguous { .. })]
        ));
    }

    #[test]
    fn what_is_filled_in_means_the_same() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        for (from, to) in [
            ("2026-11-24T13:00:00Z", "2026-11-24T17:00:00Z"),
            ("2026-11-24T21:00:00Z", "2026-11-25T01:00:00Z"),
            ("2026-11-24T09:00:00Z", "2026-11-26T17:00:00Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25T05:00:00Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T05:00:00Z"),
        ] {
            let when = When { starts_at: from.parse().unwrap(), ends_at: to.parse().unwrap() };
            let mut form = SessionForm::default();
            form.fill_in(Uuid::nil(), when, &zone);
            assert_eq!(form.when(&zone), Ok(when));
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, time) in [
            ("14:00", "14:00"),
            ("14h30", "14:30"),
            ("9h", "09:00"),
            ("9", "09:00"),
            ("1430", "14:30"),
            ("930", "09:30"),
            ("14:00:00", "14:00"),
        ] {
            assert_eq!(parse_time(text).map(crate::i18n::dates::clock).as_deref(), Some(time));
        }
        for text in ["", "24:00", "12:60", "-1:00", "noon", "2460", "12345"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_exact() {
        for (text, cents) in [("120", 12_000), ("120,5", 12_050), ("1 200.05 €", 120_005), ("0", 0)]
        {
            assert_eq!(parse_cents(text), Some(cents));
        }
        for text in ["", "-1", "1,234", "1.2.3", "lots", "99999999999999999999"] {
            assert_eq!(parse_cents(text), None, "{text}");
        }
    }
}
