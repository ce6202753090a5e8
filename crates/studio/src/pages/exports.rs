//! All that the studio has, for its owner to take along. The platform makes it and keeps it; here it is asked for, and who may ask is decided.
//!
//! It is for the owner alone, as nobody else may have everything; for others the page does not exist. It writes nothing into the studio's database, so it works in one
//! that may only be read.

use super::failure::Failure;
use super::frame::{Frame, Section};
use super::page;
use crate::i18n::{Lang, Say, dates};
use crate::sign_in::Visitor;
use crate::way_out::WAY_OUT;
use askama::Template;
use axum::Extension;
use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use cloison_api::{Code, Export, Problem, Services};
use cloison_pages::numbers::grouped;
use http::{HeaderMap, Method, StatusCode};
use uuid::Uuid;

const OWNER: &str = "OWNER";

#[derive(Template)]
#[template(path = "settings/export.html")]
struct Exports {
    p: Frame,
    rows: Vec<Row>,
    /// Whether one is on its way.
    under_way: bool,
    /// Why nothing came of what was asked for.
    refused: Option<String>,
}

struct Row {
    taken: String,
    state: String,
    size: Option<String>,
    expires: Option<String>,
    href: Option<String>,
}

/// Whether the menu has an entry for it.
pub(crate) fn is_for(role: &str) -> bool {
    role == OWNER
}

/// `GET /settings/export`
pub(crate) async fn show(
    visitor: Visitor,
    services: Option<Extension<Services>>,
) -> Result<Response, Failure> {
    let services = services_for(&visitor, services)?;
    list(&visitor, &services, None).await
}

/// `POST /settings/export`
pub(crate) async fn begin(
    visitor: Visitor,
    services: Option<Extension<Services>>,
) -> Result<Response, Failure> {
    let services = services_for(&visitor, services)?;
    match services.0.export_begin().await {
        Ok(()) => Ok(Redirect::to(WAY_OUT).into_response()),
        Err(problem) => list(&visitor, &services, Some(&problem)).await,
    }
}

/// `GET /settings/export/{id}`
pub(crate) async fn download(
    visitor: Visitor,
    services: Option<Extension<Services>>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let services = services_for(&visitor, services)?;
    // Its connection is others' to use while this goes on for hours.
    drop(visitor);
    let id: Uuid = id.parse().map_err(|_not_an_id| Failure::Missing)?;
    match services.0.export_content(id, &method, &headers).await {
        Ok(content) => Ok(content.map(Body::from_stream)),
        Err(problem) => match problem.code {
            Code::NotFound | Code::Expired | Code::NotInThisState => Err(Failure::Missing),
            _ => Ok(status_of(&problem).into_response()),
        },
    }
}

fn services_for(
    visitor: &Visitor,
    services: Option<Extension<Services>>,
) -> Result<Services, Failure> {
    // Where the studio is served by a program that has no such services, there is no such page.
    let services = services.filter(|_| is_for(&visitor.user.role));
    services.map(|it| it.0).ok_or(Failure::Missing)
}

async fn list(
    visitor: &Visitor,
    services: &Services,
    refused: Option<&Problem>,
) -> Result<Response, Failure> {
    let exports = match services.0.exports().await {
        Ok(exports) => exports,
        Err(problem) => return Ok(status_of(&problem).into_response()),
    };
    let p = visitor.frame(Section::None);
    let status = refused.map_or(StatusCode::OK, status_of);
    let template = Exports {
        under_way: exports.iter().any(|it| it.state == "MAKING"),
        rows: exports.iter().map(|it| row(visitor, p.lang, it)).collect(),
        refused: refused.map(|it| p.t(words(it.code))),
        p,
    };
    page(visitor, status, &template)
}

fn row(visitor: &Visitor, lang: Lang, export: &Export) -> Row {
    let day = |at: jiff::Timestamp| dates::day_year(lang, at.to_zoned(visitor.zone.clone()).date());
    let state = match export.state.as_str() {
        "READY" => "export-ready",
        "MAKING" => "export-making",
        "EXPIRED" => "export-expired",
        _ => "export-failed",
    };
    let taken_at = export.content.as_ref().map_or(export.asked_at, |it| it.taken_at);
    let zoned = taken_at.to_zoned(visitor.zone.clone());
    let ready = export.content.as_ref().filter(|_| export.state == "READY");
    Row {
        taken: format!("{}, {}", dates::day_year(lang, zoned.date()), dates::clock(zoned.time())),
        state: lang.t(state),
        size: ready.map(|it| lang.t1("export-size", "size", megabytes(lang, it.bytes))),
        expires: ready.map(|_| lang.t1("export-until", "day", day(export.expires_at))),
        href: ready.map(|_| format!("{WAY_OUT}/{}", export.id)),
    }
}

/// With one decimal below ten.
fn megabytes(lang: Lang, bytes: u64) -> String {
    let tenths = i64::try_from(bytes.div_ceil(100_000)).unwrap_or(i64::MAX);
    if tenths >= 100 {
        return grouped(lang, tenths / 10);
    }
    let point = match lang {
        Lang::Fr => ',',
        Lang::En => '.',
    };
    format!("{}{point}{}", tenths / 10, tenths % 10)
}

fn words(code: Code) -> &'static str {
    match code {
        Code::TenantBusy => "export-busy",
        Code::TooManyExports => "export-too-many",
        _ => "export-unavailable",
    }
}

fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, french, english) in [
            (1, "0,1", "0.1"),
            (1_250_000, "1,3", "1.3"),
            (9_900_001, "10", "10"),
            (123_456_789, "123", "123"),
        ] {
            assert_eq!(megabytes(Lang::Fr, bytes), french);
            assert_eq!(megabytes(Lang::En, bytes), english);
        }
    }
}
