//! A server of one test, for what must not happen to a shared one: other settings, crashes, full disks.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context as _, Result};
use cloison_local_postgres::{Cluster, ClusterConfig, Durability};

use crate::folder::{folder, installation, lock_file};

/// What a private server has beyond the defaults.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lines of `pg_hba.conf`, after the superuser's own.
    pub hba: Vec<String>,
    /// Server settings by name.
    pub settings: Vec<(String, String)>,
}

/// A cluster that is removed when dropped.
#[derive(Debug)]
pub(crate) struct Private {
    /// `None` in its destructor only.
    cluster: Option<Cluster>,
    data_dir: PathBuf,
}

impl Private {
    pub(crate) fn start(options: &Options) -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        static SWEEP: Once = Once::new();

        SWEEP.call_once(|| drop(sweep()));
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let data_dir = folder()?.join(format!("private-{}-{number}", process::id()));
        let config = ClusterConfig {
            hba: options.hba.clone(),
            settings: options.settings.clone(),
            durability: Durability::Disposable,
            seeds: Some(folder()?.join("seeds")),
            ..ClusterConfig::new(&data_dir)
        };
        let starting = lock_file("private.starting")?;
        starting.lock_shared().context("wait for a sweep")?;
        let cluster =
            Cluster::start(&installation()?, &config).context("start a private server")?;
        Ok(Self { cluster: Some(cluster), data_dir })
    }

    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    pub(crate) fn cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("only the destructor takes it")
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        // What cannot be removed now is swept up by the next run.
        if self.cluster.take().is_some_and(|it| it.destroy().is_ok()) {
            drop(fs::remove_dir_all(&self.data_dir));
        }
    }
}

/// Removes the servers of tests that were killed. Those of living tests are locked, but for the moment between making
/// the folder and locking it, when nobody sweeps.
pub(crate) fn sweep() -> Result<()> {
    let starting = lock_file("private.starting")?;
    if starting.try_lock().is_err() {
        return Ok(());
    }
    for entry in fs::read_dir(folder()?)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("private-")
            && Cluster::remove(&entry.path()).is_ok()
        {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
