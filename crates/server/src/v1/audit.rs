//! `/v1/audit`: who did what, and whether that is what was written.

use axum::extract::State;
use cloison_api::{AuditEntry, AuditReport, Code, Page, VerifyAudit};
use cloison_catalog::queries::audit::audit_page;
use cloison_control::audit::{self, Link, LinkError};
use serde::Deserialize;

use super::pages::{PAGE, page};
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

#[derive(Deserialize)]
pub(super) struct Listing {
    cursor: Option<String>,
    actor: Option<String>,
    action: Option<String>,
    subject: Option<String>,
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    let before = listing.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_not_a_number| {
        ApiError::new(Code::BadRequest, "The cursor is not one of this list.")
    })?;
    let client = platform.control.catalog.client().await?;
    let rows = audit_page()
        .bind(&client, &before, &listing.actor, &listing.action, &listing.subject, &PAGE)
        .all()
        .await?;
    let shown = |it: cloison_catalog::queries::audit::AuditPage| {
        Ok(AuditEntry {
            id: it.id,
            at: it.at,
            actor: it.actor,
            action: it.action,
            subject: it.subject,
            detail: it.detail,
        })
    };
    page(rows, |it| it.id.to_string(), shown).map(Json)
}

pub(super) async fn verify(
    State(platform): State<Platform>,
    Json(body): Json<VerifyAudit>,
) -> Result<Json<AuditReport>, ApiError> {
    let noted = body.expect.as_deref().map(str::parse::<Link>).transpose();
    let noted = noted.map_err(|error: LinkError| {
        ApiError::new(Code::InvalidField, format!("'expect': {error}.")).of_field("expect", "head")
    })?;
    let report = audit::verify(&platform.control.catalog, noted).await?;
    Ok(Json(AuditReport {
        intact: report.fault.is_none(),
        rows: report.rows,
        head: report.head.to_string(),
        broken_row: report.fault.as_ref().map(audit::Fault::row),
        problem: report.fault.as_ref().map(ToString::to_string),
    }))
}
