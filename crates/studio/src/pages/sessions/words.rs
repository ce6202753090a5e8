//! What became of a booking, in sentences: who has the room and until when, what is free instead.

use super::form::{When, WhenProblem};
use crate::booking::{
    BookingError, Conflict, FreePlace, Problem, SessionStatus, TimeProblem, Unknown,
};
use crate::i18n::{Lang, Say, dates};
use crate::pages::calendar::booking::state;
use crate::pages::failure::is_read_only;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Sentences about more than this many conflicts are a wall.
const CONFLICTS_MAX: usize = 3;

/// Why the form was not taken, above it.
pub(crate) struct Refusal {
    pub(crate) class: &'static str,
    pub(crate) lines: Vec<String>,
    pub(crate) alternatives: Vec<Offer>,
}

impl Refusal {
    pub(crate) fn icon(&self) -> &'static str {
        if self.class == "ok" { "check" } else { "triangle-alert" }
    }
}

/// Another place or time, ready to be put into the form.
pub(crate) struct Offer {
    pub(crate) label: String,
    /// For the form's button: room, start and end.
    pub(crate) value: String,
    /// For the script: the same as the form's fields hold it.
    pub(crate) room: String,
    pub(crate) date: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) days: i64,
}

/// What is wrong beside each field.
#[derive(Default)]
pub(crate) struct Wrong {
    pub(crate) title: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) room: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) deposit: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) reason: Option<String>,
}

/// `mardi 24 novembre, 14:00 – 18:00 (4 h)`
pub(crate) fn span(
    lang: Lang,
    zone: &TimeZone,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> String {
    let (start, end) = (zone.to_datetime(starts_at), zone.to_datetime(ends_at));
    let duration = ends_at.duration_since(starts_at);
    let words = dates::duration(lang, duration.as_mins());
    let one_night = duration.as_hours() < 24;
    let key = if start.date() == end.date() || one_night {
        "session-span-day"
    } else {
        "session-span-days"
    };
    let mut values = vec![
        ("day", dates::day(lang, start.date()).into()),
        ("start", dates::clock(start.time()).into()),
        ("end", dates::clock(end.time()).into()),
        ("duration", words.into()),
    ];
    if key == "session-span-days" {
        values.push(("last", dates::day(lang, end.date()).into()));
    }
    lang.t_with(key, values)
}

/// What has the place, and what is free instead.
pub(crate) fn taken(
    lang: Lang,
    zone: &TimeZone,
    wanted: Date,
    conflicts: &[Conflict],
    free: &[FreePlace],
) -> Refusal {
    let mut lines: Vec<String> =
        conflicts.iter().take(CONFLICTS_MAX).map(|it| conflict(lang, zone, wanted, it)).collect();
    let alternatives: Vec<Offer> = free.iter().map(|it| offer(lang, zone, wanted, it)).collect();
    lines.push(if alternatives.is_empty() {
        lang.t("taken-none-free")
    } else {
        let places = alternatives.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join(", ");
        lang.t1("taken-free", "places", places)
    });
    Refusal { class: "danger", lines, alternatives }
}

/// "Studio A is taken by Marée haute until 18:00."
pub(crate) fn conflict(lang: Lang, zone: &TimeZone, wanted: Date, conflict: &Conflict) -> String {
    let end = zone.to_datetime(conflict.busy_to);
    let time = dates::clock(end.time());
    let until = if end.date() == wanted {
        time
    } else {
        lang.t2("until-day", "day", dates::day(lang, end.date()), "time", time)
    };
    let who = conflict.client.as_deref().unwrap_or(&conflict.title);
    let mut values = vec![
        ("what", conflict.resource.as_str().into()),
        ("who", who.into()),
        ("until", until.into()),
    ];
    let key = match conflict.hold_rank {
        Some(rank) => {
            values.push(("rank", i64::from(rank).into()));
            "taken-room-hold"
        }
        None if conflict.busy_to > conflict.ends_at => "taken-room-setup",
        None => "taken-room",
    };
    lang.t_with(key, values)
}

fn offer(lang: Lang, zone: &TimeZone, wanted: Date, free: &FreePlace) -> Offer {
    let start = zone.to_datetime(free.starts_at);
    let time = dates::clock(start.time());
    let label = if start.date() == wanted {
        lang.t2("alternative-today", "room", &free.room_name, "time", time)
    } else {
        let day = dates::day(lang, start.date());
        lang.t_with(
            "alternative-day",
            [("room", free.room_name.as_str().into()), ("day", day.into()), ("time", time.into())],
        )
    };
    let mut form = super::form::SessionForm::default();
    form.fill_in(free.room, When { starts_at: free.starts_at, ends_at: free.ends_at }, zone);
    Offer {
        label,
        value: format!("{}|{}|{}", free.room, free.starts_at, free.ends_at),
        room: form.room,
        date: form.date,
        from: form.from,
        to: form.to,
        days: form.days,
    }
}

/// Beside the fields: what is wrong with the date and the times. Ambiguous times are asked elsewhere.
pub(crate) fn when_problems(lang: Lang, problems: &[WhenProblem], wrong: &mut Wrong) {
    for problem in problems {
        match problem {
            WhenProblem::Date => wrong.date = Some(lang.t("wrong-date")),
            WhenProblem::From => wrong.from = Some(lang.t("wrong-time")),
            WhenProblem::To => wrong.to = Some(lang.t("wrong-time")),
            WhenProblem::Start(it) => wrong.from = Some(time_problem(lang, it)),
            WhenProblem::End(it) => wrong.to = Some(time_problem(lang, it)),
        }
    }
}

fn time_problem(lang: Lang, problem: &TimeProblem) -> String {
    match problem {
        TimeProblem::Nonexistent { wanted, first_after } => lang.t_with(
            "time-missing",
            [
                ("day", dates::day(lang, wanted.date()).into()),
                ("time", dates::clock(wanted.time()).into()),
                ("after", dates::clock(first_after.time()).into()),
            ],
        ),
        TimeProblem::Ambiguous { .. } => lang.t("time-twice-asked"),
        TimeProblem::OutOfRange { .. } => lang.t("wrong-date"),
    }
}

/// Beside the fields: every bound that was broken.
pub(crate) fn problems(lang: Lang, problems: &[Problem], wrong: &mut Wrong) {
    use crate::booking::{CREW_MAX, NOTES_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX};
    for problem in problems {
        match problem {
            Problem::TitleEmpty => wrong.title = Some(lang.t("wrong-title-missing")),
            Problem::TitleTooLong => {
                wrong.title = Some(lang.t1("wrong-title-long", "most", TITLE_CHARS_MAX));
            }
            Problem::NotesTooLong => {
                wrong.notes = Some(lang.t1("wrong-notes-long", "most", NOTES_CHARS_MAX));
            }
            Problem::ReasonTooLong => {
                wrong.reason = Some(lang.t1("wrong-reason-long", "most", REASON_CHARS_MAX));
            }
            Problem::NulCharacter => wrong.notes = Some(lang.t("wrong-character")),
            Problem::EndNotAfterStart => wrong.to = Some(lang.t("wrong-order")),
            Problem::TooShort | Problem::TooLong => wrong.to = Some(lang.t("wrong-length")),
            Problem::TooFarBack => wrong.date = Some(lang.t("wrong-past")),
            Problem::TooFarAhead => wrong.date = Some(lang.t("wrong-future")),
            Problem::CrewTooLarge => wrong.notes = Some(lang.t1("wrong-crew", "most", CREW_MAX)),
            Problem::ExpiryOutOfRange => wrong.date = Some(lang.t("wrong-expiry")),
            Problem::DepositOutOfRange => wrong.deposit = Some(lang.t("wrong-deposit")),
        }
    }
}

/// What of a booking's failure can be said at the form; gives back what cannot.
pub(crate) fn refusal(
    lang: Lang,
    zone: &TimeZone,
    wanted: Date,
    error: BookingError,
    wrong: &mut Wrong,
) -> Result<Option<Refusal>, BookingError> {
    let plain = |line: String| {
        Ok(Some(Refusal { class: "danger", lines: vec![line], alternatives: Vec::new() }))
    };
    match error {
        BookingError::Database(error) if is_read_only(&error) => Ok(Some(read_only(lang))),
        BookingError::Taken { conflicts, free, .. } => {
            Ok(Some(taken(lang, zone, wanted, &conflicts, &free)))
        }
        BookingError::TooManyHolds => plain(lang.t("too-many-holds")),
        BookingError::Closed { status } => plain(closed(lang, status)),
        BookingError::Unknown(Unknown::Room) => {
            wrong.room = Some(lang.t("wrong-room"));
            Ok(None)
        }
        BookingError::Unknown(Unknown::Client) => {
            wrong.client = Some(lang.t("wrong-client-gone"));
            Ok(None)
        }
        BookingError::Unknown(Unknown::Crew) => plain(lang.t("wrong-crew-gone")),
        BookingError::Invalid(broken) => {
            problems(lang, &broken, wrong);
            Ok(None)
        }
        other @ (BookingError::ChangedMeanwhile { .. }
        | BookingError::Unknown(Unknown::Session)
        | BookingError::Schema(_)
        | BookingError::Database(_)) => Err(other),
    }
}

/// Nothing is saved in this studio at present.
pub(crate) fn read_only(lang: Lang) -> Refusal {
    Refusal { class: "warn", lines: vec![lang.t("read-only-refused")], alternatives: Vec::new() }
}

/// "This session is now cancelled".
pub(crate) fn closed(lang: Lang, status: SessionStatus) -> String {
    lang.t1("session-state-refused", "state", state(lang, status, None).to_lowercase())
}
