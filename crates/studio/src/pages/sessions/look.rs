//! Looking before booking: what the editor says while one types, and the time it proposes first.

use super::form::{SessionForm, parse_date, parse_time};
use super::words::{self, Offer, Wrong};
use crate::booking::{self, BookingError, Firmness, Outlook, Place, Span, local_time};
use crate::i18n::{Lang, Say, dates, money};
use crate::pages::calendar::opening_rules;
use crate::pages::failure::Failure;
use crate::pages::frame::{Frame, Section};
use crate::pages::html;
use crate::pages::sessions::form::State;
use crate::sign_in::Visitor;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use cloison_pages::Fields;
use cloison_studio_queries::queries::rooms;
use http::StatusCode;
use jiff::{SignedDuration, ToSpan};

/// A session of no given length is this long.
const LENGTH: SignedDuration = SignedDuration::from_hours(4);

#[derive(Template)]
#[template(path = "sessions/preview.html")]
struct Outcome {
    p: Frame,
    class: &'static str,
    icon: &'static str,
    lines: Vec<String>,
    alternatives: Vec<Offer>,
}

/// `GET /sessions/preview`: a few lines of HTML for the live region of the editor; nothing while the
/// form does not say where and when.
pub(crate) async fn preview(
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Calendar);
    let lang = p.lang;
    let form = SessionForm::read(&Fields::from_pairs(query));
    let Ok(room) = form.room.parse() else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let mut wrong = Wrong::default();
    let when = match form.when(&visitor.zone) {
        Ok(when) => when,
        Err(problems) => {
            words::when_problems(lang, &problems, &mut wrong);
            let typed = !form.date.is_empty() && !form.from.is_empty() && !form.to.is_empty();
            return if typed { say(p, wrong) } else { Ok(StatusCode::NO_CONTENT.into_response()) };
        }
    };

    let place =
        Place { room, starts_at: when.starts_at, ends_at: when.ends_at, crew: form.crew.clone() };
    let firmness = match form.state {
        State::Hold => Firmness::Hold { expires_at: when.ends_at },
        State::Confirmed | State::PendingDeposit => Firmness::Confirmed,
    };
    let look = match booking::preview(&visitor.db, visitor.now, &place, firmness, form.id).await {
        Ok(look) => look,
        Err(BookingError::Invalid(problems)) => {
            words::problems(lang, &problems, &mut wrong);
            return say(p, wrong);
        }
        Err(error) => return Err(error.into()),
    };
    let wanted = visitor.zone.to_datetime(when.starts_at).date();
    let outcome = match look.outlook {
        Outlook::Taken => {
            let refusal = words::taken(lang, &visitor.zone, wanted, &look.conflicts, &look.free);
            Outcome {
                p,
                class: "danger",
                icon: "triangle-alert",
                lines: refusal.lines,
                alternatives: refusal.alternatives,
            }
        }
        Outlook::TooManyHolds => Outcome {
            lines: vec![lang.t("too-many-holds")],
            p,
            class: "danger",
            icon: "triangle-alert",
            alternatives: Vec::new(),
        },
        Outlook::Free | Outlook::HoldRank(_) => {
            let room =
                rooms::room_get().bind(&visitor.db, &room).opt().await?.ok_or(Failure::Missing)?;
            let span = words::span(lang, &visitor.zone, when.starts_at, when.ends_at);
            let mut lines = vec![lang.t2("preview-free", "room", &room.name, "when", span)];
            if let Outlook::HoldRank(rank) = look.outlook {
                lines = look
                    .conflicts
                    .iter()
                    .map(|it| words::conflict(lang, &visitor.zone, wanted, it))
                    .collect();
                lines.push(lang.t1("preview-hold", "rank", i64::from(rank)));
            }
            if look.price_cents > 0 {
                let length = when.ends_at.duration_since(when.starts_at);
                lines.push(price(lang, length, room.hourly_rate_cents, look.price_cents));
            }
            Outcome { p, class: "ok", icon: "check", lines, alternatives: Vec::new() }
        }
    };
    html(StatusCode::OK, &outcome)
}

/// Puts a time into a form that has none: what was clicked, else the next half hour of today, else
/// the opening of the day; four hours long, or until the doors close.
pub(super) async fn suggest_times(
    visitor: &Visitor,
    form: &mut SessionForm,
) -> Result<(), Failure> {
    let zone = &visitor.zone;
    let now = zone.to_datetime(visitor.now);
    let Some(date) = parse_date(&form.date) else { return Ok(()) };
    let rules = opening_rules(visitor).await?;
    let open = local_time::days(date, date, zone)
        .map_or(Vec::new(), |day| booking::open_times(&rules, zone, day));
    let opens = open.iter().map(|it| zone.to_datetime(it.start())).find(|it| it.date() == date);
    let start = match (parse_time(&form.from), opens) {
        (Some(time), _) => date.to_datetime(time),
        (None, Some(opens)) if date != now.date() || opens > now => opens,
        (None, _) if date == now.date() => {
            let next = now.saturating_add(SignedDuration::from_mins(29));
            let minute = if next.minute() < 30 { 0 } else { 30 };
            next.date().at(next.hour(), minute, 0, 0)
        }
        (None, _) => date.at(10, 0, 0, 0),
    };
    form.date = start.date().to_string();
    form.from = dates::clock(start.time());
    if parse_time(&form.to).is_some() {
        return Ok(());
    }
    let end = start.saturating_add(LENGTH);
    let closes = open
        .iter()
        .filter_map(|it: &Span| {
            let (opens, closes) = (zone.to_datetime(it.start()), zone.to_datetime(it.end()));
            (opens <= start && start.saturating_add(30.minutes()) <= closes).then_some(closes)
        })
        .max();
    form.to = dates::clock(closes.map_or(end, |it| it.min(end)).time());
    Ok(())
}

fn say(p: Frame, wrong: Wrong) -> Result<Response, Failure> {
    let lines = [wrong.room, wrong.date, wrong.from, wrong.to].into_iter().flatten().collect();
    html(
        StatusCode::OK,
        &Outcome { p, class: "warn", icon: "triangle-alert", lines, alternatives: Vec::new() },
    )
}

fn price(lang: Lang, length: SignedDuration, rate_cents: i64, total_cents: i64) -> String {
    lang.t_with(
        "preview-price",
        [
            ("duration", dates::duration(lang, length.as_mins()).into()),
            ("rate", money::euros(lang, rate_cents).into()),
            ("total", money::euros(lang, total_cents).into()),
        ],
    )
}
