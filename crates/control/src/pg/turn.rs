//! One session at a time works on one tenant's objects on a server.
//!
//! The lease in the control database says who may; this is what a server itself can check. A worker that lost its
//! lease may still have a statement under way here, say a clone that is half copied: whoever comes next, with the
//! newer lease, ends that session before doing anything.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::admin::{Admin, AdminClient};

/// Idle sessions that are kept for one server: as many as operations run at once, more or less.
const IDLE_MAX: usize = 8;
/// Times that a holder is ended before we say that somebody is in the way.
const ROUNDS_MAX: u32 = 5;

/// Sessions at rest, by server. Opening one takes a server several milliseconds, which is a good part of what
/// making a tenant takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns {
    idle: Arc<Mutex<HashMap<String, Vec<AdminClient>>>>,
}

/// A session on a server's `postgres` database that has the turn on one tenant. Dropped without
/// [`Self::finish`], it is closed, since nobody knows what it was in the middle of.
pub(crate) struct Turn {
    client: AdminClient,
    turns: Turns,
    server: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TurnError {
    #[error("another session on the server works on the tenant and cannot be ended")]
    InTheWay,
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
}

impl Turns {
    /// `number` is the tenant's.
    pub(crate) async fn take(&self, admin: &Admin, number: i64) -> Result<Turn, TurnError> {
        let server = admin.address();
        let client = match self.idle_session(&server) {
            Some(client) => client,
            None => admin.connect("postgres").await?,
        };
        for _ in 0..ROUNDS_MAX {
            if lock(&client, number).await? {
                return Ok(Turn { client, turns: self.clone(), server });
            }
            end_holder(&client, number).await?;
        }
        Err(TurnError::InTheWay)
    }

    fn idle_session(&self, server: &str) -> Option<AdminClient> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let sessions = idle.get_mut(server)?;
        std::iter::from_fn(|| sessions.pop()).find(|it| !it.is_closed())
    }
}

impl Turn {
    /// Gives the turn back and keeps the session for the next.
    pub(crate) async fn finish(self) -> Result<(), tokio_postgres::Error> {
        self.client.query_typed("select pg_advisory_unlock_all()", &[]).await?;
        let mut idle = self.turns.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let sessions = idle.entry(self.server).or_default();
        if sessions.len() < IDLE_MAX {
            sessions.push(self.client);
        }
        Ok(())
    }
}

impl Deref for Turn {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

async fn lock(client: &Client, number: i64) -> Result<bool, tokio_postgres::Error> {
    let row =
        client.query_typed_one("select pg_try_advisory_lock($1)", &[(&number, Type::INT8)]).await?;
    Ok(row.get(0))
}

/// Waits until the session is gone, or five seconds.
async fn end_holder(client: &Client, number: i64) -> Result<(), tokio_postgres::Error> {
    let ended = client
        .query_typed(
            "select pg_terminate_backend(pid, 5000)
             from pg_locks
             where locktype = 'advisory'
                 and database = (select oid from pg_database where datname = current_database())
                 and (classid::bigint << 32) + objid::bigint = $1
                 and objsubid = 1
                 and granted
                 and pid <> pg_backend_pid()",
            &[(&number, Type::INT8)],
        )
        .await?;
    if !ended.is_empty() {
        tracing::warn!(number, "ended the session of a worker that had lost its lease");
    }
    Ok(())
}
