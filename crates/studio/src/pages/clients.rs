//! Clients: finding them, their file, and changing it without losing what a colleague wrote.

pub(crate) mod erase;
mod file;
mod form;

use super::failure::{Failure, is_read_only};
use super::frame::{Frame, Section};
use super::toast::Done;
use super::{done, html, page};
use crate::clients::Search;
use crate::i18n::{Lang, Say, dates};
use crate::sign_in::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use cloison_pages::Fields;
use cloison_studio_queries::queries::clients;
use form::ClientForm;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

/// Rows of a page, and of a search: whoever needs the 51st types one more letter.
const ROWS: i64 = 50;
/// Names offered while one types.
const SUGGESTIONS: i64 = 8;
/// Pages there are at most; beyond is a made-up address.
const PAGES_MAX: i64 = 10_000;

#[derive(Template)]
#[template(path = "clients/list.html")]
struct List {
    p: Frame,
    query: String,
    count: String,
    rows: Vec<Row>,
    pages: Option<Pages>,
}

struct Row {
    id: Uuid,
    name: String,
    kind: String,
    contact: String,
    next: String,
    last: String,
}

struct Pages {
    said: String,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default)]
    q: String,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "clients/suggest.html")]
struct Suggestions {
    names: Vec<String>,
}

/// `GET /clients?q=&page=`
pub(crate) async fn list(
    visitor: Visitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Clients);
    let lang = p.lang;
    let (db, now) = (&visitor.db, visitor.now);
    let (found, count, pages) = if let Some(search) = Search::parse(&query.q) {
        let found = clients::clients_search()
            .bind(db, &search.terms, &search.query, &false, &search.prefix, &ROWS, &now)
            .all()
            .await?;
        let full = i64::try_from(found.len()).is_ok_and(|it| it == ROWS);
        let count = if full {
            lang.t1("clients-found-more", "count", ROWS)
        } else {
            lang.t1("clients-found", "count", found.len())
        };
        (found, count, None)
    } else {
        let number =
            query.page.and_then(|it| it.parse::<i64>().ok()).unwrap_or(1).clamp(1, PAGES_MAX);
        let total = clients::clients_count().bind(db, &false).one().await?;
        let offset = (number - 1) * ROWS;
        let found = clients::clients_list().bind(db, &false, &ROWS, &offset, &now).all().await?;
        (found, lang.t1("clients-count", "count", total), turn_pages(lang, number, total))
    };
    let rows = found.into_iter().map(|it| row(&visitor, lang, it)).collect();
    page(&visitor, StatusCode::OK, &List { p, query: query.q, count, rows, pages })
}

/// `GET /clients/suggest?q=`: options for the editor's list of names.
pub(crate) async fn suggest(
    visitor: Visitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Failure> {
    let Some(search) = Search::parse(&query.q) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let found = clients::clients_search()
        .bind(
            &visitor.db,
            &search.terms,
            &search.query,
            &false,
            &search.prefix,
            &SUGGESTIONS,
            &visitor.now,
        )
        .all()
        .await?;
    html(
        StatusCode::OK,
        &Suggestions { names: found.into_iter().map(|it| it.display_name).collect() },
    )
}

/// `GET /clients/new`
pub(crate) async fn new(visitor: Visitor) -> Result<Response, Failure> {
    file::respond_new(&visitor, StatusCode::OK, ClientForm::default())
}

/// `POST /clients/new`
pub(crate) async fn create(visitor: Visitor, fields: Fields) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let mut form = ClientForm::read(&fields);
    if !form.check(lang) {
        return file::respond_new(&visitor, StatusCode::UNPROCESSABLE_ENTITY, form);
    }
    let values = form.values();
    let made = clients::client_insert()
        .bind(
            &visitor.db,
            &values.kind,
            &values.display_name,
            &values.legal_name,
            &values.email,
            &values.phone,
            &values.siren,
            &values.vat_number,
            &values.vat_number.is_some(),
            &"FR",
            &lang.tag(),
            &30,
            &values.notes,
        )
        .one()
        .await;
    let id = match made {
        Ok(id) => id,
        Err(error) if is_read_only(&error) => {
            form.wrong.top = Some(lang.t("read-only-refused"));
            return file::respond_new(&visitor, StatusCode::CONFLICT, form);
        }
        Err(error) => return Err(error.into()),
    };
    Ok(done(&format!("/clients/{id}"), &Done::ClientCreated { name: form.display_name }))
}

/// `GET /clients/{id}`
pub(crate) async fn show(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    let client = fetch(&visitor, &id).await?;
    let form = ClientForm::of(&client);
    file::respond(&visitor, StatusCode::OK, &client, form, None).await
}

/// `POST /clients/{id}`
pub(crate) async fn save(
    visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let client = fetch(&visitor, &id).await?;
    let mut form = ClientForm::read(&fields);
    if !form.check(lang) {
        return file::respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &client, form, None)
            .await;
    }
    let values = form.values();
    let saved = clients::client_update()
        .bind(
            &visitor.db,
            &values.kind,
            &values.display_name,
            &values.legal_name,
            &values.email,
            &values.phone,
            &values.siren,
            &values.vat_number,
            &(client.is_vat_taxable || values.vat_number.is_some()),
            &client.country.as_str(),
            &client.locale.as_str(),
            &client.payment_terms_days,
            &values.notes,
            &client.id,
            &form.version,
        )
        .await;
    let updated = match saved {
        Ok(updated) => updated,
        Err(error) if is_read_only(&error) => {
            form.wrong.top = Some(lang.t("read-only-refused"));
            return file::respond(&visitor, StatusCode::CONFLICT, &client, form, None).await;
        }
        Err(error) => return Err(error.into()),
    };
    if updated == 1 {
        return Ok(done(
            &format!("/clients/{}", client.id),
            &Done::ClientSaved { name: form.display_name },
        ));
    }
    // Somebody was faster, or the client may no longer be changed.
    let client = fetch(&visitor, &id).await?;
    if !matches!(client.status.as_str(), "ACTIVE" | "ARCHIVED") {
        form.wrong.top = Some(lang.t("client-locked"));
        return file::respond(&visitor, StatusCode::CONFLICT, &client, form, None).await;
    }
    let changed = form.differences(lang, &ClientForm::of(&client));
    form.version = client.version;
    file::respond(&visitor, StatusCode::CONFLICT, &client, form, Some(changed)).await
}

async fn fetch(visitor: &Visitor, id: &str) -> Result<clients::ClientDetail, Failure> {
    let id: Uuid = id.parse().map_err(|_malformed| Failure::Missing)?;
    clients::client_get().bind(&visitor.db, &id).opt().await?.ok_or(Failure::Missing)
}

fn row(visitor: &Visitor, lang: Lang, row: clients::ClientRow) -> Row {
    let day = |at: Option<Timestamp>| at.map(|at| short_day(visitor, lang, at)).unwrap_or_default();
    Row {
        id: row.id,
        name: row.display_name,
        kind: form::kind_words(lang, &row.kind),
        contact: row.email.or(row.phone).unwrap_or_default(),
        next: day(row.next_session_at),
        last: day(row.last_session_at),
    }
}

/// The year only where it is another one.
fn short_day(visitor: &Visitor, lang: Lang, at: Timestamp) -> String {
    let (date, today) =
        (visitor.zone.to_datetime(at).date(), visitor.zone.to_datetime(visitor.now).date());
    if date.year() == today.year() { dates::day(lang, date) } else { dates::day_year(lang, date) }
}

fn turn_pages(lang: Lang, number: i64, total: i64) -> Option<Pages> {
    if total <= ROWS && number == 1 {
        return None;
    }
    let last_page = (total.max(1) - 1) / ROWS + 1;
    let href =
        |page: i64| if page == 1 { "/clients".to_owned() } else { format!("/clients?page={page}") };
    Some(Pages {
        said: lang.t_with(
            "pages-said",
            [
                ("first", ((number - 1) * ROWS + 1).min(total).into()),
                ("last", (number * ROWS).min(total).into()),
                ("count", total.into()),
            ],
        ),
        previous: (number > 1).then(|| href((number - 1).min(last_page))),
        next: (number < last_page).then(|| href(number + 1)),
    })
}

/// For a `tel:` address.
fn phone_digits(phone: &str) -> String {
    phone.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect()
}
