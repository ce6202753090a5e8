//! The archive of each cluster behind `up`, from which a database can be had as it was at any second.
//!
//! Settings before a cluster starts, a configuration once it has; the backups are made while tenants are served. Without
//! pgBackRest there is no archive, and nothing else is missing.

use std::path::PathBuf;

use anyhow::Context;
use cloison_control::point_in_time::PointInTime;
use cloison_local_postgres::{Account, Cluster, ClusterConfig, Durability, private_folder};
use cloison_pgbackrest::{Error, Program, Server, Settings, Stanza};

use super::data_dir::DataDir;

const SETTINGS: Settings = Settings::USUAL;

/// What archives clusters, if anything does.
#[derive(Clone)]
pub(super) struct Archives {
    program: Option<Program>,
    folder: PathBuf,
}

impl Archives {
    /// Where the program is missing, that is said once, here.
    pub(super) fn find(data: &DataDir, wanted: bool) -> Self {
        let program = wanted
            .then(|| Program::find(None).inspect_err(|error| tracing::warn!("{error}")).ok())
            .flatten();
        Self { program, folder: data.archives() }
    }

    /// What tenants are taken back with.
    pub(super) fn point_in_time(&self, programs: Option<PathBuf>) -> Option<PointInTime> {
        let program = self.program.clone()?;
        Some(PointInTime::new(program, &self.folder, programs))
    }

    /// The archive of a cluster that is about to start. One that cannot be had keeps no server from starting.
    pub(super) fn stanza(&self, name: &str, config: &ClusterConfig) -> Option<Stanza> {
        let program = self.program.as_ref()?;
        let make = || {
            let account = Account::choose(&Cluster::home_of(&config.data_dir).join("data"))?;
            let folder = private_folder(&self.folder, name, &account, Durability::Durable)?;
            let name = name.parse().context("name the archive")?;
            anyhow::Ok(Stanza::new(program.clone(), name, folder, account))
        };
        make()
            .inspect_err(|error| {
                tracing::warn!("{name} is not archived, so nothing in it can be taken back to a point in time: {error:#}");
            })
            .ok()
    }
}

/// What a cluster has to be started with.
pub(super) fn settings(stanza: &Stanza) -> Vec<(String, String)> {
    stanza.server_settings(&SETTINGS)
}

/// Tells pgBackRest where the cluster is now.
pub(super) fn configure(stanza: &Stanza, cluster: &Cluster) -> Result<(), Error> {
    stanza.configure(&Server::of(cluster), &SETTINGS)
}
