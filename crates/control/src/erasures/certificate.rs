//! The evidence: what the steps have noted becomes one signed document, in the transaction that leaves the tombstone.

use cloison_archive::{
    BackupError, CertificateFormat, Created, DeletedCount, Done, ErasureCertificate, Holder, Kept,
    KeptKind, KeyDestroyed, Signed,
};
use cloison_catalog::queries::{erasures as queries, operations, tenants};
use cloison_catalog::{GenericClient, Transaction};
use cloison_model::{Step, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::fiscal::LAW;
use super::stored::place_of;
use crate::backups::Backups;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

/// Where nobody said why.
const NO_REASON: &str = "not given";

/// What the step `destroy_key` has noted.
#[derive(Deserialize)]
struct KeyNote {
    name: String,
    keystore: String,
    gone_at: Timestamp,
    /// What lay there just before: a worker that was killed while it deleted does not know what it has deleted.
    archives: u64,
    archive_objects: u64,
    exports: u64,
    export_objects: u64,
}

/// What the step `delete_backups` has noted.
#[derive(Deserialize)]
struct DeletedNote {
    at: Timestamp,
    archive_versions: u64,
    export_versions: u64,
}

/// What any step has.
#[derive(Deserialize)]
struct Note {
    at: Timestamp,
}

/// The step `bury`, before its commit. Nothing is signed where there is nothing to sign with, and nothing where an earlier build has done
/// half of it and noted none of that: a certificate says what is known, or there is none.
pub(crate) async fn certify(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let Some(backups) = &control.backups else { return Ok(Made::Certified(None)) };
    let certificate = {
        let client = control.catalog.client().await?;
        certificate(&client, backups, tenant, Timestamp::now()).await?
    };
    let Some(certificate) = certificate else { return Ok(Made::Certified(None)) };
    let signer = backups.signer().await?;
    let signed = Signed::seal(&certificate, &signer).map_err(BackupError::from)?;
    let text = String::from_utf8_lossy(&signed.to_json()).into_owned();
    Ok(Made::Certified(Some(text)))
}

async fn certificate(
    client: &impl GenericClient,
    backups: &Backups,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<ErasureCertificate>, StepError> {
    let request = queries::erasure_request_fetch().bind(client, &tenant.0).opt().await?;
    let Some(request) = request else { return Ok(None) };
    let number = tenants::tenant_role().bind(client, &tenant.0).opt().await?;
    let number = number.ok_or(StepError::Gone)?.number;
    let kept = queries::fiscal_archive_fetch().bind(client, &tenant.0).opt().await?;
    let Some(done) = done(&request.made, now) else { return Ok(None) };
    Ok(Some(ErasureCertificate {
        format: CertificateFormat,
        certificate_id: Uuid::now_v7(),
        issued_at: now,
        organization_id: tenant.0,
        organization_number: number,
        requested_by: request.asked_by,
        requested_at: request.asked_at,
        reason: request.reason.unwrap_or_else(|| NO_REASON.to_owned()),
        point_in_time_until: backups.point_in_time_days.map(|days| {
            done.database_dropped_at + SignedDuration::from_hours(24 * i64::from(days))
        }),
        done,
        kept: kept.map(kept_records).into_iter().collect(),
    }))
}

/// Nothing if a step has noted nothing.
fn done(made: &Value, now: Timestamp) -> Option<Done> {
    let at = |step: Step| noted::<Note>(made, step).map(|it| it.at);
    let key: KeyNote = noted(made, Step::DestroyKey)?;
    let deleted: DeletedNote = noted(made, Step::DeleteBackups)?;
    Some(Done {
        legal_hold_checked_at: at(Step::MakeFiscalArchive)?,
        fenced_at: at(Step::Fence)?,
        database_dropped_at: at(Step::DropDatabase)?,
        role_dropped_at: at(Step::DropRole)?,
        archives_deleted: DeletedCount {
            at: deleted.at,
            count: key.archives,
            versions: deleted.archive_versions.max(key.archive_objects),
        },
        exports_deleted: DeletedCount {
            at: deleted.at,
            count: key.exports,
            versions: deleted.export_versions.max(key.export_objects),
        },
        key_destroyed: KeyDestroyed {
            name: key.name,
            keystore: key.keystore,
            gone_at: key.gone_at,
        },
        tombstone_written_at: now,
    })
}

fn noted<'a, T: Deserialize<'a>>(made: &'a Value, step: Step) -> Option<T> {
    T::deserialize(made.get(step.as_str())?).ok()
}

fn kept_records(row: queries::FiscalArchive) -> Kept {
    Kept {
        what: KeptKind::FiscalArchive,
        law: LAW.to_owned(),
        held_by: Holder::Operator,
        handed_over_at: row.made_at,
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
        sha256: row.sha256,
    }
}

/// What the step `bury` writes: the tombstone comes, the rows go, and what operations have kept about a person with them.
pub(crate) async fn bury(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
    certificate: Option<&str>,
) -> Result<(), StepError> {
    queries::tombstone_insert()
        .bind(txn, &claimed.id().0, &claimed.actor.as_str(), &certificate, &tenant.0)
        .await?;
    operations::operations_scrub().bind(txn, &tenant.0).await?;
    let deleted = tenants::organization_delete_erasing().bind(txn, &tenant.0).await?;
    if deleted == 0 { Err(StepError::Gone) } else { Ok(()) }
}

/// The step `publish_certificate`, found by the operation, which does not know the tenant any more. It is there when it is there; a tenant that
/// was erased twice, as after a restore of the control database, keeps its first tombstone, and there is nothing to do.
pub(crate) async fn publish(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let row = {
        let client = control.catalog.client().await?;
        queries::erasure_of_operation().bind(&client, &claimed.id().0).opt().await?
    };
    let Some(row) = row else { return Ok(Made::Nothing) };
    if let (Some(certificate), Some(backups)) = (row.certificate, &control.backups) {
        put(backups, TenantId(row.organization_id), certificate).await?;
    }
    Ok(Made::Nothing)
}

/// What that step writes.
pub(crate) async fn keep_published(
    txn: &Transaction<'_>,
    claimed: &Claimed,
) -> Result<(), StepError> {
    queries::erasure_published().bind(txn, &claimed.id().0).await?;
    Ok(())
}

pub(super) async fn put(
    backups: &Backups,
    tenant: TenantId,
    certificate: String,
) -> Result<(), StepError> {
    let created = backups.store.create(&place_of(tenant), certificate.into()).await;
    if created.map_err(BackupError::from)? == Created::Other {
        tracing::warn!(%tenant, "tenant {tenant} was erased before; the store keeps the certificate of the first time");
    }
    Ok(())
}
