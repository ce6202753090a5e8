//! The session editor: booking, changing, moving back, confirming, cancelling. A refused form comes
//! back as it was, with what is wrong in words and what is free instead.

mod answer;
mod client;
mod editor;
mod form;
mod look;
mod words;

use super::done;
use super::failure::{Failure, is_read_only};
use super::toast::{Done, Place as Was};
use crate::booking::{
    self, BookingError, CancelSession, ConfirmSession, Details, EditSession, Firmness, MoveSession,
    NewBooking, Outlook, Place,
};
use crate::i18n::{Lang, Say};
use crate::sign_in::Visitor;
use answer::{Said, came_from, landing, refuse, respond};
use axum::extract::{Path, Query};
use axum::response::Response;
use client::Meant;
use cloison_pages::{Fields, local_path};
use cloison_studio_queries::queries::{clients, rooms, sessions};
use form::{SessionForm, When, parse_date};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;
use words::{Refusal, Wrong};

pub(crate) use editor::Choice;
pub(crate) use look::preview;
pub(crate) use words::span as span_words;

/// `GET /sessions/new?room=&date=&from=&client=`
pub(crate) async fn new(
    visitor: Visitor,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::from_pairs(query);
    let today = visitor.zone.to_datetime(visitor.now);
    let mut form = SessionForm::read(&fields);
    form.id = None;
    form.back = came_from(&headers);
    if parse_date(&form.date).is_none() {
        form.date = today.date().to_string();
    }
    if let Some(id) = form.client.id {
        let client = clients::client_get().bind(&visitor.db, &id).opt().await?;
        let client = client.ok_or(Failure::Missing)?;
        form.client.name.clone_from(&client.display_name);
        form.client.was = client.display_name;
    }
    look::suggest_times(&visitor, &mut form).await?;
    respond(&visitor, StatusCode::OK, form, None, Said::default()).await
}

/// `GET /sessions/{id}`
pub(crate) async fn show(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let session = fetch(&visitor, &id).await?;
    let form = filled(&visitor, &session, came_from(&headers));
    respond(&visitor, StatusCode::OK, form, Some(session), Said::default()).await
}

/// `POST /sessions`
pub(crate) async fn book(mut visitor: Visitor, fields: Fields) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let mut form = SessionForm::read(&fields);
    form.id = None;
    if let Some(said) = use_alternative(&visitor, &fields, &mut form) {
        return respond(&visitor, StatusCode::OK, form, None, said).await;
    }
    let mut said = Said::default();
    let Some((place, when)) = place(&visitor, lang, &form, &mut said.wrong, Vec::new()) else {
        return respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, form, None, said).await;
    };
    let room = rooms::room_get().bind(&visitor.db, &place.room).opt().await?;
    let price = room.map_or(0, |it| {
        booking::price_cents(it.hourly_rate_cents, when.ends_at.duration_since(when.starts_at))
    });
    let Some(firmness) = form.firmness(when, visitor.now, visitor.studio.hold_hours, price) else {
        said.wrong.deposit = Some(lang.t("wrong-deposit"));
        return respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, form, None, said).await;
    };
    let client =
        match resolve_client(&visitor, lang, &mut form, &place, firmness, None, &mut said).await? {
            Ok(client) => client,
            Err(status) => return respond(&visitor, status, form, None, said).await,
        };

    let booking = NewBooking {
        place,
        details: Details { client, title: form.title.clone(), notes: form.notes.clone() },
        firmness,
        booked_by: Some(visitor.user.user_id),
    };
    match booking::book(&mut visitor.db, visitor.now, &booking).await {
        Ok(booked) => {
            let back = landing(&visitor, &form.back, when.starts_at, booked.session);
            let words = words::span(lang, &visitor.zone, when.starts_at, when.ends_at);
            let (id, version) = (booked.session, booked.version);
            Ok(done(
                &back,
                &Done::Booked { id, version, title: form.title, when: words, back: back.clone() },
            ))
        }
        Err(error) => refuse(&visitor, error, form, None, said).await,
    }
}

/// `POST /sessions/{id}`
pub(crate) async fn save(
    mut visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let session = fetch(&visitor, &id).await?;
    let mut form = SessionForm::read(&fields);
    form.id = Some(session.id);
    if let Some(said) = use_alternative(&visitor, &fields, &mut form) {
        return respond(&visitor, StatusCode::OK, form, Some(session), said).await;
    }
    let mut said = Said::default();
    let kept = equipment(&visitor, &session).await?;
    let Some((place, when)) = place(&visitor, lang, &form, &mut said.wrong, kept) else {
        return respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, form, Some(session), said)
            .await;
    };
    let same = Firmness::Confirmed;
    let client =
        match resolve_client(&visitor, lang, &mut form, &place, same, Some(session.id), &mut said)
            .await?
        {
            Ok(client) => client,
            Err(status) => return respond(&visitor, status, form, Some(session), said).await,
        };

    let edit = EditSession {
        session: session.id,
        version: form.version,
        place,
        details: Details { client, title: form.title.clone(), notes: form.notes.clone() },
    };
    match booking::edit(&mut visitor.db, visitor.now, &edit).await {
        Ok(booked) => {
            let back = landing(&visitor, &form.back, when.starts_at, session.id);
            let moved = (session.starts_at, session.ends_at) != (when.starts_at, when.ends_at)
                || session.room_id != Some(edit.place.room);
            let title = form.title;
            let said = match session.room_id.filter(|_| moved) {
                Some(room) => Done::Moved {
                    id: session.id,
                    version: booked.version,
                    title,
                    when: words::span(lang, &visitor.zone, when.starts_at, when.ends_at),
                    to: Was { room, starts_at: session.starts_at, ends_at: session.ends_at },
                    back: back.clone(),
                },
                None => Done::Saved { title },
            };
            Ok(done(&back, &said))
        }
        Err(error) => refuse(&visitor, error, form, Some(session), said).await,
    }
}

/// `POST /sessions/{id}/move`: the undo of a move. It gives up when anything has changed since.
pub(crate) async fn move_back(
    mut visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let session = fetch(&visitor, &id).await?;
    let back = local_path(fields.get("back"), "/calendar").to_owned();
    let (Some(version), Some(room), Some(starts_at), Some(ends_at)) = (
        fields.parsed::<i32>("version"),
        fields.parsed::<Uuid>("room"),
        fields.parsed::<Timestamp>("starts_at"),
        fields.parsed::<Timestamp>("ends_at"),
    ) else {
        return Ok(done(&back, &Done::NotUndone));
    };
    let drag = MoveSession { session: session.id, version, room, starts_at, ends_at };
    match booking::move_session(&mut visitor.db, visitor.now, &drag).await {
        Ok(_) => {
            let when = words::span(visitor.lang(), &visitor.zone, starts_at, ends_at);
            let back = landing(&visitor, &back, starts_at, session.id);
            Ok(done(&back, &Done::MovedBack { title: session.title, when }))
        }
        Err(error @ (BookingError::Database(_) | BookingError::Schema(_))) => Err(error.into()),
        Err(_) => Ok(done(&back, &Done::NotUndone)),
    }
}

/// `POST /sessions/{id}/confirm`: a hold or a pending deposit becomes firm.
pub(crate) async fn confirm(
    mut visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let session = fetch(&visitor, &id).await?;
    let back = local_path(fields.get("back"), "/calendar").to_owned();
    let confirm =
        ConfirmSession { session: session.id, version: fields.parsed("version").unwrap_or(0) };
    match booking::confirm(&mut visitor.db, visitor.now, &confirm).await {
        Ok(_) => {
            let back = landing(&visitor, &back, session.starts_at, session.id);
            Ok(done(&back, &Done::Confirmed { title: session.title }))
        }
        Err(error) => {
            let form = filled(&visitor, &session, back);
            refuse(&visitor, error, form, Some(session), Said::default()).await
        }
    }
}

/// `POST /sessions/{id}/cancel`
pub(crate) async fn cancel(
    mut visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let session = fetch(&visitor, &id).await?;
    let back = local_path(fields.get("back"), "/calendar").to_owned();
    let reason = fields.line("reason");
    if reason.is_empty() {
        let form = filled(&visitor, &session, back);
        let mut said = Said { cancel: Some(reason), ..Said::default() };
        said.wrong.reason = Some(visitor.lang().t("wrong-reason-missing"));
        return respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, form, Some(session), said)
            .await;
    }
    let cancel = CancelSession {
        session: session.id,
        version: fields.parsed("version").unwrap_or(0),
        reason: reason.clone(),
        cancelled_by: Some(visitor.user.user_id),
    };
    match booking::cancel(&mut visitor.db, visitor.now, &cancel).await {
        Ok(_) => Ok(done(&back, &Done::Cancelled { title: session.title })),
        Err(error @ BookingError::Schema(_)) => Err(error.into()),
        Err(_) if fields.get("undo") == "1" => Ok(done(&back, &Done::NotUndone)),
        Err(error) => {
            let form = filled(&visitor, &session, back);
            refuse(
                &visitor,
                error,
                form,
                Some(session),
                Said { cancel: Some(reason), ..Said::default() },
            )
            .await
        }
    }
}

/// Where and when the form says, or what is wrong with that and with the title.
fn place(
    visitor: &Visitor,
    lang: Lang,
    form: &SessionForm,
    wrong: &mut Wrong,
    kept: Vec<Uuid>,
) -> Option<(Place, When)> {
    let details = Details { client: None, title: form.title.clone(), notes: form.notes.clone() };
    let broken = details.problems();
    words::problems(lang, &broken, wrong);
    let room = form.room.parse().ok();
    if room.is_none() {
        wrong.room = Some(lang.t("wrong-room"));
    }
    let when = form
        .when(&visitor.zone)
        .map_err(|problems| words::when_problems(lang, &problems, wrong))
        .ok();
    let (room, when) = room.zip(when).filter(|_| broken.is_empty())?;
    let crew = form.crew.iter().copied().chain(kept).collect();
    Some((Place { room, starts_at: when.starts_at, ends_at: when.ends_at, crew }, when))
}

/// The client that the form means. A new one is made only when the place is free, so that a refused
/// booking leaves no client behind.
async fn resolve_client(
    visitor: &Visitor,
    lang: Lang,
    form: &mut SessionForm,
    place: &Place,
    firmness: Firmness,
    session: Option<Uuid>,
    said: &mut Said,
) -> Result<Result<Option<Uuid>, StatusCode>, Failure> {
    match client::meant(&visitor.db, lang, visitor.now, &form.client).await? {
        Meant::Nobody => Ok(Ok(None)),
        Meant::Known(id) => {
            form.client.id = Some(id);
            form.client.was.clone_from(&form.client.name);
            Ok(Ok(Some(id)))
        }
        Meant::TooLong => {
            said.wrong.client = Some(lang.t1("wrong-client-long", "most", client::NAME_CHARS_MAX));
            Ok(Err(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Meant::Ask(choices) => {
            said.wrong.client = Some(lang.t1("session-client-several", "name", &form.client.name));
            said.choices = choices;
            Ok(Err(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Meant::New(name) => {
            let outlook =
                booking::preview(&visitor.db, visitor.now, place, firmness, session).await;
            match outlook {
                Ok(preview) if preview.outlook == Outlook::Taken => {
                    let wanted = visitor.zone.to_datetime(place.starts_at).date();
                    let (conflicts, free) = (&preview.conflicts, &preview.free);
                    said.refusal = Some(words::taken(lang, &visitor.zone, wanted, conflicts, free));
                    return Ok(Err(StatusCode::CONFLICT));
                }
                Err(error @ (BookingError::Database(_) | BookingError::Schema(_))) => {
                    return Err(error.into());
                }
                // Whatever else is wrong, booking says.
                Err(_) => return Ok(Ok(None)),
                Ok(_) => {}
            }
            let id = match client::create(&visitor.db, lang, &name).await {
                Ok(id) => id,
                Err(error) if is_read_only(&error) => {
                    said.refusal = Some(words::read_only(lang));
                    return Ok(Err(StatusCode::CONFLICT));
                }
                Err(error) => return Err(error.into()),
            };
            form.client.id = Some(id);
            form.client.was = name;
            Ok(Ok(Some(id)))
        }
    }
}

/// A button of the refusal was pressed: its place and time go into the form.
fn use_alternative(visitor: &Visitor, fields: &Fields, form: &mut SessionForm) -> Option<Said> {
    let mut parts = fields.get("use").split('|');
    let room: Uuid = parts.next()?.parse().ok()?;
    let starts_at = parts.next()?.parse().ok()?;
    let ends_at = parts.next()?.parse().ok()?;
    form.fill_in(room, When { starts_at, ends_at }, &visitor.zone);
    let lang = visitor.lang();
    let when = words::span(lang, &visitor.zone, starts_at, ends_at);
    let line = lang.t1("alternative-chosen", "when", when);
    let refusal = Some(Refusal { class: "ok", lines: vec![line], alternatives: Vec::new() });
    Some(Said { refusal, ..Said::default() })
}

fn filled(visitor: &Visitor, session: &sessions::SessionDetail, back: String) -> SessionForm {
    let mut form = SessionForm {
        id: Some(session.id),
        version: session.version,
        title: session.title.clone(),
        crew: session.crew_ids.clone(),
        notes: session.notes.clone(),
        back,
        ..SessionForm::default()
    };
    if let Some(name) = &session.client_name {
        form.client.id = session.client_id;
        form.client.name.clone_from(name);
        form.client.was.clone_from(name);
    }
    let when = When { starts_at: session.starts_at, ends_at: session.ends_at };
    form.fill_in(session.room_id.unwrap_or_default(), when, &visitor.zone);
    form
}

async fn fetch(visitor: &Visitor, id: &str) -> Result<sessions::SessionDetail, Failure> {
    let id: Uuid = id.parse().map_err(|_malformed| Failure::Missing)?;
    sessions::session_get().bind(&visitor.db, &id).opt().await?.ok_or(Failure::Missing)
}

/// What a session has besides its room and its people: the form does not show it, so it stays.
async fn equipment(
    visitor: &Visitor,
    session: &sessions::SessionDetail,
) -> Result<Vec<Uuid>, Failure> {
    let all = sessions::session_resources().bind(&visitor.db, &session.id).all().await?;
    Ok(all
        .into_iter()
        .filter(|it| Some(*it) != session.room_id && !session.crew_ids.contains(it))
        .collect())
}
