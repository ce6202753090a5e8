//! The archive of each cluster behind `up`, from which a database can be had as it was at any second.
//!
//! Settings before a cluster starts, a configuration once it has, everything else while tenants are served. Without
//! pgBackRest there is no archive, and nothing else is missing.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use cloison_control::point_in_time::PointInTime;
use cloison_local_postgres::{Account, Cluster, ClusterConfig, Durability, private_folder};
use cloison_pgbackrest::{Error, Policy, Program, Server, Settings, Stanza, due};
use jiff::Timestamp;
use tokio::time::sleep;

use super::data_dir::DataDir;

/// Often enough for backups that are hours apart, and for one that was refused because another was under way.
const LOOK_EVERY: Duration = Duration::from_mins(5);

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

/// Makes repositories and backups when they are due, one after the other, until it is dropped. A backup that is under way
/// then ends, and the next start makes it.
pub(super) async fn keep(stanzas: &[Stanza]) {
    let mut told = vec![None; stanzas.len()];
    loop {
        for (stanza, told) in stanzas.iter().zip(&mut told) {
            let failed = look(stanza).await.err();
            let words = failed.map(|error| format!("{:#}", anyhow::Error::from(error)));
            if let Some(words) = &words
                && told.as_ref() != Some(words)
            {
                tracing::warn!("there is no new backup of {}: {words}", stanza.name());
            }
            *told = words;
        }
        sleep(LOOK_EVERY).await;
    }
}

async fn look(stanza: &Stanza) -> Result<(), Error> {
    let info = stanza.info().await?;
    if info.archives.is_empty() {
        stanza.create().await?;
    }
    let Some(due) = due(&info, Timestamp::now(), &Policy::USUAL) else {
        return Ok(());
    };
    match stanza.backup(due.kind).await {
        Ok(()) => {
            tracing::info!("made a backup of {} ({})", stanza.name(), due.kind.as_str());
            Ok(())
        }
        // One that an earlier process began, and that goes on.
        Err(Error::Busy { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
