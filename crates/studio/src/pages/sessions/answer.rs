//! The editor as an answer: beside its day, with what was wrong; and where to go when nothing was.

use super::client::Candidate;
use super::editor::{Editor, Offers};
use super::fetch;
use super::form::{SessionForm, parse_date};
use super::words::{self, Refusal, Wrong};
use crate::booking::BookingError;
use crate::i18n::{Say, dates};
use crate::pages::calendar::address::{Address, AddressQuery};
use crate::pages::calendar::{day_beside, grid::Grid};
use crate::pages::failure::Failure;
use crate::pages::frame::{Frame, Section};
use crate::pages::page;
use crate::sign_in::Visitor;
use askama::Template;
use axum::response::Response;
use cloison_pages::local_path;
use cloison_studio_queries::queries::{rooms, sessions};
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sessions/page.html")]
struct Page {
    p: Frame,
    editor: Editor,
    /// The day beside the editor, in words.
    day: String,
    grid: Grid,
    back: String,
}

/// What became of a form, besides the form itself.
#[derive(Default)]
pub(super) struct Said {
    pub(super) wrong: Wrong,
    pub(super) refusal: Option<Refusal>,
    pub(super) choices: Vec<Candidate>,
    /// Why somebody wanted to cancel, where that was not done.
    pub(super) cancel: Option<String>,
}

/// The editor beside its day.
pub(super) async fn respond(
    visitor: &Visitor,
    status: StatusCode,
    form: SessionForm,
    session: Option<sessions::SessionDetail>,
    said: Said,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Calendar);
    let day =
        parse_date(&form.date).unwrap_or_else(|| visitor.zone.to_datetime(visitor.now).date());
    let current = session.as_ref().map(|it| it.id);
    let (diary, grid) = day_beside(visitor, p.lang, day, current).await?;
    let staff = rooms::staff_list().bind(&visitor.db).all().await?;
    let back = form.back.clone();

    let offers = Offers { rooms: &diary.rooms, staff: &staff, zone: &visitor.zone };
    let mut editor = Editor::new(p.lang, form, &offers);
    if let Some(session) = &session {
        let status = session.status.parse().map_err(BookingError::from)?;
        editor = editor.of(p.lang, &visitor.zone, visitor.now, session, status);
    }
    editor.wrong = said.wrong;
    editor.refusal = said.refusal;
    editor.client_choices = said.choices;
    editor.cancel_reason = said.cancel;
    let day = dates::day_year(p.lang, day);
    page(visitor, status, &Page { p, editor, day, grid, back })
}

/// The form again, with why the booking did not happen.
pub(super) async fn refuse(
    visitor: &Visitor,
    error: BookingError,
    mut form: SessionForm,
    session: Option<sessions::SessionDetail>,
    mut said: Said,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let wanted =
        parse_date(&form.date).unwrap_or_else(|| visitor.zone.to_datetime(visitor.now).date());
    if let BookingError::ChangedMeanwhile { current } = error {
        let session = match session {
            Some(session) => fetch(visitor, &session.id.to_string()).await?,
            None => return Err(Failure::Missing),
        };
        let room = session.room_name.as_deref().unwrap_or_default();
        let span = words::span(lang, &visitor.zone, session.starts_at, session.ends_at);
        let now = format!("{}, {room}, {span}", session.title);
        form.version = current;
        said.refusal = Some(Refusal {
            class: "warn",
            lines: vec![lang.t1("session-changed", "now", now)],
            alternatives: Vec::new(),
        });
        return respond(visitor, StatusCode::CONFLICT, form, Some(session), said).await;
    }
    let status = match error {
        // What is not answered at the form is not answered with this status either.
        BookingError::Taken { .. }
        | BookingError::TooManyHolds
        | BookingError::Closed { .. }
        | BookingError::Database(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    said.refusal = words::refusal(lang, &visitor.zone, wanted, error, &mut said.wrong)?;
    respond(visitor, status, form, session, said).await
}

/// The calendar that a click came from, or the client's file.
pub(super) fn came_from(headers: &HeaderMap) -> String {
    let path = || {
        let referer = headers.get(header::REFERER)?.to_str().ok()?.parse::<http::Uri>().ok()?;
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let same = referer.authority().is_some_and(|it| it.as_str() == host);
        let path = referer.path_and_query()?.as_str().to_owned();
        (same && (path.starts_with("/calendar") || path.starts_with("/clients/"))).then_some(path)
    };
    path().map_or_else(|| "/calendar".to_owned(), |it| local_path(&it, "/calendar").to_owned())
}

/// Where the session can be seen: the calendar it came from if it shows that day, else the week of
/// the session.
pub(super) fn landing(
    visitor: &Visitor,
    back: &str,
    starts_at: Timestamp,
    session: Uuid,
) -> String {
    let day: Date = visitor.zone.to_datetime(starts_at).date();
    let query = back.strip_prefix("/calendar").map(|it| it.trim_start_matches('?'));
    let href = match query {
        None => back.to_owned(),
        Some(query) => {
            let query: AddressQuery = serde_urlencoded::from_str(query).unwrap_or_default();
            let address = Address::parse(&query, visitor.zone.to_datetime(visitor.now).date());
            let (first, last) = address.days();
            if (first..=last).contains(&day) { address.href() } else { address.in_week(day).href() }
        }
    };
    format!("{}#s-{session}", href.split('#').next().unwrap_or_default())
}
