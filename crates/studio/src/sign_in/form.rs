//! Signing in with an e-mail address and a password, and signing out.

use super::attempts::{Attempt, Attempts};
use super::password::{PasswordError, Passwords};
use super::token::{self, Token};
use super::visitor::{COOKIE, IDLE, MaybeVisitor};
use crate::Clock;
use crate::db::Db;
use crate::i18n::Lang;
use crate::pages::failure::Failure;
use crate::pages::frame::{Frame, Section};
use crate::pages::html;
use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use cloison_pages::{Fields, cookies, local_path, preferences};
use cloison_router::Tenant;
use cloison_studio_queries::queries::{settings, sign_ins, users};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use std::net::SocketAddr;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct Page {
    p: Frame,
    next: String,
    email: String,
    said: Option<String>,
    wrong: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ShowQuery {
    next: Option<String>,
    out: Option<String>,
}

/// `GET /sign-in`
pub(crate) async fn show(
    visitor: MaybeVisitor,
    tenant: Tenant,
    db: Db,
    headers: HeaderMap,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Failure> {
    let next = query.next.as_deref().map(|it| local_path(it, "/calendar"));
    if visitor.0.is_some() {
        return Ok(Redirect::to(next.unwrap_or("/calendar")).into_response());
    }
    let here = http_uri("/sign-in", next);
    let p = frame_for_stranger(&tenant, &db, &headers, here).await?;
    let said = if query.out.is_some() {
        Some(p.t("signed-out"))
    } else if cookies::get(&headers, COOKIE).is_some() {
        Some(p.t("sign-in-again"))
    } else {
        None
    };
    let page = Page {
        p,
        next: next.unwrap_or("/calendar").to_owned(),
        email: String::new(),
        said,
        wrong: None,
    };
    html(StatusCode::OK, &page)
}

/// `POST /sign-in`
pub(crate) async fn enter(
    State(clock): State<Clock>,
    State(passwords): State<Passwords>,
    State(attempts): State<Attempts>,
    tenant: Tenant,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Response> {
    /// `users.email` holds no more.
    const EMAIL_MAX: usize = 254;

    let now = clock.now();
    let email = fields.line("email");
    let password = fields.raw("password").to_owned();
    let next = local_path(fields.get("next"), "/calendar").to_owned();
    let address = address.map(|it| it.0.0.ip());
    let attempt = Attempt::new(&tenant, &email, address);

    let typed = Typed { tenant: &tenant, headers: &headers, next: &next, email: &email };
    if let Some(wait) = attempts.begin(&attempt, now) {
        let seconds = wait.as_secs().max(0) + 1;
        let mut response = typed.refuse(Refusal::Wait { seconds }).await?;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(response);
    }

    // The connection goes back before the hash is computed: seats are fewer than people.
    let user = {
        let db = Db::of(&tenant).await.map_err(IntoResponse::into_response)?;
        let found = users::user_by_email().bind(&db, &email).opt().await;
        found.map_err(|error| Failure::from(error).into_response())?
    };
    let user = user.filter(|it| it.status == "ACTIVE" && email.len() <= EMAIL_MAX);
    let stored = user.as_ref().and_then(|it| it.password_hash.clone());
    let matches = if password.len() > super::password::LENGTH_MAX {
        Ok(false)
    } else {
        passwords.verify(password, stored).await
    };
    match (matches, user) {
        (Ok(true), Some(user)) => {
            attempts.succeeded(&attempt);
            let db = Db::of(&tenant).await.map_err(IntoResponse::into_response)?;
            let cookie =
                sign_in(&db, user.id, now, &headers).await.map_err(IntoResponse::into_response)?;
            Ok((([(header::SET_COOKIE, cookie)]), Redirect::to(&next)).into_response())
        }
        (Ok(_), _) => typed.refuse(Refusal::Wrong).await,
        (Err(PasswordError::Busy), _) => typed.refuse(Refusal::Busy).await,
        (Err(error @ (PasswordError::Hash(_) | PasswordError::Thread(_))), _) => {
            Err(Failure::Internal(Box::new(error)).into_response())
        }
    }
}

/// Why somebody is not let in.
#[derive(Clone, Copy)]
enum Refusal {
    Wrong,
    Wait { seconds: i64 },
    Busy,
}

/// What was typed, to be shown again.
struct Typed<'a> {
    tenant: &'a Tenant,
    headers: &'a HeaderMap,
    next: &'a str,
    email: &'a str,
}

impl Typed<'_> {
    async fn refuse(&self, why: Refusal) -> Result<Response, Response> {
        let db = Db::of(self.tenant).await.map_err(IntoResponse::into_response)?;
        let here = http_uri("/sign-in", Some(self.next));
        let p = frame_for_stranger(self.tenant, &db, self.headers, here)
            .await
            .map_err(IntoResponse::into_response)?;
        let (status, wrong) = match why {
            Refusal::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, p.t("sign-in-wrong")),
            Refusal::Wait { seconds } => {
                (StatusCode::TOO_MANY_REQUESTS, p.t1("sign-in-wait", "seconds", seconds))
            }
            Refusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, p.t("sign-in-busy")),
        };
        let page = Page {
            p,
            next: self.next.to_owned(),
            email: self.email.to_owned(),
            said: None,
            wrong: Some(wrong),
        };
        html(status, &page).map_err(IntoResponse::into_response)
    }
}

/// `POST /sign-out`. Also for those who are not signed in: there is nothing to explain.
pub(crate) async fn leave(db: Db, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(hash) = cookies::get(&headers, COOKIE).map(token::hash) {
        sign_ins::sign_in_delete().bind(&db, &&hash[..]).await?;
    }
    Ok(([(header::SET_COOKIE, cookies::clear(COOKIE))], Redirect::to("/sign-in?out=1"))
        .into_response())
}

/// Remembers the browser, and gives it the cookie to say so.
pub(super) async fn sign_in(
    db: &Db,
    user: Uuid,
    now: Timestamp,
    headers: &HeaderMap,
) -> Result<HeaderValue, Failure> {
    const USER_AGENT_MAX: usize = 400;

    let token = Token::random().map_err(|error| Failure::Internal(Box::new(error)))?;
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let agent: String = agent.chars().take(USER_AGENT_MAX).collect();
    sign_ins::sign_ins_delete_expired().bind(db, &now).await?;
    sign_ins::sign_in_insert()
        .bind(db, &&token.hash[..], &user, &now, &(now + IDLE), &agent)
        .await?;
    Ok(cookies::set(COOKIE, &token.text, IDLE.as_secs()))
}

/// The frame of a page outside: the studio's name and, unless the browser says otherwise, its language.
pub(super) async fn frame_for_stranger(
    tenant: &Tenant,
    db: &Db,
    headers: &HeaderMap,
    here: String,
) -> Result<Frame, Failure> {
    let studio = settings::settings_get().bind(db).one().await?;
    let lang = preferences::lang_of_browser(headers)
        .or_else(|| Lang::parse(&studio.locale))
        .unwrap_or(Lang::Fr);
    Ok(Frame {
        lang,
        theme: preferences::theme(headers),
        studio: studio.name,
        person: String::new(),
        section: Section::None,
        here,
        toast: None,
        read_only: tenant.is_read_only(),
        is_copy: tenant.subdomain().is_inspection(),
        is_owner: false,
    })
}

fn http_uri(path: &str, next: Option<&str>) -> String {
    let Some(next) = next else { return path.to_owned() };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("{path}?{query}")
}
