//! Exports that nobody knows of: made after the backup that the control database was restored from.
//!
//! The store alone tells of them. Their customer was promised that they go, so they do, a day later than they would have.

use std::collections::BTreeMap;

use cloison_archive::{ExportError, ObjectKey, folder_of_export};
use cloison_catalog::queries::exports as queries;
use cloison_model::EXPORT_DAYS;
use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::backups::Backups;
use crate::control::Control;
use crate::first_error::FirstError;
use crate::operations::StepError;

/// Asked about at a time.
const ASKED_AT_ONCE: usize = 1_000;

/// One look through the store. Answers how many are gone.
pub async fn delete_strays(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
) -> Result<usize, StepError> {
    let stays = SignedDuration::from_hours((i64::from(EXPORT_DAYS) + 1) * 24);
    let top: ObjectKey = "tenants".parse().expect("it is a name");
    let mut objects = backups.store.list(Some(&top));
    let mut found: BTreeMap<Uuid, (Uuid, Timestamp)> = BTreeMap::new();
    while let Some(object) = objects.try_next().await.map_err(ExportError::from)? {
        let Some((organization, export)) = of_export(object.key.as_str()) else { continue };
        let (_, newest) = found.entry(export).or_insert((organization, object.modified));
        *newest = object.modified.max(*newest);
    }
    found.retain(|_, (_, newest)| *newest + stays < now);
    let ids: Vec<Uuid> = found.keys().copied().collect();
    let (mut gone, mut refused) = (0, FirstError::default());
    for asked in ids.chunks(ASKED_AT_ONCE) {
        let strays = {
            let client = control.catalog.client().await?;
            queries::exports_without_row().bind(&client, &asked).all().await?
        };
        for (export, (organization, _)) in strays.iter().filter_map(|it| found.get_key_value(it)) {
            let folder = folder_of_export(*organization, *export);
            let deleted = backups.store.delete_prefix(&folder).await;
            gone += usize::from(refused.note(deleted.map_err(ExportError::from)).is_some());
        }
    }
    refused.told(gone)
}

/// Organization and export of `tenants/<organization>/exports/<export>/<name>`.
fn of_export(key: &str) -> Option<(Uuid, Uuid)> {
    let (organization, rest) = key.strip_prefix("tenants/")?.split_once('/')?;
    let (export, _) = rest.strip_prefix("exports/")?.split_once('/')?;
    Some((organization.parse().ok()?, export.parse().ok()?))
}
