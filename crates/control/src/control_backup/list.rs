//! Which backups of the control database there are, and which of them stay.

use std::collections::BTreeMap;

use cloison_archive::{BackupError, ObjectKey, Store, Subject, place_of};
use cloison_model::{
    ArchiveId, RetentionPolicy, RetentionVerdict, Soundness, TenantArchive, UnixSeconds,
    retain_archives,
};
use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::backups::Backups;

const FOLDER: &str = "control/backups";

/// So long all of them stay, whatever their day: when something has gone wrong, it is the last hours that are wanted.
const ALL_STAY_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What is further ahead is a mistake.
const CLOCKS_DIFFER_MAX: SignedDuration = SignedDuration::from_mins(10);

/// One that has a manifest; whether that is to be believed is not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlBackup {
    pub id: Uuid,
    /// As its id says.
    pub begun_at: Timestamp,
    /// With its manifest.
    pub bytes: u64,
}

/// By their ids, the last first: the newest, if every clock was right.
pub async fn list(store: &Store) -> Result<Vec<ControlBackup>, BackupError> {
    let folder: ObjectKey = FOLDER.parse().expect("it is a name");
    let mut objects = store.list(Some(&folder));
    let mut found: BTreeMap<Uuid, (bool, u64)> = BTreeMap::new();
    while let Some(object) = objects.try_next().await? {
        let Some((id, name)) = parts(object.key.as_str()) else { continue };
        let (is_whole, bytes) = found.entry(id).or_default();
        *is_whole |= name == "manifest.json";
        *bytes += object.bytes;
    }
    let whole = found.into_iter().rev().filter(|(_, (is_whole, _))| *is_whole);
    let listed = whole
        .filter_map(|(id, (_, bytes))| Some(ControlBackup { id, begun_at: begun_at(id)?, bytes }));
    Ok(listed.collect())
}

/// When the newest was begun. One that is dated ahead says nothing of today: some clock was wrong.
pub(crate) fn newest(listed: &[ControlBackup], now: Timestamp) -> Option<Timestamp> {
    let is_dated_right = |it: &Timestamp| it.duration_since(now) < CLOCKS_DIFFER_MAX;
    listed.iter().map(|it| it.begun_at).filter(is_dated_right).max()
}

/// Of `control/backups/<id>/<name>`.
fn parts(key: &str) -> Option<(Uuid, &str)> {
    let (id, name) = key.strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/')?;
    Some((id.parse().ok()?, name))
}

/// Other ids than those with a time are not of ours.
fn begun_at(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanoseconds).ok()?).ok()
}

/// Deletes those whose place newer ones have taken; answers which. The manifest goes first, so that whatever is left by a crash is no
/// backup, and is swept away with what was never finished.
pub async fn prune(backups: &Backups, now: Timestamp) -> Result<Vec<Uuid>, BackupError> {
    let outlived = outlived(backups.retention, &list(&backups.store).await?, now);
    let subject = Subject::Control { database: cloison_catalog::DATABASE.to_owned() };
    for id in &outlived {
        let place = place_of(&subject, *id);
        backups.store.delete(&[place.manifest()]).await?;
        backups.store.delete_prefix(place.folder()).await?;
    }
    Ok(outlived)
}

fn outlived(policy: RetentionPolicy, listed: &[ControlBackup], now: Timestamp) -> Vec<Uuid> {
    let seconds = |it: Timestamp| UnixSeconds(it.as_second());
    let archives: Vec<_> = listed
        .iter()
        .map(|it| TenantArchive {
            id: ArchiveId(it.id),
            taken_at: seconds(it.begun_at),
            soundness: Soundness::Written,
            is_held: now.duration_since(it.begun_at) < ALL_STAY_FOR,
        })
        .collect();
    let verdicts = retain_archives(policy, &archives, seconds(now));
    let pairs = listed.iter().zip(verdicts);
    let goes = pairs.filter(|(_, verdict)| matches!(verdict, RetentionVerdict::Prune { .. }));
    goes.map(|(it, _)| it.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids of backups begun so many hours before now.
    fn check(hours: &[i64]) -> Vec<u128> {
        let now: Timestamp = "2026-03-18T12:30:00Z".parse().unwrap();
        let listed: Vec<_> = hours
            .iter()
            .map(|it| ControlBackup {
                id: Uuid::from_u128(u128::try_from(*it).unwrap()),
                begun_at: now - SignedDuration::from_hours(*it),
                bytes: 1,
            })
            .collect();
        let policy = RetentionPolicy { daily: 2, weekly: 0, monthly: 0 };
        outlived(policy, &listed, now).iter().map(Uuid::as_u128).collect()
    }

    #[test]
    fn the_last_day_stays_whole_and_then_one_a_day() {
        assert_eq!(check(&[1, 2, 3, 23]), Vec::<u128>::new());
        assert_eq!(check(&[1, 2, 23, 30, 31]), [30, 31], "the newest of yesterday is 23 hours old");
        assert_eq!(check(&[40, 41, 100]), [41], "the newest two days that have any");
    }

    #[test]
    fn one_that_is_dated_ahead_is_not_the_newest() {
        let now: Timestamp = "2026-03-18T12:30:00Z".parse().unwrap();
        let check = |minutes: &[i64]| {
            let listed: Vec<_> = minutes
                .iter()
                .map(|it| ControlBackup {
                    id: Uuid::nil(),
                    begun_at: now + SignedDuration::from_mins(*it),
                    bytes: 1,
                })
                .collect();
            newest(&listed, now).map(|it| it.duration_since(now).as_mins())
        };
        assert_eq!(check(&[]), None);
        assert_eq!(check(&[500_000, 5, -60]), Some(5));
        assert_eq!(check(&[500_000]), None);
    }

    #[test]
    fn what_is_not_a_backups_object_is_no_backup() {
        let id = Uuid::now_v7();
        let key = format!("control/backups/{id}/manifest.json");
        assert_eq!(parts(&key), Some((id, "manifest.json")));
        assert!(begun_at(id).is_some() && begun_at(Uuid::nil()).is_none());
        for key in ["control/key", "control/backups/x/manifest.json", "tenants/a/b"] {
            assert_eq!(parts(key), None, "{key}");
        }
    }
}
