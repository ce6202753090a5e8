//! What the object store knows of tenants that the control database may not.

use std::collections::{BTreeMap, BTreeSet};

use cloison_archive::{
    BackupError, ObjectKey, Store, Subject, VerifyingKey, Written, manifest, place_of_tenant,
};
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::error::RecoverError;

const FOLDER: &str = "tenants";

/// The backups that each organization has in the store, whether or not their manifests are to be believed.
#[derive(Default)]
pub(super) struct Evidence {
    backups: BTreeMap<Uuid, BTreeSet<Uuid>>,
}

/// What a manifest says of a tenant.
pub(super) struct Told {
    pub(super) organization: Uuid,
    pub(super) number: i64,
    pub(super) subdomain: String,
    pub(super) database: String,
    pub(super) written: Written,
}

impl Evidence {
    pub(super) async fn collect(store: &Store) -> Result<Self, RecoverError> {
        let folder: ObjectKey = FOLDER.parse().expect("it is a name");
        let mut objects = store.list(Some(&folder));
        let mut evidence = Self::default();
        while let Some(object) = objects.try_next().await? {
            if let Some((organization, backup)) = ids(object.key.as_str()) {
                evidence.backups.entry(organization).or_default().insert(backup);
            }
        }
        Ok(evidence)
    }

    pub(super) fn organizations(&self) -> impl Iterator<Item = Uuid> {
        self.backups.keys().copied()
    }

    pub(super) fn backups_of(&self, organization: Uuid) -> impl Iterator<Item = Uuid> {
        self.backups.get(&organization).into_iter().flatten().copied()
    }

    pub(super) fn has(&self, organization: Uuid, backup: Uuid) -> bool {
        self.backups.get(&organization).is_some_and(|it| it.contains(&backup))
    }

    /// The newest manifest of an organization that is to be believed. Ids of backups begin with their time.
    pub(super) async fn newest(
        &self,
        store: &Store,
        organization: Uuid,
        key: &VerifyingKey,
    ) -> Result<Option<Told>, RecoverError> {
        let backups: Vec<Uuid> = self.backups_of(organization).collect();
        for backup in backups.into_iter().rev() {
            if let Some(told) = told(store, organization, backup, key).await? {
                return Ok(Some(told));
            }
        }
        Ok(None)
    }
}

/// What this manifest says; nothing if it is not to be believed.
pub(super) async fn told(
    store: &Store,
    organization: Uuid,
    backup: Uuid,
    key: &VerifyingKey,
) -> Result<Option<Told>, RecoverError> {
    let place = place_of_tenant(organization, backup);
    let written = match manifest(store, &place, backup, key).await {
        Ok(written) => written,
        Err(error) if error.is_broken() => return Ok(None),
        Err(error) => return Err(BackupError::into(error)),
    };
    let subject = written.manifest.subject.clone();
    let Subject::Tenant { organization: of, number, subdomain, database } = subject else {
        return Ok(None);
    };
    // One of another tenant's, put there by somebody, is as good a signature.
    Ok((of == organization).then_some(Told { organization, number, subdomain, database, written }))
}

/// Of `tenants/<organization>/backups/<backup>/manifest.json`.
fn ids(key: &str) -> Option<(Uuid, Uuid)> {
    let parts: Vec<&str> = key.split('/').collect();
    let [FOLDER, organization, "backups", backup, "manifest.json"] = parts[..] else {
        return None;
    };
    Some((organization.parse().ok()?, backup.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_manifest_makes_a_backup() {
        let (organization, backup) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let folder = format!("tenants/{organization}/backups/{backup}");
        assert_eq!(ids(&format!("{folder}/manifest.json")), Some((organization, backup)));
        for key in [
            format!("{folder}/0000000000000001.dump.zst.age"),
            format!("{folder}/manifest.json/x"),
            format!("tenants/{organization}/exports/{backup}/manifest.json"),
            "tenants/x/backups/y/manifest.json".to_owned(),
        ] {
            assert_eq!(ids(&key), None, "{key}");
        }
    }
}
