//! Which key a tenant's backups are encrypted with.

use cloison_archive::{KeyName, TenantKey};
use cloison_catalog::queries::backups as queries;
use cloison_model::TenantId;

use super::configured::Backups;
use crate::control::Control;
use crate::operations::StepError;

pub(crate) fn key_name(tenant: TenantId) -> KeyName {
    KeyName::Tenant(tenant)
}

/// The tenant's own; made at its first backup or export. Of two that make one, the first has.
pub(crate) async fn key_of(
    control: &Control,
    backups: &Backups,
    tenant: TenantId,
) -> Result<TenantKey, StepError> {
    if let Some(key) = known(control, tenant).await? {
        return Ok(key);
    }
    let made = TenantKey::make(backups.keystore.as_ref(), key_name(tenant)).await;
    let made = made.map_err(cloison_archive::BackupError::from)?;
    let client = control.catalog.client().await?;
    let kept = queries::backup_key_keep()
        .bind(&client, &tenant.0, &made.recipient.as_str(), &made.wrapped.as_slice())
        .opt()
        .await?;
    drop(client);
    match kept {
        Some(row) => Ok(TenantKey { recipient: row.recipient, wrapped: row.identity_wrapped }),
        // The other's row came into being while ours was refused.
        None => known(control, tenant).await?.ok_or(StepError::Gone),
    }
}

async fn known(control: &Control, tenant: TenantId) -> Result<Option<TenantKey>, StepError> {
    let client = control.catalog.client().await?;
    let row = queries::backup_key_fetch().bind(&client, &tenant.0).opt().await?;
    Ok(row.map(|it| TenantKey { recipient: it.recipient, wrapped: it.identity_wrapped }))
}
