//! Backups as a process makes and reads them, from what is configured.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use cloison_archive::{DirectoryKeystore, Keystore, ProgramPlaces, Store};
use cloison_control::backups::Backups;
use cloison_control::point_in_time::PointInTime;
use cloison_pgbackrest::Program;
use tokio_util::task::TaskTracker;

use crate::complaint::Complaint;
use crate::config::{BackupsConfig, KeystorePlace};

/// Asks neither store nor Vault; a keystore's folder is made if it is not there.
pub(crate) fn backups(
    config: &BackupsConfig,
    programs: ProgramPlaces,
    tracker: &TaskTracker,
) -> Result<Backups> {
    let store = Store::open(&config.store, tracker).map_err(|error| {
        Complaint::new(
            "cannot open the store for backups",
            error.to_string(),
            "see what is configured: cloison config check",
        )
    })?;
    let mut backups = Backups::new(store, keystore(&config.keystore)?);
    backups.programs = programs;
    backups.window = config.window;
    backups.caps = config.caps;
    backups.retention = config.retention;
    Ok(backups)
}

fn keystore(place: &KeystorePlace) -> Result<Arc<dyn Keystore>, Complaint> {
    match place {
        KeystorePlace::Vault(vault) => Ok(vault.clone()),
        KeystorePlace::Folder(folder) => match DirectoryKeystore::open_or_make(folder) {
            Ok(keystore) => Ok(Arc::new(keystore)),
            Err(error) => Err(Complaint::new(
                error.to_string(),
                "without it no backup could be made or restored",
                "set that right, or name another: backups.keystore, CLOISON_BACKUPS_KEYSTORE",
            )),
        },
    }
}

/// What tenants are taken back to a point in time with, out of the archives in this folder.
pub(crate) fn point_in_time(archives: &Path) -> Option<PointInTime> {
    let program = Program::find(None).inspect_err(|error| tracing::warn!("{error}")).ok()?;
    Some(PointInTime::new(program, archives, None))
}

/// Said once, when a process starts: silence would be taken for safety.
pub(crate) fn warn_of_none() {
    tracing::warn!(
        "no store for backups is configured, so none are made and none can be restored; say where: backups.store in cloison.toml, or CLOISON_BACKUPS_STORE"
    );
}
