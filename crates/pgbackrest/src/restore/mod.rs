//! Some databases of a server as they were at a moment, on a private server on the side.
//!
//! pgBackRest brings the files; the rest is done here and not left to its `--type=time`, because what a live server has
//! been told by ALTER SYSTEM comes with its files and would win over what pgBackRest writes: a restored server that archives,
//! say. So it is started from nothing but our own settings.

mod amcheck;
mod choose;
mod databases;
mod error;
mod last_commit;
mod replay;
mod scratch;
mod site;

use std::{path::PathBuf, sync::Arc, time::Duration};

use cloison_local_postgres::{Installation, StartError};
use jiff::Timestamp;

pub use self::databases::Found;
pub use self::error::RestoreError;
pub use self::scratch::{Replay, Scope, Scratch};
pub use self::site::clear_leftovers;

use self::choose::Include;
use self::replay::{Ending, Said, Stop};
use self::scratch::Running;
use self::site::Site;
use crate::{
    info::{Backup, DatabaseRef},
    stanza::Stanza,
    wal::Segment,
};

/// What to restore, and where to.
#[derive(Clone, Debug)]
pub struct Order {
    pub databases: Vec<Wanted>,
    /// A database that every server has, for want of a better one: pgBackRest has to be told of one that is in the backup,
    /// and one that was made since is not.
    pub anchor: String,
    /// Databases that others may have been copied from file by file, restored along where the backup has them.
    pub templates: Vec<String>,
    pub at: Moment,
    /// Holds scratch servers and nothing else. Made if absent.
    pub folder: PathBuf,
    /// How long the files may take to become a server, most of it the replay of the log.
    pub replay_within: Duration,
}

/// A database to be found on the restored server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it was called at that moment.
    pub name: String,
    /// The number that it may have had then. The files of that number are brought along, which spares a second attempt
    /// where the backup has it under another name.
    pub oid: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Everything that was committed by then, and nothing later.
    At(Timestamp),
    /// All that is in the archive.
    Latest,
}

/// Restores, replays, and opens the databases that are wanted. If this is dropped before its end, everything that it has
/// begun is stopped and removed.
pub async fn restore(
    stanza: &Stanza,
    installation: &Installation,
    order: &Order,
) -> Result<Scratch, RestoreError> {
    let work = Work { stanza, installation, order, plan: Plan::make(stanza, order).await? };
    let stop = Stop::from(order.at);
    let mut scratch = work.attempt(choose::include(work.listed(), order), &stop).await?;
    // One that the backup has under another name, which is known only now: its files were left out.
    let left_out = choose::left_out(work.listed(), &scratch);
    if !left_out.is_empty() {
        let include = scratch.scope().with(&left_out);
        scratch.close().await?;
        scratch = work.attempt(include, &stop).await?;
    }
    let refused = match scratch.open().await {
        Ok(()) => return Ok(scratch),
        Err(error) => error,
    };
    let (RestoreError::Unreadable { .. }, Moment::At(at)) = (&refused, order.at) else {
        return Err(refused);
    };
    // The replay goes on to the next commit. If that is the one of DROP DATABASE, the files went before it.
    let Some(stop) = last_commit::find(&scratch, installation, &work.plan.backup, at).await? else {
        return Err(refused);
    };
    let include = scratch.scope().with(&[]);
    scratch.close().await?;
    let scratch = work.attempt(include, &stop).await?;
    scratch.open().await?;
    Ok(scratch)
}

/// What the archive had when the restore began; the live server goes on adding to it.
struct Plan {
    backup: Backup,
    segments: Vec<Segment>,
}

impl Plan {
    async fn make(stanza: &Stanza, order: &Order) -> Result<Self, RestoreError> {
        let info = stanza.info().await?;
        let label = choose::backup(&info, order.at)?.label.clone();
        let detailed = stanza.info_of(&label).await?;
        let backup = detailed.backups.into_iter().find(|it| it.label == label);
        let backup = backup.ok_or(RestoreError::NoBackup)?;
        let archive = info.archive(backup.archive).ok_or(RestoreError::NoBackup)?;
        Ok(Self { segments: stanza.segments(&archive.id).await?, backup })
    }
}

struct Work<'a> {
    stanza: &'a Stanza,
    installation: &'a Installation,
    order: &'a Order,
    plan: Plan,
}

impl Work<'_> {
    /// The databases of the backup.
    fn listed(&self) -> &[DatabaseRef] {
        self.plan.backup.databases.as_deref().unwrap_or_default()
    }

    async fn attempt(&self, include: Include, stop: &Stop) -> Result<Scratch, RestoreError> {
        let Work { stanza, installation, order, plan } = self;
        let site = Site::make(stanza, order).await?;
        let databases = include.databases();
        stanza.restore_files(&plan.backup.label, &site.data(), databases).await?;
        site.prepare()?;

        let mut ignores_invalid_pages = false;
        loop {
            let settings = replay::settings(stanza, &site.data(), stop, ignores_invalid_pages);
            let (started, said) = start(&site, installation, settings, order.replay_within).await?;
            let ended = replay::judge(started.is_ok(), &said, order.at, plan);
            match (ended, started) {
                (Ending::Good, Ok(running)) => {
                    let replay = Replay {
                        backup: plan.backup.label.clone(),
                        scope: include.into(),
                        ignored_invalid_pages: ignores_invalid_pages,
                        last_transaction: said.last_transaction,
                    };
                    return Scratch::of(running, replay, said.last_segment, order).await;
                }
                // Pages of databases that were left out. Whether that is all will be seen by reading the others.
                (Ending::InvalidPages, _) if !ignores_invalid_pages => {
                    tracing::info!(stanza = %stanza.name(), "replaying again without pages that are not there");
                    ignores_invalid_pages = true;
                }
                (Ending::Refused(error), _) => return Err(error),
                (Ending::InvalidPages | Ending::Good | Ending::Unknown, Err(error)) => {
                    return Err(error.into());
                }
                (Ending::InvalidPages | Ending::Unknown, Ok(_)) => {
                    return Err(RestoreError::Unclear);
                }
            }
        }
    }
}

/// Starts the server on what is there and waits for the end of the replay. `Err` of the outer result is not the server's.
async fn start(
    site: &Arc<Site>,
    installation: &Installation,
    settings: Vec<(String, String)>,
    within: Duration,
) -> Result<(Result<Running, StartError>, Said), RestoreError> {
    let before = site.log_bytes();
    let started = Running::start(Arc::clone(site), installation.clone(), settings, within).await?;
    Ok((started, Said::read(&site.log(), before)))
}
