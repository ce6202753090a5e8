//! The language and the theme that a person has chosen. They live in cookies, so that also the
//! page for signing in has them; the language is kept with the user too, for the next browser.

use super::cookies;
use super::fields::{Fields, local_path};
use super::frame::Theme;
use crate::i18n::Lang;
use crate::sign_in::MaybeVisitor;
use axum::response::{IntoResponse, Redirect, Response};
use cloison_studio_queries::queries;
use http::{HeaderMap, header};

const LANG_COOKIE: &str = "__Host-cloison-lang";
const THEME_COOKIE: &str = "__Host-cloison-theme";
const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// The language chosen in this browser.
pub(crate) fn lang_chosen(headers: &HeaderMap) -> Option<Lang> {
    cookies::get(headers, LANG_COOKIE).and_then(Lang::parse)
}

/// The language chosen in this browser, else the one that the browser asks for.
pub(crate) fn lang_of_browser(headers: &HeaderMap) -> Option<Lang> {
    let asked = || Lang::from_accept_language(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    lang_chosen(headers).or_else(asked)
}

pub(crate) fn theme(headers: &HeaderMap) -> Theme {
    cookies::get(headers, THEME_COOKIE).and_then(Theme::parse).unwrap_or(Theme::System)
}

/// `POST /preferences`: works with and without being signed in.
pub(crate) async fn save(visitor: MaybeVisitor, fields: Fields) -> Response {
    let mut response = Redirect::to(local_path(fields.get("back"))).into_response();
    if let Some(theme) = Theme::parse(fields.get("theme")) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookies::set(THEME_COOKIE, theme.value(), YEAR_SECONDS));
    }
    if let Some(lang) = Lang::parse(fields.get("locale")) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookies::set(LANG_COOKIE, lang.tag(), YEAR_SECONDS));
        if let Some(visitor) = visitor.0 {
            // The cookie is what counts here; a studio that is read-only keeps the old choice.
            let saved = queries::users::user_set_locale()
                .bind(&visitor.db, &lang.tag(), &visitor.user.user_id)
                .await;
            if let Err(error) = saved {
                tracing::debug!(%error, "the language was not kept with the user");
            }
        }
    }
    response
}
