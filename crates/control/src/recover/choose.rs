//! Which backup of the control database it is made of: the newest that is whole, unless somebody says which.

use std::cmp::Reverse;

use cloison_archive::{
    BackupError, Identity, KeyName, KeystoreError, Manifest, Subject, TenantKeyError, VerifyingKey,
    manifest, place_of, verify,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::error::RecoverError;
use super::report::PassedOver;
use crate::backups::Backups;
use crate::control_backup;

/// A backup, as far as its manifest tells.
pub struct Candidate {
    pub id: Uuid,
    pub begun_at: Timestamp,
    /// Of both objects.
    pub bytes: u64,
    /// Or why it is not to be believed.
    pub manifest: Result<Manifest, BackupError>,
}

impl Candidate {
    /// As the server's clock said, where the manifest is to be believed. The id has the time of the machine that made it, which may have been
    /// wrong by years.
    pub fn taken_at(&self) -> Timestamp {
        self.manifest.as_ref().map_or(self.begun_at, |it| it.taken_at)
    }
}

/// All, the newest first. Their dumps are not read.
pub async fn candidates(backups: &Backups) -> Result<Vec<Candidate>, RecoverError> {
    let key = signer(backups).await?;
    all(backups, &key).await
}

async fn all(backups: &Backups, key: &VerifyingKey) -> Result<Vec<Candidate>, RecoverError> {
    let mut found = Vec::new();
    for it in control_backup::list(&backups.store).await? {
        let manifest = manifest_of(backups, it.id, key).await;
        found.push(Candidate { id: it.id, begun_at: it.begun_at, bytes: it.bytes, manifest });
    }
    found.sort_by_key(|it| Reverse(it.taken_at()));
    Ok(found)
}

/// Who must have signed all that is believed here.
pub(super) async fn signer(backups: &Backups) -> Result<VerifyingKey, RecoverError> {
    let known = backups.known_signer().await?;
    known.ok_or_else(|| RecoverError::OtherStore { store: backups.store.to_string() })
}

/// One that can be restored.
pub(super) struct Chosen {
    pub(super) manifest: Manifest,
    pub(super) identity: Identity,
    pub(super) passed_over: Vec<PassedOver>,
}

/// Reads all of it before anything is done with it.
pub(super) async fn choose(
    backups: &Backups,
    wanted: Option<Uuid>,
    key: &VerifyingKey,
) -> Result<Chosen, RecoverError> {
    if let Some(backup) = wanted {
        let manifest = manifest_of(backups, backup, key).await;
        let (manifest, identity) = whole(backups, manifest).await.map_err(|error| {
            if is_its_own(&error) {
                RecoverError::NotThat { backup, why: error.to_string() }
            } else {
                error.into()
            }
        })?;
        return Ok(Chosen { manifest, identity, passed_over: Vec::new() });
    }
    let mut passed_over = Vec::new();
    for it in all(backups, key).await? {
        match whole(backups, it.manifest).await {
            Ok((manifest, identity)) => return Ok(Chosen { manifest, identity, passed_over }),
            // An older one would have to be taken because of a store or a keystore that does not answer.
            Err(error) if !is_its_own(&error) => return Err(error.into()),
            Err(error) => passed_over.push(PassedOver { backup: it.id, why: error.to_string() }),
        }
    }
    let store = backups.store.to_string();
    let count = passed_over.len();
    Err(match passed_over.into_iter().next() {
        None => RecoverError::NoBackup { store },
        Some(it) => RecoverError::NoneGood { count, newest: it.backup, why: it.why },
    })
}

/// Whether this backup is at fault, or its key, and not the way to either: an older one may be good.
fn is_its_own(error: &BackupError) -> bool {
    match error {
        BackupError::Key(TenantKeyError::Keystore(
            KeystoreError::Away { .. } | KeystoreError::Unusable { .. },
        )) => false,
        BackupError::Key(_) => true,
        error => error.is_broken(),
    }
}

async fn whole(
    backups: &Backups,
    manifest: Result<Manifest, BackupError>,
) -> Result<(Manifest, Identity), BackupError> {
    let manifest = manifest?;
    let pair = manifest.key.to_tenant_key()?;
    let identity = pair.identity(backups.keystore.as_ref(), KeyName::Control).await?;
    verify(&backups.store, &manifest, &identity).await?;
    Ok((manifest, identity))
}

async fn manifest_of(
    backups: &Backups,
    id: Uuid,
    key: &VerifyingKey,
) -> Result<Manifest, BackupError> {
    let subject = Subject::Control { database: cloison_catalog::DATABASE.to_owned() };
    let manifest = manifest(&backups.store, &place_of(&subject, id), id, key).await?.manifest;
    // A tenant's, put there by somebody, would be signed as well.
    match manifest.subject {
        Subject::Control { .. } => Ok(manifest),
        Subject::Tenant { .. } => Err(BackupError::OtherManifest),
    }
}
