//! A client's file: how to reach them, what is next and what was, and the form.

use super::form::{ClientForm, Difference};
use super::phone_digits;
use crate::booking::{BookingError, SessionStatus};
use crate::client_erasure::may_erase;
use crate::i18n::{Lang, Say, money};
use crate::pages::calendar::booking::state;
use crate::pages::failure::Failure;
use crate::pages::frame::{Frame, Section};
use crate::pages::page;
use crate::pages::sessions::{Choice, span_words};
use crate::sign_in::Visitor;
use askama::Template;
use axum::response::Response;
use cloison_studio_queries::queries::clients::{ClientDetail, ClientSession, client_sessions};
use http::StatusCode;
use uuid::Uuid;

/// Of both kinds together, the newest first.
const SESSIONS_MAX: i64 = 40;

#[derive(Template)]
#[template(path = "clients/file.html")]
struct File {
    p: Frame,
    heading: String,
    owed: Option<String>,
    archived: bool,
    /// Nothing can be changed any more.
    erased: bool,
    /// Where whoever may do so can have the client forgotten.
    erase: Option<String>,
    book: Option<String>,
    contact: Option<Contact>,
    sessions: Option<[Part; 2]>,
    changed: Option<Vec<Difference>>,
    form: ClientForm,
    kinds: Vec<Choice>,
    action: String,
    submit: String,
    away: String,
}

struct Contact {
    phone: Option<String>,
    phone_digits: String,
    email: Option<String>,
}

struct Part {
    id: &'static str,
    heading: String,
    empty: String,
    rows: Vec<SessionRow>,
}

struct SessionRow {
    id: Uuid,
    title: String,
    when: String,
    room: Option<String>,
    state: String,
}

/// The file of somebody who is not a client yet: the form alone.
pub(super) fn respond_new(
    visitor: &Visitor,
    status: StatusCode,
    form: ClientForm,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Clients);
    let lang = p.lang;
    let file = File {
        heading: lang.t("client-new"),
        owed: None,
        archived: false,
        erased: false,
        erase: None,
        book: None,
        contact: None,
        sessions: None,
        changed: None,
        kinds: form.kinds(lang),
        action: "/clients/new".to_owned(),
        submit: lang.t("client-create"),
        away: "/clients".to_owned(),
        form,
        p,
    };
    page(visitor, status, &file)
}

pub(super) async fn respond(
    visitor: &Visitor,
    status: StatusCode,
    client: &ClientDetail,
    form: ClientForm,
    changed: Option<Vec<Difference>>,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Clients);
    let lang = p.lang;
    let sessions = client_sessions().bind(&visitor.db, &client.id, &SESSIONS_MAX).all().await?;
    let (mut next, past): (Vec<ClientSession>, Vec<ClientSession>) =
        sessions.into_iter().partition(|it| it.ends_at > visitor.now);
    next.reverse();
    let rows = |sessions: Vec<ClientSession>| {
        sessions
            .into_iter()
            .map(|it| session_row(visitor, lang, it))
            .collect::<Result<Vec<_>, Failure>>()
    };
    let active = client.status == "ACTIVE";
    let contact = Contact {
        phone: client.phone.clone(),
        phone_digits: client.phone.as_deref().map(phone_digits).unwrap_or_default(),
        email: client.email.clone(),
    };
    let file = File {
        heading: client.display_name.clone(),
        owed: (client.owed_cents > 0)
            .then(|| lang.t1("client-owed", "amount", money::euros(lang, client.owed_cents))),
        archived: client.status == "ARCHIVED",
        erased: client.status == "ERASED",
        erase: (may_erase(&visitor.user.role)
            && !matches!(client.status.as_str(), "ERASED" | "MERGED"))
        .then(|| format!("/clients/{}/erase", client.id)),
        book: active.then(|| format!("/sessions/new?client_id={}", client.id)),
        contact: (client.phone.is_some() || client.email.is_some()).then_some(contact),
        sessions: Some([
            Part {
                id: "next",
                heading: lang.t("client-sessions-next"),
                empty: lang.t("client-sessions-next-empty"),
                rows: rows(next)?,
            },
            Part {
                id: "past",
                heading: lang.t("client-sessions-past"),
                empty: lang.t("client-sessions-past-empty"),
                rows: rows(past)?,
            },
        ]),
        changed,
        kinds: form.kinds(lang),
        action: format!("/clients/{}", client.id),
        submit: lang.t("client-save"),
        away: "/clients".to_owned(),
        form,
        p,
    };
    page(visitor, status, &file)
}

fn session_row(
    visitor: &Visitor,
    lang: Lang,
    session: ClientSession,
) -> Result<SessionRow, Failure> {
    let status: SessionStatus = session.status.parse().map_err(BookingError::from)?;
    Ok(SessionRow {
        id: session.id,
        title: session.title,
        when: span_words(lang, &visitor.zone, session.starts_at, session.ends_at),
        room: session.room_name,
        state: state(lang, status, None),
    })
}
