//! A restored server: private, on a socket, gone when it is dropped.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use cloison_local_postgres::{Cluster, ClusterConfig, Installation, SUPERUSER, StartError};
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio_postgres::Config;

use crate::wal::Segment;

use super::{
    Moment, Order, RestoreError, amcheck,
    choose::Include,
    databases::{self, Found},
    site::Site,
};

/// How a restore came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The backup that it began with.
    pub backup: String,
    pub scope: Scope,
    /// The replay met pages that were not there, which is to be expected of databases that were left out. So the ones
    /// that were wanted have been read and checked, all of them.
    pub ignored_invalid_pages: bool,
    /// The commit that the replay ended with; `None` if there was none after the backup.
    pub last_transaction: Option<Timestamp>,
}

/// What can be read on a scratch server, besides what has come into being since the backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The databases of these numbers.
    Only(Vec<u32>),
    Everything,
}

impl Scope {
    /// And these.
    pub(super) fn with(&self, more: &[u32]) -> Include {
        match self {
            Self::Only(oids) => Include::Only(oids.iter().chain(more).copied().collect()),
            Self::Everything => Include::Everything,
        }
    }
}

impl From<Include> for Scope {
    fn from(include: Include) -> Self {
        match include {
            Include::Only(oids) => Self::Only(oids),
            Include::Everything => Self::Everything,
        }
    }
}

/// The server, then its folder: fields are dropped in this order.
#[derive(Debug)]
pub(super) struct Running {
    /// `None` in its destructor only.
    cluster: Option<Cluster>,
    site: Arc<Site>,
}

impl Running {
    /// Starts it on a thread of its own and waits. Dropped meanwhile, the server is ended within moments.
    pub(super) async fn start(
        site: Arc<Site>,
        installation: Installation,
        settings: Vec<(String, String)>,
        within: Duration,
    ) -> Result<Result<Self, StartError>, RestoreError> {
        let given_up = Arc::new(AtomicBool::new(false));
        let _ends_it = SetOnDrop(Arc::clone(&given_up));
        let starting = move || {
            let config = ClusterConfig {
                settings,
                ready_within: within,
                ..ClusterConfig::new(site.data_dir())
            };
            let cluster = site.room().start(&installation, &config, &given_up)?;
            Ok(Self { cluster: Some(cluster), site })
        };
        spawn_blocking(starting).await.map_err(|_ended| RestoreError::Ended)
    }

    fn cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("only the destructor takes it")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(cluster) = self.cluster.take()
            && let Err(error) = cluster.destroy()
        {
            tracing::warn!(%error, "a scratch server stays until leftovers are cleared");
        }
    }
}

struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A server with the databases that were wanted, as they were. Its other databases cannot be read.
///
/// Stopped and removed when dropped, which blocks for as long as removing files takes: [`Scratch::close`] does not.
#[derive(Debug)]
pub struct Scratch {
    running: Running,
    replay: Replay,
    /// The last of the log that came from the archive.
    last_segment: Option<Segment>,
    databases: Vec<Found>,
}

impl Scratch {
    /// Looks for the databases that are wanted.
    pub(super) async fn of(
        running: Running,
        replay: Replay,
        last_segment: Option<Segment>,
        order: &Order,
    ) -> Result<Self, RestoreError> {
        let at = match order.at {
            Moment::At(at) => Some(at),
            Moment::Latest => None,
        };
        let databases =
            databases::find(&config(running.cluster(), "postgres"), &order.databases, at).await?;
        Ok(Self { running, replay, last_segment, databases })
    }

    /// Sees that each of them can be used, and reads all of it if the replay has left pages out.
    pub(super) async fn open(&self) -> Result<(), RestoreError> {
        databases::open(&self.config("postgres"), &self.databases).await?;
        for found in &self.databases {
            databases::look_into(&self.config(&found.name), found).await?;
            if self.replay.ignored_invalid_pages {
                let findings = self.amcheck(&found.name).await?;
                if !findings.is_empty() {
                    return Err(RestoreError::Damaged { name: found.name.clone(), findings });
                }
            }
        }
        Ok(())
    }

    pub(super) fn last_segment(&self) -> Option<Segment> {
        self.last_segment
    }

    pub(super) fn site(&self) -> &Site {
        &self.running.site
    }

    /// In the order in which they were wanted.
    pub fn databases(&self) -> &[Found] {
        &self.databases
    }

    pub fn replay(&self) -> &Replay {
        &self.replay
    }

    pub(super) fn scope(&self) -> &Scope {
        &self.replay.scope
    }

    pub fn socket_dir(&self) -> &Path {
        self.running.cluster().socket_dir()
    }

    /// It names the socket; nobody listens on TCP.
    pub fn port(&self) -> u16 {
        self.running.cluster().port()
    }

    /// The role to connect as by the socket, without a password.
    pub fn superuser(&self) -> &'static str {
        SUPERUSER
    }

    /// How the superuser connects to a database of it.
    pub fn config(&self, database: &str) -> Config {
        config(self.running.cluster(), database)
    }

    /// Reads all of a database and compares its indexes with its tables: what is damaged, in PostgreSQL's words. The
    /// server needs the extension `amcheck`, which comes with PostgreSQL's contrib modules.
    pub async fn amcheck(&self, database: &str) -> Result<Vec<String>, RestoreError> {
        Ok(amcheck::run(&self.config(database)).await?)
    }

    /// Stops and removes it, away from the threads that others wait for.
    pub async fn close(self) -> Result<(), RestoreError> {
        spawn_blocking(move || drop(self)).await.map_err(|_ended| RestoreError::Ended)
    }
}

fn config(cluster: &Cluster, database: &str) -> Config {
    let mut config = Config::new();
    config
        .host_path(cluster.socket_dir())
        .port(cluster.port())
        .user(SUPERUSER)
        .dbname(database)
        .application_name("cloison/restore");
    config
}
