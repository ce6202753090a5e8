//! A tenant's database as it was at any second: from its server's own archive, by pgBackRest.
//!
//! Not here: making that archive. A server that Cloison runs is set up for it by `up`, another by whoever runs it; the backups in it
//! are `archiving`'s.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cloison_model::RetryClass;
use cloison_pgbackrest::{
    Info, Installation, Moment, Order, Policy, Program, RestoreError, Scratch, Settings, Stanza,
    Wanted, archive_now,
};
use jiff::Timestamp;
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;

use crate::operations::StepError;
use crate::pg::{Admin, ddl};

/// Beside the stanzas.
const SCRATCH: &str = "scratch";
/// The replay of four hours of a busy server's log, and then some.
const REPLAY_WITHIN: Duration = Duration::from_hours(2);
/// For what was just committed to get into the archive.
const ARCHIVE_WITHIN: Duration = Duration::from_mins(2);

/// What this process can restore servers with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PointInTime {
    program: Program,
    /// Holds a folder for each server, `server-<name>`, with a configuration in it.
    stanzas: PathBuf,
    /// Holds scratch servers, and nothing else.
    scratch: PathBuf,
    /// PostgreSQL's programs, if not the newest found.
    programs: Option<PathBuf>,
}

/// Whether servers are to be archived at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Archives {
    /// One that is not is a finding of the doctor's.
    #[default]
    Meant,
    /// Somebody has said so.
    DoneWithout,
}

/// Why a server's past cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PointInTimeError {
    #[error(
        "this process has no archives to restore from; install pgBackRest (Debian, Ubuntu: apt-get install pgbackrest) and say where they are: point_in_time.archives in cloison.toml, or CLOISON_POINT_IN_TIME_ARCHIVES"
    )]
    NotConfigured,
    #[error(
        "server {server} is not archived, so nothing on it can be taken back to a point in time; a backup can still be restored (cloison backups restore, without --at). To archive it, put its pgBackRest configuration into {}",
        .folder.display()
    )]
    NotArchived { server: String, folder: PathBuf },
    #[error(transparent)]
    Restore(#[from] RestoreError),
    #[error("ask the archive what there is")]
    Archive(#[from] cloison_pgbackrest::Error),
    #[error(transparent)]
    Programs(#[from] cloison_pgbackrest::NoInstallation),
}

impl PointInTimeError {
    /// Whether the same may work in a moment.
    pub(crate) fn class(&self) -> RetryClass {
        match self {
            // pgBackRest or a server that is busy, and disks that are full.
            Self::Archive(_)
            | Self::Restore(
                RestoreError::PgBackRest(_)
                | RestoreError::Start(_)
                | RestoreError::Server(_)
                | RestoreError::Io { .. }
                | RestoreError::Ended,
            ) => RetryClass::Passing,
            Self::NotConfigured
            | Self::NotArchived { .. }
            | Self::Programs(_)
            | Self::Restore(_) => RetryClass::Lasting,
        }
    }
}

/// A tenant's database on a scratch server, as it was. Everything goes when this is dropped.
pub(crate) struct Past {
    pub(crate) scratch: Scratch,
    pub(crate) admin: Admin,
    pub(crate) database: String,
}

impl PointInTime {
    /// `stanzas` holds the servers' folders, and scratch servers beside them; what a crash has left of these is removed.
    pub fn new(program: Program, stanzas: &Path, programs: Option<PathBuf>) -> Self {
        let scratch = &stanzas.join(SCRATCH);
        if let Err(error) = cloison_pgbackrest::clear_leftovers(scratch) {
            tracing::warn!(
                "cannot remove what earlier restores have left in {}: {error}",
                scratch.display()
            );
        }
        Self { program, stanzas: stanzas.to_owned(), scratch: scratch.to_owned(), programs }
    }

    /// After so many days nothing of what is gone from a server is left in its archive, if it is kept as ours are.
    pub fn reach_days(&self) -> u16 {
        let gone =
            Policy::USUAL.forgotten_by(Timestamp::UNIX_EPOCH, Settings::USUAL.retention_days);
        u16::try_from(gone.as_second() / 86_400 + 1).unwrap_or(u16::MAX)
    }

    /// That of the server with this name.
    pub fn stanza(&self, server: &str) -> Result<Stanza, PointInTimeError> {
        let name = format!("server-{server}");
        Stanza::find(&self.program, &self.stanzas, &name).ok_or_else(|| {
            PointInTimeError::NotArchived {
                server: server.to_owned(),
                folder: self.stanzas.join(name),
            }
        })
    }

    /// All that are configured here, those of no registered server among them.
    pub(crate) fn stanzas(&self) -> io::Result<Vec<Stanza>> {
        Stanza::find_all(&self.program, &self.stanzas)
    }

    /// What the archive of that server has.
    pub async fn info(&self, server: &str) -> Result<Info, PointInTimeError> {
        Ok(self.stanza(server)?.info().await?)
    }

    /// `live` is the superuser on the server itself. What was committed by `at` and is not archived yet is archived now.
    pub(crate) async fn restore(
        &self,
        server: &str,
        live: &Client,
        wanted: Wanted,
        at: Timestamp,
        tracker: &TaskTracker,
    ) -> Result<Past, StepError> {
        let stanza = self.stanza(server)?;
        let installation =
            Installation::find(self.programs.as_deref()).map_err(PointInTimeError::from)?;
        let order = Order {
            databases: vec![wanted],
            anchor: ddl::ANCHOR.to_owned(),
            templates: vec![ddl::TEMPLATE.to_owned()],
            at: Moment::At(at),
            folder: self.scratch.clone(),
            replay_within: REPLAY_WITHIN,
        };
        let restored = match cloison_pgbackrest::restore(&stanza, &installation, &order).await {
            Err(RestoreError::NotYetArchived { .. }) => {
                archive_now(live, ARCHIVE_WITHIN)
                    .await
                    .map_err(|it| StepError::NotNow(it.to_string()))?;
                cloison_pgbackrest::restore(&stanza, &installation, &order).await
            }
            restored => restored,
        };
        let scratch = restored.map_err(PointInTimeError::from)?;
        let socket = scratch.socket_dir().to_string_lossy();
        let admin = Admin::new(&socket, scratch.port(), scratch.superuser(), None, tracker.clone());
        let found = scratch.databases().first().map(|it| it.name.clone());
        let database = found.ok_or(StepError::Gone)?;
        Ok(Past { scratch, admin, database })
    }
}
