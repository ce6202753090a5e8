//! Which backups stay, and taking away those that do not.

use std::collections::BTreeSet;
use std::time::Duration;

use cloison_archive::{BackupError, ObjectKey, place_of_tenant};
use cloison_catalog::GenericClient;
use cloison_catalog::queries::backups::{self as queries, Judgeable};
use cloison_catalog::queries::tenants;
use cloison_model::{
    ArchiveId, PruneWhy, RetentionPolicy, RetentionVerdict, Soundness, Subdomain, TenantArchive,
    TenantId, UnixSeconds, retain_archives,
};
use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::ask::AskError;
use super::configured::Backups;
use super::read::read_whole;
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::first_error::FirstError;
use crate::operations::StepError;

/// More than a fleet of ten thousand keeps.
const BACKUPS_MAX: i64 = 1_000_000;
/// What was written without a manifest may still get one for so long: an operation that is cut off is gone on with.
const UNFINISHED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Between two looks at what nobody will finish.
pub(super) const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// A backup, and whether it stays.
pub struct Judged {
    pub backup: Judgeable,
    pub verdict: RetentionVerdict,
}

impl Judged {
    fn goes(&self) -> Option<PruneWhy> {
        match self.verdict {
            RetentionVerdict::Prune { why } => Some(why),
            RetentionVerdict::Keep { .. } => None,
        }
    }
}

/// Judges all backups, or those of one tenant; nothing is touched.
pub async fn judge(
    control: &Control,
    backups: &Backups,
    tenant: Option<&Subdomain>,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let client = control.catalog.client().await?;
    let Some(whose) = whose(&client, tenant).await? else { return Ok(Vec::new()) };
    judge_in(&client, backups.retention, whose, now).await
}

/// Whose backups are meant.
#[derive(Clone, Copy)]
enum Whose {
    Everybodys,
    Of(TenantId),
}

impl Whose {
    fn organization(self) -> Option<Uuid> {
        match self {
            Self::Everybodys => None,
            Self::Of(tenant) => Some(tenant.0),
        }
    }
}

/// None if there is no such tenant.
async fn whose(
    client: &impl GenericClient,
    tenant: Option<&Subdomain>,
) -> Result<Option<Whose>, StepError> {
    let Some(name) = tenant else { return Ok(Some(Whose::Everybodys)) };
    let id = tenants::tenant_of_subdomain().bind(client, &name.as_str()).opt().await?;
    Ok(id.map(|it| Whose::Of(TenantId(it))))
}

async fn judge_in(
    client: &impl GenericClient,
    policy: RetentionPolicy,
    whose: Whose,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let organization = whose.organization();
    let rows = queries::backups_to_judge().bind(client, &organization, &BACKUPS_MAX).all().await?;
    let mut judged = Vec::new();
    for of_tenant in rows.chunk_by(|one, other| one.organization_id == other.organization_id) {
        let archives: Vec<_> = of_tenant.iter().map(archive_of).collect();
        let verdicts = retain_archives(policy, &archives, UnixSeconds(now.as_second()));
        let pairs = of_tenant.iter().cloned().zip(verdicts);
        judged.extend(pairs.map(|(backup, verdict)| Judged { backup, verdict }));
    }
    Ok(judged)
}

fn archive_of(row: &Judgeable) -> TenantArchive {
    let seconds = |it: Timestamp| UnixSeconds(it.as_second());
    TenantArchive {
        id: ArchiveId(row.id),
        taken_at: seconds(row.taken_at),
        soundness: match row.broken_at {
            Some(since) => Soundness::Broken { since: seconds(since) },
            None if row.is_proven => Soundness::Proven,
            None => Soundness::Written,
        },
        is_held: row.is_held,
    }
}

/// Deletes what does not stay; answers that. What cannot be deleted, as for a lock on it, keeps nothing else, and has its turn again the
/// next time.
pub async fn prune(
    control: &Control,
    backups: &Backups,
    tenant: Option<&Subdomain>,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let mut judged = judge(control, backups, tenant, now).await?;
    judged.retain(|it| it.goes().is_some());
    let (mut gone, mut refused) = (Vec::new(), FirstError::default());
    let same =
        |one: &Judged, other: &Judged| one.backup.organization_id == other.backup.organization_id;
    for of_tenant in judged.chunk_by(same) {
        let spared = look_again(control, backups, of_tenant, &mut refused).await?;
        let tenant = TenantId(of_tenant[0].backup.organization_id);
        gone.extend(let_go(control, backups, tenant, &spared, now).await?);
    }
    delete_going(control, backups, tenant, &mut refused).await?;
    refused.told(gone)
}

/// Reads each that is said to be broken once more, right before it goes. Answers those that are not, and those of which nothing could be
/// found out.
async fn look_again(
    control: &Control,
    backups: &Backups,
    going: &[Judged],
    refused: &mut FirstError,
) -> Result<BTreeSet<Uuid>, StepError> {
    let mut spared = BTreeSet::new();
    for Judged { backup, .. } in going.iter().filter(|it| it.goes() == Some(PruneWhy::Broken)) {
        let read = read_whole(control, backups, TenantId(backup.organization_id), backup.id).await;
        match read {
            Err(StepError::Backup(error)) if error.is_broken() => continue,
            Err(error) => {
                refused.note(Err::<(), _>(error));
            }
            Ok(()) => {
                let client = control.catalog.client().await?;
                queries::backup_set_verified().bind(&client, &backup.id).await?;
                tracing::info!(backup = %backup.id, "backup {} is good after all", backup.id);
            }
        }
        spared.insert(backup.id);
    }
    Ok(spared)
}

/// Judges once more, under the lock that whoever holds or restores a backup takes, too: they are seen here, or find nothing any more. From
/// the commit on what is answered is nobody's backup, whatever of it is still there.
async fn let_go(
    control: &Control,
    backups: &Backups,
    tenant: TenantId,
    spared: &BTreeSet<Uuid>,
    now: Timestamp,
) -> Result<Vec<Judged>, StepError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    if tenants::tenant_state_locked().bind(&txn, &tenant.0).opt().await?.is_none() {
        // It is being erased, and so are they.
        return Ok(Vec::new());
    }
    let mut going = judge_in(&txn, backups.retention, Whose::Of(tenant), now).await?;
    going.retain(|it| it.goes().is_some() && !spared.contains(&it.backup.id));
    let ids: Vec<Uuid> = going.iter().map(|it| it.backup.id).collect();
    queries::backups_let_go().bind(&txn, &ids.as_slice()).await?;
    txn.commit().await?;
    Ok(going)
}

/// What was let go, now or by somebody who was cut off. The row goes last, so that a crash leaves one that is deleted again.
async fn delete_going(
    control: &Control,
    backups: &Backups,
    tenant: Option<&Subdomain>,
    refused: &mut FirstError,
) -> Result<(), StepError> {
    let going = {
        let client = control.catalog.client().await?;
        let Some(whose) = whose(&client, tenant).await? else { return Ok(()) };
        queries::backups_going().bind(&client, &whose.organization(), &BACKUPS_MAX).all().await?
    };
    for backup in going {
        let place = place_of_tenant(backup.organization_id, backup.id);
        let deleted = backups.store.delete_prefix(place.folder()).await;
        if refused.note(deleted.map_err(BackupError::from)).is_some() {
            let client = control.catalog.client().await?;
            queries::backup_gone().bind(&client, &backup.id).await?;
        }
    }
    Ok(())
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
    // Pruned twice, the same is left.
    if let Begun::Now(txn, kept) = call::begin(&mut client, call, Uuid::now_v7()).await? {
        let subject = tenant.map_or("all tenants", Subdomain::as_str);
        kept.record(&txn, "backup.prune", subject, &json!({})).await?;
        txn.commit().await?;
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
