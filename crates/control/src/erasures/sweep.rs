//! Looks once a day whether what was erased is gone from the store, and whether each tombstone is in both places.
//!
//! A worker that was cut off while it wrote a backup may end its upload after the tenant was erased. What it has written opens with no
//! key any more, and is deleted here. Tombstones that only the store knows, as after a restore of the control database, are learnt if
//! they are signed by us.

use std::collections::BTreeSet;
use std::time::Duration;

use cloison_archive::{BackupError, ObjectKey};
use cloison_catalog::queries::erasures as queries;
use cloison_model::TenantId;
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::certificate::put;
use super::fiscal::let_go;
use super::stored::{StoredTombstone, stored_tombstones};
use crate::backups::Backups;
use crate::control::Control;
use crate::first_error::FirstError;
use crate::operations::{StepError, sentence};

const EVERY: Duration = Duration::from_hours(24);
/// After one that failed.
const AGAIN: Duration = Duration::from_mins(10);
/// At a time; the rest has its turn the day after.
const ROWS_MAX: i64 = 1_000;

/// What one look has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Tombstones that were in the store alone.
    pub learnt: usize,
    /// Certificates that were in the control database alone.
    pub published: usize,
    /// Objects of erased tenants, in all their versions.
    pub deleted: u64,
    /// Fiscal archives that no law asks for any more.
    pub let_go: usize,
}

/// Until shutdown.
pub(crate) async fn keep_swept(control: Control, shutdown: CancellationToken) {
    let Some(backups) = control.backups.clone() else { return };
    loop {
        let swept = tokio::select! {
            swept = sweep(&control, &backups, Timestamp::now()) => swept,
            () = shutdown.cancelled() => return,
        };
        let pause = match swept {
            Ok(swept) => {
                if swept != Swept::default() {
                    let Swept { learnt, published, deleted, let_go } = swept;
                    tracing::warn!(
                        "looked after erasures: {deleted} objects of erased tenants deleted, {learnt} tombstones learnt from the store, {published} certificates written there, {let_go} fiscal archives let go"
                    );
                }
                EVERY
            }
            Err(error) => {
                tracing::warn!(
                    "cannot look after erasures, and will try again: {}",
                    sentence(&error)
                );
                AGAIN
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// One look. Tombstones first: what is deleted depends on them. What cannot be read or deleted keeps nothing else.
pub async fn sweep(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
) -> Result<Swept, StepError> {
    let mut refused = FirstError::default();
    let learnt = learn(control, backups, &mut refused).await;
    let published = publish(control, backups, &mut refused).await;
    let deleted = delete_left(control, backups, &mut refused).await;
    let let_go = let_go_expired(control, backups, now, &mut refused).await;
    let swept = Swept {
        learnt: refused.note(learnt).unwrap_or_default(),
        published: refused.note(published).unwrap_or_default(),
        deleted: refused.note(deleted).unwrap_or_default(),
        let_go: refused.note(let_go).unwrap_or_default(),
    };
    refused.told(swept)
}

async fn learn(
    control: &Control,
    backups: &Backups,
    refused: &mut FirstError,
) -> Result<usize, StepError> {
    let key = backups.signer().await?.verifying_key();
    let mut stored = stored_tombstones(&backups.store);
    let mut learnt = 0;
    while let Some((organization, object)) = stored.try_next().await.map_err(BackupError::from)? {
        let client = control.catalog.client().await?;
        if queries::erasure_is_known().bind(&client, &organization.0).one().await? {
            continue;
        }
        drop(client);
        let read = StoredTombstone::read(&backups.store, (organization, &object), &key).await;
        let Some(read) = refused.note(read.map_err(BackupError::from)) else { continue };
        match read {
            Ok(tombstone) => {
                let mut client = control.catalog.client().await?;
                let txn = client.transaction().await?;
                tombstone.learn(&txn, None).await?;
                txn.commit().await?;
                learnt += 1;
            }
            Err(why) => tracing::error!(
                "{object} in the object store is no certificate of ours, and whether that tenant was erased is not known: {why}"
            ),
        }
    }
    Ok(learnt)
}

async fn publish(
    control: &Control,
    backups: &Backups,
    refused: &mut FirstError,
) -> Result<usize, StepError> {
    let rows = {
        let client = control.catalog.client().await?;
        queries::erasures_unpublished().bind(&client, &ROWS_MAX).all().await?
    };
    let mut published = 0;
    for row in rows {
        let Some(certificate) = row.certificate else { continue };
        let put = put(backups, TenantId(row.organization_id), certificate).await;
        if refused.note(put).is_none() {
            continue;
        }
        let client = control.catalog.client().await?;
        queries::erasure_published().bind(&client, &row.operation_id).await?;
        published += 1;
    }
    Ok(published)
}

/// One list of all tenants' objects, which names those that have any.
async fn delete_left(
    control: &Control,
    backups: &Backups,
    refused: &mut FirstError,
) -> Result<u64, StepError> {
    let folder: ObjectKey = "tenants".parse().expect("it is a name");
    let mut objects = backups.store.list(Some(&folder));
    let mut seen = BTreeSet::new();
    while let Some(object) = objects.try_next().await.map_err(BackupError::from)? {
        seen.extend(organization_of(&object.key));
    }
    let mut deleted = 0;
    for organization in seen {
        let client = control.catalog.client().await?;
        let is_erased = queries::erasure_is_known().bind(&client, &organization.0).one().await?;
        drop(client);
        if is_erased {
            let folder = cloison_archive::folder_of_tenant(organization.0);
            let gone = backups.store.delete_prefix(&folder).await.map_err(BackupError::from);
            deleted += refused.note(gone).map_or(0, |it| it.objects + it.versions);
        }
    }
    Ok(deleted)
}

async fn let_go_expired(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
    refused: &mut FirstError,
) -> Result<usize, StepError> {
    let expired = {
        let client = control.catalog.client().await?;
        queries::fiscal_archives_expired().bind(&client, &now, &ROWS_MAX).all().await?
    };
    let mut gone = 0;
    for organization in expired {
        let let_go = let_go(control, backups, TenantId(organization)).await;
        gone += usize::from(refused.note(let_go).is_some());
    }
    Ok(gone)
}

/// Of `tenants/<organization>/..`.
fn organization_of(key: &ObjectKey) -> Option<TenantId> {
    let id = key.as_str().split('/').nth(1)?;
    Uuid::parse_str(id).ok().map(TenantId)
}
