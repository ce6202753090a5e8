//! The one-time link: an invitation to choose a password. Opening it changes nothing, because mail
//! programs open links by themselves; only sending the form uses it up, and only once.

use super::form::{frame_for_stranger, sign_in};
use super::password::{self, PasswordError, Passwords};
use super::token;
use crate::Clock;
use crate::db::Db;
use crate::i18n::{Lang, Say};
use crate::pages::failure::Failure;
use crate::pages::frame::Frame;
use crate::pages::html;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cloison_pages::Fields;
use cloison_router::Tenant;
use cloison_studio_queries::queries::{sign_in_links, sign_ins, users};
use http::{HeaderMap, StatusCode, header};

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct Page {
    p: Frame,
    name: String,
    email: String,
    password_min: usize,
    wrong: Option<String>,
    /// Whether there is a password to choose: a studio that is read-only keeps the old one.
    chooses: bool,
}

#[derive(Template)]
#[template(path = "sign_in/link_over.html")]
struct Over {
    p: Frame,
}

/// `GET /sign-in/{token}`
pub(crate) async fn open(
    State(clock): State<Clock>,
    tenant: Tenant,
    db: Db,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let p = frame_for_stranger(&tenant, &db, &headers, format!("/sign-in/{text}")).await?;
    let link = sign_in_links::sign_in_link_find()
        .bind(&db, &&token::hash(&text)[..], &clock.now())
        .opt()
        .await?;
    match link {
        Some(user) => html(StatusCode::OK, &Page::new(p, user.display_name, user.email, None)),
        None => html(StatusCode::GONE, &Over { p }),
    }
}

/// `POST /sign-in/{token}`
pub(crate) async fn choose(
    State(clock): State<Clock>,
    State(passwords): State<Passwords>,
    tenant: Tenant,
    Path(text): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Response> {
    let now = clock.now();
    let hash = token::hash(&text);
    let password = fields.raw("password").to_owned();

    let db = Db::of(&tenant).await.map_err(IntoResponse::into_response)?;
    let p = frame_for_stranger(&tenant, &db, &headers, format!("/sign-in/{text}"))
        .await
        .map_err(IntoResponse::into_response)?;
    let lang = p.lang;
    let found = sign_in_links::sign_in_link_find().bind(&db, &&hash[..], &now).opt().await;
    let Some(user) = found.map_err(|error| Failure::from(error).into_response())? else {
        return html(StatusCode::GONE, &Over { p }).map_err(IntoResponse::into_response);
    };
    if tenant.is_read_only() {
        return enter_only(&db, &hash, p, now, &headers).await.map_err(IntoResponse::into_response);
    }
    drop(db);

    if let Some(wrong) = refused(lang, &password, &user.email) {
        let page = Page::new(p, user.display_name, user.email, Some(wrong));
        return html(StatusCode::UNPROCESSABLE_ENTITY, &page).map_err(IntoResponse::into_response);
    }
    let password_hash = match passwords.hash(password).await {
        Ok(hash) => hash,
        Err(PasswordError::Busy) => {
            let page = Page::new(p, user.display_name, user.email, Some(lang.t("sign-in-busy")));
            return html(StatusCode::SERVICE_UNAVAILABLE, &page)
                .map_err(IntoResponse::into_response);
        }
        Err(error @ (PasswordError::Hash(_) | PasswordError::Thread(_))) => {
            return Err(Failure::Internal(Box::new(error)).into_response());
        }
    };

    let mut db = Db::of(&tenant).await.map_err(IntoResponse::into_response)?;
    let entered = enter(&mut db, &hash, &password_hash, lang, now)
        .await
        .map_err(IntoResponse::into_response)?;
    if !entered {
        return html(StatusCode::GONE, &Over { p }).map_err(IntoResponse::into_response);
    }
    let cookie = sign_in(&db, user.id, now, &headers).await.map_err(IntoResponse::into_response)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/calendar")).into_response())
}

/// Lets somebody into a studio that is read-only: by the link, and with the password as it was.
async fn enter_only(
    db: &Db,
    hash: &[u8],
    p: Frame,
    now: jiff::Timestamp,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let Some(user) = sign_in_links::sign_in_link_use().bind(db, &now, &hash).opt().await? else {
        return html(StatusCode::GONE, &Over { p });
    };
    let cookie = sign_in(db, user, now, headers).await?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/calendar")).into_response())
}

/// Uses the link up and sets the password in one transaction: of two who send the form, one enters.
/// Whoever was signed in with the old password is signed out.
async fn enter(
    db: &mut Db,
    hash: &[u8],
    password_hash: &str,
    lang: Lang,
    now: jiff::Timestamp,
) -> Result<bool, Failure> {
    let txn = db.begin().await?;
    let Some(user) = sign_in_links::sign_in_link_use().bind(&txn, &now, &hash).opt().await? else {
        txn.rollback().await?;
        return Ok(false);
    };
    let activated = users::user_activate().bind(&txn, &password_hash, &user).await?;
    if activated == 0 {
        txn.rollback().await?;
        return Ok(false);
    }
    users::user_set_locale().bind(&txn, &lang.tag(), &user).await?;
    sign_ins::sign_ins_delete_of_user().bind(&txn, &user).await?;
    txn.commit().await?;
    Ok(true)
}

fn refused(lang: Lang, password: &str, email: &str) -> Option<String> {
    let length = password.chars().count();
    if length < password::LENGTH_MIN {
        Some(lang.t1("link-password-short", "least", password::LENGTH_MIN))
    } else if password.len() > password::LENGTH_MAX {
        Some(lang.t1("link-password-long", "most", password::LENGTH_MAX))
    } else if password.eq_ignore_ascii_case(email) {
        Some(lang.t("link-password-email"))
    } else {
        None
    }
}

impl Page {
    fn new(p: Frame, name: String, email: String, wrong: Option<String>) -> Self {
        let chooses = !p.read_only;
        Self { p, name, email, password_min: password::LENGTH_MIN, wrong, chooses }
    }
}
