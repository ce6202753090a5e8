//! The person behind a request, with a connection to their studio. One extractor for both, because
//! who they are is looked up on that connection.

use super::token;
use crate::Clock;
use crate::db::Db;
use crate::i18n::Lang;
use crate::pages::frame::{Frame, Section};
use crate::pages::toast::{self, Done};
use crate::pages::{exports, failure::Failure};
use axum::extract::{FromRef, FromRequestParts};
use axum::response::{IntoResponse, Redirect, Response};
use cloison_pages::{cookies, preferences};
use cloison_router::Tenant;
use cloison_studio_queries::queries::{settings, sign_ins};
use http::request::Parts;
use http::{HeaderMap, Method, Uri};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;

/// The cookie that says which browser this is.
pub(super) const COOKIE: &str = "__Host-cloison";
/// Signed out after this long without a visit.
pub(super) const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Signed out after this long in any case.
const LIFE_MAX: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A visit is noted at most this often, not with each page.
const TOUCH: SignedDuration = SignedDuration::from_hours(1);

/// Somebody who is signed in to this studio.
pub(crate) struct Visitor {
    pub(crate) db: Db,
    pub(crate) user: sign_ins::SignIn,
    pub(crate) studio: settings::SettingsGet,
    pub(crate) zone: TimeZone,
    pub(crate) now: Timestamp,
    headers: HeaderMap,
    here: String,
    read_only: bool,
    is_copy: bool,
}

impl Visitor {
    /// The language of this visit.
    pub(crate) fn lang(&self) -> Lang {
        preferences::lang_chosen(&self.headers)
            .or_else(|| Lang::parse(&self.user.locale))
            .unwrap_or(Lang::Fr)
    }

    /// The frame around a page for this visitor.
    pub(crate) fn frame(&self, section: Section) -> Frame {
        let lang = self.lang();
        Frame {
            lang,
            theme: preferences::theme(&self.headers),
            studio: self.studio.name.clone(),
            person: self.user.display_name.clone(),
            section,
            here: self.here.clone(),
            toast: Done::from_headers(&self.headers).map(|it| it.toast(lang)),
            read_only: self.read_only,
            is_copy: self.is_copy,
            // What can be taken away is the studio's, not a copy's.
            is_owner: exports::is_for(&self.user.role) && !self.is_copy,
        }
    }

    /// Whether the frame will say what was just done, so that the answer has to make the browser forget it.
    pub(crate) fn has_toast(&self) -> bool {
        cookies::get(&self.headers, toast::COOKIE).is_some()
    }
}

impl<S> FromRequestParts<S> for Visitor
where
    S: Send + Sync,
    Clock: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match find(parts, state).await? {
            Some(visitor) => Ok(visitor),
            None => Err(to_sign_in(&parts.method, &parts.uri)),
        }
    }
}

/// For pages that greet strangers too.
pub(crate) struct MaybeVisitor(pub(crate) Option<Visitor>);

impl<S> FromRequestParts<S> for MaybeVisitor
where
    S: Send + Sync,
    Clock: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(find(parts, state).await.ok().flatten()))
    }
}

async fn find<S>(parts: &mut Parts, state: &S) -> Result<Option<Visitor>, Response>
where
    S: Send + Sync,
    Clock: FromRef<S>,
{
    let Some(hash) = cookies::get(&parts.headers, COOKIE).map(token::hash) else { return Ok(None) };
    let now = Clock::from_ref(state).now();
    let db = Db::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
    visitor(db, &hash, now, parts).await.map_err(IntoResponse::into_response)
}

async fn visitor(
    db: Db,
    hash: &[u8; 32],
    now: Timestamp,
    parts: &Parts,
) -> Result<Option<Visitor>, Failure> {
    let Some(user) = sign_ins::sign_in_find().bind(&db, &&hash[..], &now).opt().await? else {
        return Ok(None);
    };
    let studio = settings::settings_get().bind(&db).one().await?;
    if now.duration_since(user.last_seen_at) > TOUCH {
        let expires_at = (now + IDLE).min(user.created_at + LIFE_MAX);
        sign_ins::sign_in_touch().bind(&db, &now, &expires_at, &&hash[..]).await?;
    }
    // The database accepts PostgreSQL's zone names, which are the same tables as ours.
    let zone = TimeZone::get(&studio.time_zone).map_err(|error| Failure::Internal(error.into()))?;
    let here = match parts.method {
        Method::GET => parts.uri.path_and_query().map_or("/calendar", |it| it.as_str()).to_owned(),
        _ => "/calendar".to_owned(),
    };
    let tenant = parts.extensions.get::<Tenant>();
    let read_only = tenant.is_some_and(Tenant::is_read_only);
    let is_copy = tenant.is_some_and(|it| it.subdomain().is_inspection());
    let headers = parts.headers.clone();
    Ok(Some(Visitor { db, user, studio, zone, now, headers, here, read_only, is_copy }))
}

/// A page is come back to after signing in; a form that was sent is not, for it cannot be sent again
/// without asking.
fn to_sign_in(method: &Method, uri: &Uri) -> Response {
    let next = match *method {
        Method::GET => uri.path_and_query().map_or("/calendar", |it| it.as_str()),
        _ => "/calendar",
    };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}
