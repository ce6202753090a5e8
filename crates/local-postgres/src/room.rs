//! A data directory that is ours, before there is a server in it.
//!
//! For whoever brings the files of a cluster from elsewhere, as a restore does: it takes the room, puts the files where
//! [`Room::data`] says, and starts them. [`Cluster::start`] is the same with initdb in the middle.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use crate::{
    account::Account, cluster::Cluster, config::ClusterConfig, error::StartError, initdb,
    installation::Installation, lock::Lock, place,
};

/// The sole right to a data directory. The cluster that is started in it shares the right, so a start that failed can be
/// tried again with other settings.
#[derive(Debug)]
pub struct Room {
    pub(crate) data_dir: PathBuf,
    pub(crate) home: PathBuf,
    pub(crate) account: Account,
    pub(crate) lock: Arc<Lock>,
}

impl Room {
    /// Makes the data directory if it is not there. One that another process uses is refused.
    pub fn take(config: &ClusterConfig) -> Result<Self, StartError> {
        let data_dir = place::make_data_dir(&config.data_dir)?;
        let account = match &config.account {
            Some(account) => account.clone(),
            None => Account::choose(&place::known(&data_dir).join("data"))?,
        };
        let lock = Arc::new(Lock::take(&data_dir, &account)?);
        let home = place::prepare(&data_dir, &account, config.durability)?;
        Ok(Self { data_dir, home, account, lock })
    }

    /// Where the files of the cluster go: a folder that is not there yet, in one that the account can write to.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Who owns the files and runs the server.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What the server says, from its first start on.
    pub fn log(&self) -> PathBuf {
        self.home.join("postgres.log")
    }

    /// The folder of this room.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Starts the cluster whose files were put here and waits until it takes connections. Set by another thread,
    /// `given_up` ends the wait and the server.
    pub fn start(
        &self,
        installation: &Installation,
        config: &ClusterConfig,
        given_up: &AtomicBool,
    ) -> Result<Cluster, StartError> {
        initdb::check_major(installation, &self.data())?;
        Cluster::start_in(self, installation, config, given_up)
    }
}
