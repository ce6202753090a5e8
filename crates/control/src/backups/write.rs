//! The step that makes a backup, and what is written of it.

use std::time::Instant;

use cloison_archive::{BackupOrder, Subject, Written, write};
use cloison_catalog::Transaction;
use cloison_catalog::queries::backups as queries;
use cloison_model::{OperationKind, TenantId};
use uuid::Uuid;

use super::change_mark::change_marks;
use super::keys::{key_name, key_of};
use super::source::open_source;
use crate::control::Control;
use crate::operations::{CONNECT_TO_TENANT, Claimed, Made, StepError, Target};

/// Why an archive holds its backup.
const ARCHIVED: &str = "the tenant is archived: this is all there is of it";

/// What there is to be written down of a backup.
pub(crate) struct BackupMade {
    written: Written,
    change_mark: String,
    seconds: f64,
}

impl BackupMade {
    pub(crate) fn stored_bytes(&self) -> u64 {
        self.written.manifest.dump.stored_bytes
    }

    /// How much there is in it.
    pub(crate) fn told(&self) -> String {
        let Written { manifest, .. } = &self.written;
        let rows: u64 = manifest.facts.tables.iter().map(|it| it.rows).sum();
        format!(
            "{} bytes stored of {} bytes of dump, {} tables with {rows} rows, in {:.1} s",
            manifest.dump.stored_bytes,
            manifest.dump.dump_bytes,
            manifest.facts.tables.len(),
            self.seconds
        )
    }
}

/// The step `write_backup`. It has been done when the manifest is in the store.
pub(crate) async fn write_backup(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let began = Instant::now();
    let backups = control.backups()?;
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let target = Target::load(&control.catalog, claimed).await?;
    let admin = {
        let client = control.catalog.client().await?;
        control.admin(&client, target.server).await?
    };
    let key = key_of(control, backups, tenant).await?;
    let signer = backups.signer().await?;
    let database = target.database.as_str();
    let failed = StepError::server(CONNECT_TO_TENANT);
    let client = admin.connect(database).await.map_err(&failed)?;
    // Before the snapshot: what is written in between counts as changed.
    let marks = change_marks(&client, &[database]).await.map_err(&failed)?;
    let order = BackupOrder {
        id: claimed.id().0,
        attempt: claimed.lease.token,
        subject: Subject::Tenant {
            organization: tenant.0,
            number: target.number,
            subdomain: claimed.subdomain.clone().unwrap_or_default(),
            database: database.to_owned(),
        },
        source: open_source(control, backups, &admin, client, database).await?,
        key: &key,
        key_name: key_name(tenant),
        keystore: backups.keystore.describe(),
        signer: &signer,
    };
    let written = write(&backups.store, order).await?;
    Ok(Made::Backup(Box::new(BackupMade {
        written,
        change_mark: marks.get(database).map_or_else(String::new, |it| it.text.clone()),
        seconds: began.elapsed().as_secs_f64(),
    })))
}

pub(crate) async fn keep_backup(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
    made: &BackupMade,
) -> Result<(), StepError> {
    // One that an earlier attempt has made says nothing of how things stood when this one began.
    let mark =
        if made.written.manifest.dump.object.contains(&format!("{:016x}", claimed.lease.token)) {
            made.change_mark.as_str()
        } else {
            ""
        };
    note_backup(txn, tenant, claimed.id().0, &made.written, made.seconds, mark).await?;
    if claimed.kind == OperationKind::Archive {
        queries::backup_hold().bind(txn, &claimed.actor, &ARCHIVED, &claimed.id().0).await?;
    }
    Ok(())
}

/// The tenant has its database, so what was held for its archive may age like any other backup. What a person holds stays.
pub(crate) async fn release_archived(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<(), tokio_postgres::Error> {
    queries::backups_release().bind(txn, &tenant.0, &ARCHIVED).await?;
    Ok(())
}

/// Writes down that there is this backup. The mark is of the database's changes before it, and empty if nobody knows.
pub(crate) async fn note_backup(
    txn: &Transaction<'_>,
    tenant: TenantId,
    id: Uuid,
    written: &Written,
    seconds: f64,
    change_mark: &str,
) -> Result<(), StepError> {
    let Written { manifest, manifest_key, manifest_hash, signed_by } = written;
    let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    queries::backup_insert()
        .bind(
            txn,
            &id,
            &tenant.0,
            &manifest.taken_at,
            &seconds,
            &manifest.schema_version,
            &manifest_key.as_str(),
            &manifest_hash.as_slice(),
            &signed_by.to_string().as_str(),
            &number(manifest.dump.stored_bytes),
            &number(manifest.dump.dump_bytes),
            &i32::try_from(manifest.facts.tables.len()).unwrap_or(i32::MAX),
            &number(manifest.facts.tables.iter().map(|it| it.rows).sum()),
            &change_mark,
        )
        .await?;
    queries::backup_succeeded().bind(txn, &manifest.taken_at, &tenant.0).await?;
    Ok(())
}

/// It has failed for good; the schedule tries again later.
pub(crate) async fn keep_failure(txn: &Transaction<'_>, tenant: TenantId) -> Result<(), StepError> {
    queries::backup_failed().bind(txn, &tenant.0).await?;
    Ok(())
}
