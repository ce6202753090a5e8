//! Brings one database to a version of a release, up or down.
//!
//! Each segment and its history rows are one transaction and travel in one round trip; so does what is asked before it. Not
//! here: which databases, and when to come again after a failure that may pass. That is the fleet's business.

mod back;
mod error;
mod failure;
mod history;
mod holder;
mod ladder;
mod leftovers;
mod place;
mod segment;
mod talk;
mod words;

use std::time::Duration;

use cloison_model::{Release, RoleName};
use tokio_postgres::Client;

use self::back::{applied, take_back};
use self::segment::Runner;
use crate::pg::AdminClient;
use crate::pg::ddl::migration as texts;

pub use error::{Locked, MigrateError};
pub use failure::{Left, MigrationFailure};
pub use holder::Holder;

pub(crate) use history::read as read_history;

/// Where a database is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What is pending up to this version is run.
    Up { to: i64 },
    /// What is above this version is taken back by its down files; 0 is before all of them.
    Down { to: i64 },
}

/// What a migration may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one transaction that finds a lock in its way, before whoever called is told. At least 1.
    pub attempts_max: u32,
    /// For each statement of a file whose header says no other.
    pub statement_timeout: Duration,
    /// For files that run outside a transaction, whose locks let reads and writes pass.
    pub lock_timeout_alone: Duration,
}

/// What became of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The newest that it has had; 0 of none.
    pub version: i64,
    /// In the order in which they were run, or taken back.
    pub ran: Vec<i64>,
}

impl Limits {
    /// Attempts: about two seconds with their pauses. Statements: what a file takes that does more than change the
    /// catalog, and an operator still waits for. Locks: longer than most transactions are open.
    pub const USUAL: Self = Self {
        attempts_max: 5,
        statement_timeout: Duration::from_mins(5),
        lock_timeout_alone: Duration::from_secs(10),
    };
}

/// Runs, as `owner`, what lies between the database and where it is to go.
///
/// `client` is a superuser's connection to that database. It has the turn on the database from then on, whatever comes out,
/// until it is dropped or [`unlock`]ed. If the upgrade fails in a later segment, what it did before is taken back by the
/// down files, if all have one.
pub async fn migrate(
    client: &AdminClient,
    release: &Release,
    owner: &str,
    way: Way,
    limits: &Limits,
) -> Result<Migrated, MigrateError> {
    let owner: RoleName = owner.parse().expect("owners are named in this program");
    let mut history = history::take(client, &owner).await?;
    let began = history::version(&history);
    let segments = match way {
        Way::Up { to } => release.upgrade(&history, to)?,
        Way::Down { to } => release.downgrade(&history, to)?,
    };
    if let Some(failure) = talk::talk(&segments, began) {
        return Err(MigrateError::Failed(Box::new(failure)));
    }
    let runner = Runner { client, owner: &owner, limits };
    let mut ran = Vec::new();
    for segment in &segments {
        if let Err(stopped) = runner.run(segment, history::version(&history)).await {
            return Err(match way {
                Way::Up { .. } => {
                    take_back(&runner, release, began, history, segment, stopped).await
                }
                Way::Down { .. } => stopped.error,
            });
        }
        let versions = segment.parts.iter().map(|it| it.migration.version);
        ran.extend(versions.clone());
        match way {
            Way::Up { .. } => {
                history.extend(segment.parts.iter().map(|it| applied(it.migration)));
            }
            Way::Down { .. } => history.retain(|row| versions.clone().all(|it| it != row.version)),
        }
    }
    Ok(Migrated { version: history::version(&history), ran })
}

/// Gives the turn back, for a connection that is used further. The session's end does so too, a little later than the
/// client's.
pub async fn unlock(client: &AdminClient) -> Result<(), tokio_postgres::Error> {
    texts::run_counted(client, &texts::history_release()).await.map_err(|it| it.error)
}

/// Whether a database is at just this release; for whoever may not migrate it.
pub(crate) async fn verify(client: &Client, release: &Release) -> Result<(), MigrateError> {
    let history = history::read(client).await?;
    let known = release.version();
    match release.upgrade(&history, known)?.as_slice() {
        [] => Ok(()),
        [..] => Err(MigrateError::Older { found: history::version(&history), known }),
    }
}
