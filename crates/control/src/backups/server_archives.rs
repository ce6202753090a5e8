//! What the servers' own archives have: how far back a tenant can be taken, and when that was last tried.

use std::collections::HashMap;

use cloison_catalog::queries::{backups as queries, servers};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;

use super::ask::AskError;
use crate::control::{Control, SERVERS_MAX};

/// Each is a program that runs for a tenth of a second.
const ASKED_AT_ONCE: usize = 4;

/// One server's.
#[derive(Clone, Debug)]
pub struct ServerArchive {
    pub server: String,
    pub holds: Holds,
    pub drilled: Option<PastDrilled>,
}

#[derive(Clone, Debug)]
pub enum Holds {
    /// Why nothing is known of it here, in a sentence.
    Unknown(String),
    /// It is archived, and there is no backup to begin a restore with.
    NoBackup,
    From {
        earliest: Timestamp,
        newest_backup: Timestamp,
        backups: usize,
    },
}

/// The last time that a tenant was taken back to a random second.
#[derive(Clone, Debug)]
pub struct PastDrilled {
    pub at: Timestamp,
    pub failed_why: Option<String>,
}

/// By the servers' names.
pub async fn server_archives(control: &Control) -> Result<Vec<ServerArchive>, AskError> {
    let client = control.catalog.client().await?;
    let servers = servers::server_names().bind(&client, &SERVERS_MAX).all().await?;
    let drilled = queries::past_drill_newest().bind(&client, &SERVERS_MAX).all().await?;
    drop(client);
    let mut drilled: HashMap<_, _> = drilled
        .into_iter()
        .map(|it| (it.server_id, PastDrilled { at: it.began_at, failed_why: it.failed_why }))
        .collect();
    let mut servers: Vec<_> =
        servers.into_iter().map(|it| (it.name, drilled.remove(&it.id))).collect();
    servers.sort_by(|one, other| one.0.cmp(&other.0));
    let looked = servers.into_iter().map(async |(server, drilled)| {
        let holds = holds(control, &server).await;
        ServerArchive { server, holds, drilled }
    });
    Ok(stream::iter(looked).buffered(ASKED_AT_ONCE).collect().await)
}

async fn holds(control: &Control, server: &str) -> Holds {
    let info = match control.point_in_time() {
        Ok(point_in_time) => point_in_time.info(server).await,
        Err(error) => Err(error),
    };
    match info {
        Err(error) => Holds::Unknown(format!("{:#}", anyhow::Error::from(error))),
        Ok(info) => match (info.restorable_from(), info.backups.iter().map(|it| it.stop).max()) {
            (Some(earliest), Some(newest_backup)) => {
                Holds::From { earliest, newest_backup, backups: info.backups.len() }
            }
            _ => Holds::NoBackup,
        },
    }
}
