//! Filling a copy, and dropping it.

use std::time::Instant;

use cloison_archive::Meter;
use jiff::Timestamp;

use super::copy::Copy;
use super::past;
use super::progress::told;
use crate::backups::{identity_of, note_broken};
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};
use crate::pg::ddl;

/// What a copy holds.
pub(crate) struct Filled {
    pub(super) holds_at: Timestamp,
    pub(super) schema_version: i64,
    pub(super) seconds: f64,
    /// If it was made of a dump.
    pub(super) dump_bytes: Option<u64>,
}

impl Filled {
    /// How long it took, and for what.
    pub(crate) fn told(&self) -> String {
        match self.dump_bytes {
            Some(bytes) => format!("{bytes} bytes of dump in {:.1} s", self.seconds),
            None => format!("in {:.1} s, replay and comparison included", self.seconds),
        }
    }
}

/// The step `fill_copy`. It cannot be seen to have been done: whatever is there is thrown away and made anew.
pub(crate) async fn fill(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let began = Instant::now();
    let copy = Copy::load(control, claimed).await?;
    if let Some(at) = copy.at {
        return past::fill(control, claimed, &copy, at, began).await.map(Made::Filled);
    }
    let backups = control.backups()?;
    let filled = async {
        let manifest = copy.manifest(control, backups).await?;
        let identity = identity_of(backups, copy.tenant, &manifest).await?;
        let programs = copy.programs(backups).await?;
        let turn = copy.turn(control).await?;
        copy.make(&turn).await?;
        let restore = copy.admin.command(&programs.restore, copy.database.as_str());
        let database = copy.database.as_str();
        let (meter, bytes) = (Meter::default(), manifest.dump.dump_bytes);
        let restored = cloison_archive::restore(
            &backups.store,
            &manifest,
            &identity,
            restore,
            database,
            &meter,
        );
        told(control, claimed, &meter, bytes, restored).await?;
        turn.finish().await.map_err(StepError::server("give the turn back"))?;
        Ok(Filled {
            holds_at: manifest.taken_at,
            schema_version: manifest.schema_version,
            seconds: began.elapsed().as_secs_f64(),
            dump_bytes: Some(manifest.dump.dump_bytes),
        })
    };
    match filled.await {
        Ok(filled) => Ok(Made::Filled(filled)),
        Err(StepError::Backup(error)) => match copy.backup {
            Some(backup) => Err(note_broken(control, backup, error).await?),
            None => Err(error.into()),
        },
        Err(error) => Err(error),
    }
}

/// The step `drop_copy`. Gone is gone, and what has no row was never begun.
pub(crate) async fn drop_copy(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let copy = match Copy::load(control, claimed).await {
        Err(StepError::Gone) => return Ok(Made::Nothing),
        found => found?,
    };
    let turn = copy.turn(control).await?;
    ddl::copy_drop(&turn, &copy.database).await.map_err(StepError::server("drop a copy"))?;
    turn.finish().await.map_err(StepError::server("give the turn back"))?;
    Ok(Made::Nothing)
}
