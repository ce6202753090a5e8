//! Whether the keystore has the keys that it should, and has not those of erased tenants.
//!
//! A keystore does not say which keys it has, so each that should be there or gone is tried.

use anyhow::{Context as _, Result};
use cloison_archive::{BackupError, KeyName, KeystoreError, SignerError};
use cloison_catalog::queries::doctor as queries;
use cloison_catalog::queries::doctor::DoctorKeys as Row;
use cloison_model::TenantId;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;
use uuid::Uuid;

use super::{Ask, Check, Finding, backups::SUBJECT};
use crate::audit;
use crate::backups::{Backups, key_name};
use crate::control::Control;

/// Keys of each kind that are tried in one look, the newest first.
const KEYS_MAX: i64 = 2_000;
/// At once. A keystore that is asked over a network answers in milliseconds.
const AT_ONCE: usize = 16;

pub(super) async fn examine(control: &Control, ask: &Ask<'_>) -> Result<Vec<Finding>> {
    // That there is none, or that it cannot be used, is told elsewhere.
    let Some(backups) = &control.backups else { return Ok(Vec::new()) };
    if backups.keystore_check().await.is_err() {
        return Ok(Vec::new());
    }
    let (kept, erased) = {
        let client = control.catalog.client().await?;
        let kept = queries::doctor_keys().bind(&client, &KEYS_MAX).all().await;
        let erased = queries::doctor_erased().bind(&client, &KEYS_MAX).all().await;
        (kept.context("list the keys")?, erased.context("list who was erased")?)
    };
    let kept: Vec<_> =
        stream::iter(kept).map(|it| of_kept(backups, it)).buffered(AT_ONCE).try_collect().await?;
    let erased: Vec<_> = stream::iter(erased)
        .map(|it| of_erased(control, backups, it, ask.fix))
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    let signing = of_signing(backups).await?;
    Ok(kept.into_iter().chain(erased).flatten().chain(signing).collect())
}

/// Whether a tenant's backups still open.
async fn of_kept(backups: &Backups, row: Row) -> Result<Option<Finding>> {
    let name = key_name(TenantId(row.id));
    match backups.keystore.unwrap(name, &row.identity_wrapped).await {
        Ok(_) => Ok(None),
        Err(error) if error.is_of_key() => Ok(Some(missing(&row.subdomain, &error))),
        Err(error) => Err(error).context("try a key"),
    }
}

fn missing(subject: &str, error: &KeystoreError) -> Finding {
    Finding::new(Check::KeyMissing, subject, error.to_string()).mend(
        "bring the keystore back from its copy, or say where the right one is: backups.keystore in cloison.toml",
    )
}

/// Every certificate and manifest is signed with this one.
async fn of_signing(backups: &Backups) -> Result<Option<Finding>> {
    match backups.known_signer().await {
        Ok(_) => Ok(None),
        Err(BackupError::Signer(SignerError::Keystore(error))) if error.is_of_key() => {
            Ok(Some(missing(SUBJECT, &error)))
        }
        Err(error) => Err(error).context("read what manifests are signed with"),
    }
}

/// Whether an erased tenant's key is there, as when the keystore was brought back from an old copy. It is destroyed with `fix`, as
/// it was the first time: again changes nothing.
async fn of_erased(
    control: &Control,
    backups: &Backups,
    organization: Uuid,
    fix: Option<&str>,
) -> Result<Option<Finding>> {
    let name = key_name(TenantId(organization));
    match backups.keystore.unwrap(name, &[]).await {
        Err(KeystoreError::NeverMade { .. } | KeystoreError::Destroyed { .. }) => return Ok(None),
        Ok(_) | Err(KeystoreError::DoesNotOpen { .. }) => {}
        Err(error) => return Err(error).context("try the key of an erased tenant"),
    }
    if let Some(actor) = fix {
        destroy_again(control, backups, name, (organization, actor)).await?;
    }
    let what = format!(
        "the key '{name}' of an erased tenant is in the keystore ({})",
        backups.keystore.describe()
    );
    Ok(Some(Finding::new(Check::KeyNotDestroyed, SUBJECT, what).fixed(fix.is_some())))
}

async fn destroy_again(
    control: &Control,
    backups: &Backups,
    name: KeyName,
    (organization, actor): (Uuid, &str),
) -> Result<()> {
    backups.keystore.destroy(name).await.context("destroy the key of an erased tenant")?;
    let client = control.catalog.client().await?;
    let detail = json!({ "key": name.to_string() });
    let organization = organization.to_string();
    Ok(audit::append(&client, actor, "tenant.erase_again", &organization, &detail).await?)
}
