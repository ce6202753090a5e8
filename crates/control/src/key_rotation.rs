//! Another master key, while everything runs: a new key is put in front, every sealed value is sealed anew with it, and
//! when no process seals with the old one any more, that is forgotten.
//!
//! Two steps and not one: a process that read its key before the first step may seal with the old key for a moment
//! longer. The second step seals those values anew too before it forgets.

use std::io;

use cloison_catalog::queries::seals;
use cloison_catalog::{Client, Unavailable};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::backups::Backups;
use crate::call::{self, Call, CallError};
use crate::control::Control;
use crate::control_backup;
use crate::master_key::{KeyError, MasterKey};
use crate::operations::StepError;

/// Values read at a time.
const PAGE: i64 = 500;
/// Walks over all values before we say that somebody keeps sealing with the old key. One is enough, but for a value
/// that moves to another row while we walk.
const WALKS_MAX: u32 = 10;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub resealed: usize,
    /// Keys that are still known.
    pub keys: usize,
    /// Of the control database, made before the old key was forgotten.
    pub backup: Option<Uuid>,
    /// Backups of the control database that hold what only the old key opens.
    pub closed: Vec<Uuid>,
}

/// Values that no known key opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Closed {
    pub(crate) closed: usize,
    pub(crate) of: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The key came from the environment, and there is only one.
    #[error("there is no new key to change to")]
    NoNewKey,
    /// There is only one key.
    #[error("there is no old key to forget")]
    NoOldKey,
    #[error("a sealed value cannot be opened with any known key")]
    Key(#[from] KeyError),
    #[error("values are still being sealed with an old key")]
    StillInUse,
    #[error("the key file cannot be written")]
    File(#[from] io::Error),
    /// Without one that the newest key opens, the control database could not be brought back any more.
    #[error("the control database cannot be backed up, so the old key is not forgotten")]
    Backup(#[source] Box<StepError>),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

/// Makes a new key where keys are kept in a file, and seals everything with the newest. Safe to run again: a rotation
/// that was broken off is gone on with.
pub async fn rotate(control: &Control, call: &Call) -> Result<Rotation, RotationError> {
    if control.key.is_kept_in_a_file() {
        control.key.renew()?;
    } else if control.key.count() == 1 {
        return Err(RotationError::NoNewKey);
    }
    let resealed = reseal(control).await?;
    record(control, call, "master_key.rotate", resealed).await?;
    let keys = control.key.count();
    Ok(Rotation { resealed, keys, backup: None, closed: Vec::new() })
}

/// Forgets all keys but the newest, once nothing is sealed with another and there is a backup of the control database in which nothing is.
pub async fn forget_old(control: &Control, call: &Call) -> Result<Rotation, RotationError> {
    if control.key.count() == 1 {
        return Err(RotationError::NoOldKey);
    }
    let resealed = reseal(control).await?;
    record(control, call, "master_key.forget_old", resealed).await?;
    let backed_up = match &control.backups {
        None => None,
        Some(backups) => {
            let failed = |error| RotationError::Backup(Box::new(error));
            Some(backed_up_anew(control, backups).await.map_err(failed)?)
        }
    };
    control.key.forget_older()?;
    let keys = control.key.count();
    let (backup, closed) = backed_up.unzip();
    Ok(Rotation { resealed, keys, backup, closed: closed.unwrap_or_default() })
}

/// Answers the new backup, and those from before the last value was sealed anew.
async fn backed_up_anew(
    control: &Control,
    backups: &Backups,
) -> Result<(Uuid, Vec<Uuid>), StepError> {
    let backup = control_backup::back_up(control, backups, Timestamp::now()).await?.manifest.backup;
    let last = {
        let client = control.catalog.client().await?;
        seals::resealed_last().bind(&client).one().await?
    };
    let listed = control_backup::list(&backups.store).await?;
    let is_closed = |it: &control_backup::ControlBackup| {
        it.id != backup && last.is_some_and(|last| it.begun_at < last)
    };
    Ok((backup, listed.into_iter().filter(is_closed).map(|it| it.id).collect()))
}

/// Looks at all sealed values. One that does not open is nobody's any more.
pub(crate) async fn closed(
    key: &MasterKey,
    client: &Client,
) -> Result<Closed, tokio_postgres::Error> {
    let mut found = Closed::default();
    let mut after = None;
    loop {
        let page = seals::sealed_value_page().bind(client, &after, &PAGE).all().await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(format!("{} {} {}", last.place, last.variant, last.id));
        let closed = page.iter().filter(|it| key.open(&it.place, it.id, &it.sealed).is_err());
        found.closed += closed.count();
        found.of += page.len();
    }
}

/// Walks over all sealed values until a walk finds none that the newest key has not sealed.
async fn reseal(control: &Control) -> Result<usize, RotationError> {
    let client = control.catalog.client().await?;
    let mut resealed = 0;
    for _ in 0..WALKS_MAX {
        match walk(control, &client).await? {
            0 => return Ok(resealed),
            found => resealed += found,
        }
    }
    Err(RotationError::StillInUse)
}

async fn walk(control: &Control, client: &Client) -> Result<usize, RotationError> {
    let mut after = None;
    let mut found = 0;
    loop {
        let page = seals::sealed_value_page().bind(client, &after, &PAGE).all().await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(format!("{} {} {}", last.place, last.variant, last.id));
        for it in page {
            if control.key.is_newest(&it.place, it.id, &it.sealed) {
                continue;
            }
            let opened = control.key.open(&it.place, it.id, &it.sealed)?;
            let anew = control.key.seal(&it.place, it.id, &opened);
            let (old, new) = (it.sealed.as_slice(), anew.as_slice());
            // Replaced by somebody else in between: the next walk looks at what they made of it.
            seals::sealed_value_replace()
                .bind(client, &it.place, &it.variant, &it.id, &old, &new)
                .one()
                .await?;
            found += 1;
        }
    }
}

async fn record(
    control: &Control,
    call: &Call,
    action: &str,
    resealed: usize,
) -> Result<(), RotationError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    // Safe to run again, so there is no key to keep.
    let anew = Call { key: None, ..call.clone() };
    let kept = call::keep(&txn, &anew, Uuid::nil()).await?;
    kept.record(&txn, action, "master key", &json!({ "resealed": resealed })).await?;
    txn.commit().await?;
    Ok(())
}
