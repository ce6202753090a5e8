//! Which backups stay, and taking away those that do not.

use std::collections::BTreeSet;
use std::time::Duration;

use cloison_archive::{BackupError, ObjectKey, place_of_tenant};
use cloison_catalog::queries::backups::{self as queries, Backup};
use cloison_catalog::queries::erasures;
use cloison_model::{
    ArchiveId, RetentionVerdict, Subdomain, TenantArchive, UnixSeconds, retain_archives,
};
use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::ask::AskError;
use super::configured::Backups;
use crate::call::{self, Call, CallError};
use crate::control::Control;
use crate::operations::StepError;

/// More than a fleet of ten thousand keeps.
const BACKUPS_MAX: i64 = 1_000_000;
/// What was written without a manifest may still get one for so long: an operation that is cut off is gone on with.
const UNFINISHED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Between two looks at what nobody will finish.
pub(super) const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// A backup, and whether it stays.
pub struct Judged {
    pub backup: Backup,
    pub verdict: RetentionVerdict,
}

/// Judges all backups, or those of one tenant; nothing is touched.
pub async fn judge(
    control: &Control,
    backups: &Backups,
    tenant: Option<&Subdomain>,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let subdomain = tenant.map(Subdomain::as_str).unwrap_or_default();
    let rows = {
        let client = control.catalog.client().await?;
        let all = tenant.is_none();
        queries::backup_of_all().bind(&client, &all, &subdomain, &BACKUPS_MAX).all().await?
    };
    let holders: BTreeSet<Uuid> = {
        let client = control.catalog.client().await?;
        erasures::hold_holders().bind(&client, &BACKUPS_MAX).all().await?.into_iter().collect()
    };
    let mut judged = Vec::new();
    for of_tenant in rows.chunk_by(|one, other| one.organization_id == other.organization_id) {
        let archives: Vec<_> = of_tenant.iter().map(|it| archive_of(it, &holders)).collect();
        let verdicts = retain_archives(backups.retention, &archives, UnixSeconds(now.as_second()));
        let pairs = of_tenant.iter().cloned().zip(verdicts);
        judged.extend(pairs.map(|(backup, verdict)| Judged { backup, verdict }));
    }
    Ok(judged)
}

/// What somebody has to keep of a tenant is kept whole.
fn archive_of(row: &Backup, holders: &BTreeSet<Uuid>) -> TenantArchive {
    TenantArchive {
        id: ArchiveId(row.id),
        taken_at: UnixSeconds(row.taken_at.as_second()),
        is_good: row.broken_why.is_none(),
        is_held: row.held_by.is_some() || holders.contains(&row.organization_id),
    }
}

/// Deletes what does not stay; answers that. The row goes last, so that a crash leaves one that is deleted again.
pub async fn prune(
    control: &Control,
    backups: &Backups,
    tenant: Option<&Subdomain>,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let mut judged = judge(control, backups, tenant, now).await?;
    judged.retain(|it| matches!(it.verdict, RetentionVerdict::Prune { .. }));
    for Judged { backup, .. } in &judged {
        let place = place_of_tenant(backup.organization_id, backup.id);
        backups.store.delete_prefix(place.folder()).await.map_err(BackupError::from)?;
        let client = control.catalog.client().await?;
        queries::backup_delete().bind(&client, &backup.id).await?;
    }
    Ok(judged)
}

/// [`prune`], because somebody has asked; it is written down before anything goes.
pub async fn prune_for(
    control: &Control,
    call: &Call,
    tenant: Option<&Subdomain>,
    now: Timestamp,
) -> Result<Vec<Judged>, AskError> {
    let backups = control.backups()?;
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    match call::keep(&txn, call, Uuid::now_v7()).await {
        // Pruned twice, the same is left.
        Err(CallError::Repeated) => {
            txn.rollback().await?;
            call::repeated(&client, call).await?;
        }
        kept => {
            let subject = tenant.map_or("all tenants", Subdomain::as_str);
            kept?.record(&txn, "backup.prune", subject, &json!({})).await?;
            txn.commit().await?;
        }
    }
    drop(client);
    Ok(prune(control, backups, tenant, now).await?)
}

/// Deletes dumps that have no manifest and will get none. What has one is a backup, whatever the control database knows: it may
/// itself have been restored.
pub(super) async fn sweep(backups: &Backups, now: Timestamp) -> Result<(), StepError> {
    let before = now - UNFINISHED_FOR;
    let store = &backups.store;
    store.delete_unfinished(before).await.map_err(BackupError::from)?;
    for top in ["tenants", "control"] {
        let top: ObjectKey = top.parse().expect("it is a name");
        let mut objects = store.list(Some(&top));
        let mut folder = Folder::default();
        while let Some(object) = objects.try_next().await.map_err(BackupError::from)? {
            let Some((parent, name)) = object.key.as_str().rsplit_once('/') else { continue };
            if folder.name != parent {
                folder.clear(backups).await?;
                folder = Folder { name: parent.to_owned(), ..Folder::default() };
            }
            folder.is_backup |= name == "manifest.json";
            if name.ends_with(".dump.zst.age") && object.modified < before {
                folder.dumps.push(object.key);
            }
        }
        folder.clear(backups).await?;
    }
    Ok(())
}

/// Objects side by side, as they come from a list in the order of names.
#[derive(Default)]
struct Folder {
    name: String,
    is_backup: bool,
    dumps: Vec<ObjectKey>,
}

impl Folder {
    async fn clear(&self, backups: &Backups) -> Result<(), StepError> {
        if !self.is_backup && !self.dumps.is_empty() {
            backups.store.delete(&self.dumps).await.map_err(BackupError::from)?;
        }
        Ok(())
    }
}
