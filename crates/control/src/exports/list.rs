//! Exports as they stand.

use cloison_catalog::GenericClient;
use cloison_catalog::queries::exports as queries;
use cloison_catalog::queries::tenants;
use cloison_model::{ExportState, Subdomain, TenantId};
use jiff::Timestamp;
use uuid::Uuid;

use super::error::ExportsError;
use crate::control::Control;

/// Made and failed ones; a week has not many more, as there is one at a time.
const EXPORTS_SHOWN_MAX: i64 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// That of the operation which makes it, too.
    pub id: Uuid,
    pub tenant: TenantId,
    pub subdomain: String,
    /// Whose data it is, as its owner calls it.
    pub title: String,
    pub state: ExportState,
    pub made_by: String,
    pub asked_at: Timestamp,
    /// It goes then.
    pub expires_at: Timestamp,
    /// Once it is made.
    pub made: Option<Made>,
    /// Why it was not.
    pub error: Option<String>,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What was committed before is in it.
    pub taken_at: Timestamp,
    pub bytes: u64,
    /// Of the zip, in hexadecimal digits.
    pub sha256: String,
    pub tables: u64,
    pub rows: u64,
    pub files: u64,
    pub(super) object: String,
}

/// Whose exports are meant.
pub async fn tenant_of(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<TenantId, ExportsError> {
    let tenant = tenants::tenant_of_subdomain().bind(client, &subdomain.as_str()).opt().await?;
    tenant.map(TenantId).ok_or_else(|| ExportsError::NoTenant(subdomain.clone()))
}

/// Those of a tenant, the newest first.
pub async fn exports_of(control: &Control, tenant: TenantId) -> Result<Vec<Export>, ExportsError> {
    let client = control.catalog.client().await?;
    let rows = queries::export_list().bind(&client, &tenant.0, &EXPORTS_SHOWN_MAX).all().await?;
    rows.into_iter().map(read).collect()
}

/// Of a tenant that is to be erased there is none for anybody, whatever they were given before.
pub async fn export_fetch(control: &Control, id: Uuid) -> Result<Export, ExportsError> {
    fetch_in(&control.catalog.client().await?, id).await
}

pub(super) async fn fetch_in(
    client: &impl GenericClient,
    id: Uuid,
) -> Result<Export, ExportsError> {
    let row = queries::export_fetch().bind(client, &id).opt().await?;
    let row = row.filter(|it| !it.is_withheld);
    read(row.ok_or(ExportsError::NoExport)?)
}

fn read(row: queries::Export) -> Result<Export, ExportsError> {
    let made = made(&row);
    let operation = row.operation.as_deref().map(str::parse).transpose()?;
    Ok(Export {
        id: row.id,
        tenant: TenantId(row.organization_id),
        subdomain: row.subdomain,
        title: row.title,
        state: ExportState::of(made.is_some(), row.is_expired, operation),
        made_by: row.made_by,
        asked_at: row.asked_at,
        expires_at: row.expires_at,
        made,
        error: row.error,
    })
}

/// A constraint says that it is all there or nothing.
fn made(row: &queries::Export) -> Option<Made> {
    let number = |it: i64| u64::try_from(it).unwrap_or_default();
    Some(Made {
        taken_at: row.taken_at?,
        bytes: number(row.bytes?),
        sha256: row.sha256.clone()?,
        tables: number(row.tables?.into()),
        rows: number(row.total_rows?),
        files: number(row.files?.into()),
        object: row.object_key.clone()?,
    })
}
