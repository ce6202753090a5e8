//! `/v1/erasures`: tombstones, certificates, and what a law wants kept; and the key that evidence is signed with.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_api::{Code, Erasure, FiscalArchive, Page, SigningKey};
use cloison_archive::{CERTIFICATE_BYTES_MAX, CertificateLanguage, ErasureCertificate, Signed};
use cloison_catalog::queries::erasures as queries;
use cloison_control::audit;
use cloison_control::erasures::{FiscalArchiveError, fiscal_archive};
use cloison_model::TenantId;
use futures_util::stream;
use http::{HeaderMap, header};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use uuid::Uuid;

use super::pages::{Cursor, PAGE, page};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// What is handed on at a time.
const PIECE_BYTES: usize = 64 << 10;

#[derive(Deserialize)]
pub(super) struct Wanted {
    format: Option<String>,
    language: Option<String>,
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<Erasure>>, ApiError> {
    let before = cursor.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_not_a_number| {
        ApiError::new(Code::BadRequest, "The cursor is not one of this list.")
    })?;
    let client = platform.control.catalog.client().await?;
    let rows = queries::erasure_page().bind(&client, &before, &PAGE).all().await?;
    page(rows, |it| it.number.to_string(), |it| Ok(shown(it, None))).map(Json)
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Result<Json<Erasure>, ApiError> {
    let row = row(&platform, &id).await?;
    let client = platform.control.catalog.client().await?;
    let kept = queries::fiscal_archive_fetch().bind(&client, &row.organization_id).opt().await?;
    Ok(Json(shown(row, kept)))
}

pub(super) async fn certificate(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let accepts_pdf = headers
        .get(header::ACCEPT)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.contains("application/pdf"));
    let as_pdf = match wanted.format.as_deref() {
        None => accepts_pdf,
        Some("json") => false,
        Some("pdf") => true,
        Some(_other) => {
            let words = "A certificate is had as json or pdf.";
            return Err(ApiError::new(Code::BadRequest, words).of_field("format", "known"));
        }
    };
    let language = match wanted.language.as_deref() {
        None | Some("en") => CertificateLanguage::English,
        Some("fr") => CertificateLanguage::French,
        Some(_other) => {
            let words = "A certificate is written in en or fr.";
            return Err(ApiError::new(Code::BadRequest, words).of_field("language", "known"));
        }
    };
    let text = row(&platform, &id).await?.certificate.ok_or_else(|| {
        ApiError::not_found(
            "There is no certificate of that erasure: the platform had no object store and no keystore then, so there was nothing to sign with. The tombstone is there.",
        )
    })?;
    if !as_pdf {
        return Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response());
    }
    let signed: Signed<ErasureCertificate> =
        Signed::parse(text.as_bytes(), CERTIFICATE_BYTES_MAX).map_err(ApiError::internal)?;
    let pdf = signed.to_pdf(language, &TimeZone::UTC).map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// Who takes people's data away is noted, before the first byte.
pub(super) async fn fiscal(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let organization = parse_id(&id)?;
    let (row, zip) = fiscal_archive(&platform.control, organization).await.map_err(|error| {
        match error {
            FiscalArchiveError::NoErasure => missing(&id),
            FiscalArchiveError::NothingKept => ApiError::not_found(
                "Nothing was kept of that tenant: it had issued nothing, its application names no fiscal tables, or whoever erased it said that they are kept elsewhere.",
            ),
            FiscalArchiveError::NotConfigured(it) => ApiError::not_found(format!("{it}.")),
            FiscalArchiveError::Records(it) => ApiError::internal(it),
            FiscalArchiveError::Unavailable(it) => it.into(),
            FiscalArchiveError::Database(it) => it.into(),
        }
    })?;
    let client = platform.control.catalog.client().await?;
    let detail = json!({ "bytes": row.bytes });
    let actor = actor.call.actor.name.as_str();
    audit::append(&client, actor, "erasure.fiscal_archive", &id, &detail).await?;
    let name = format!("attachment; filename=\"fiscal-{organization}.zip\"");
    let headers =
        [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(pieces(zip))).into_response())
}

pub(super) async fn signing_key(
    State(platform): State<Platform>,
) -> Result<Json<SigningKey>, ApiError> {
    let backups = platform.control.backups().map_err(|it| ApiError::not_found(format!("{it}.")))?;
    let key = backups.signer().await.map_err(ApiError::internal)?.verifying_key();
    Ok(Json(SigningKey {
        public_key: key.to_string(),
        pem: key.to_pem(),
        fingerprint: key.fingerprint(),
    }))
}

fn pieces(
    from: impl AsyncRead + Send + Unpin + 'static,
) -> impl stream::Stream<Item = std::io::Result<Bytes>> + Send {
    stream::try_unfold(from, async |mut from| {
        let mut piece = vec![0; PIECE_BYTES];
        let read = from.read(&mut piece).await?;
        piece.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(piece), from)))
    })
}

async fn row(platform: &Platform, id: &str) -> Result<queries::Erasure, ApiError> {
    let organization = parse_id(id)?;
    let client = platform.control.catalog.client().await?;
    let row = queries::erasure_fetch().bind(&client, &organization.0).opt().await?;
    row.ok_or_else(|| missing(id))
}

fn parse_id(id: &str) -> Result<TenantId, ApiError> {
    id.parse::<Uuid>().map(TenantId).map_err(|_not_an_id| missing(id))
}

fn missing(id: &str) -> ApiError {
    ApiError::not_found(format!(
        "No organization '{}' was erased. All that were: cloison erasures list",
        id.escape_debug()
    ))
}

fn shown(row: queries::Erasure, kept: Option<queries::FiscalArchive>) -> Erasure {
    Erasure {
        organization_id: row.organization_id,
        number: row.number,
        server: row.server,
        database: row.database_name,
        by: row.actor,
        asked_at: row.asked_at,
        erased_at: row.erased_at,
        has_certificate: row.certificate.is_some(),
        published_at: row.published_at,
        fiscal_archive: kept.map(|it| FiscalArchive {
            bytes: it.bytes,
            sha256: it.sha256,
            tables: it.tables,
            rows: it.total_rows,
            made_at: it.made_at,
            keep_until: it.keep_until,
        }),
    }
}
