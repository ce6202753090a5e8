//! A moment of a database, held still for as many readers as are needed.

use std::fmt;

use jiff::Timestamp;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;
use tokio_util::task::TaskTracker;

use super::error::TablesError;
use super::facts::SequenceFacts;
use super::listing::{self, Table};
use super::stop::StopOnDrop;

/// As long as a dump waits for a lock elsewhere here: a migration that takes longer is waited for by trying again.
const LOCK_SECONDS_MAX: u64 = 30;

/// Tries to lock the tables that there are before there are others.
const ATTEMPTS_MAX: u32 = 5;

/// Whatever the database, the role or the session has set: values are always written in the same way, nothing is hidden (a role
/// that rows are hidden from gets an error), and nobody hangs up on a long read.
const SETTINGS: &str = "\
    set local search_path = '';
    set local row_security = off;
    set local datestyle = 'ISO, YMD';
    set local intervalstyle = 'postgres';
    set local timezone = 'UTC';
    set local extra_float_digits = 3;
    set local bytea_output = 'hex';
    set local lc_monetary = 'C';
    set local quote_all_identifiers = off;
    set local client_encoding = 'UTF8';
    set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0;";

/// A transaction that sees one moment of a database, exported so that `pg_dump --snapshot` sees the very same rows.
///
/// It ends with [`Snapshot::close`], or with the client when it is dropped; keep it until the dump has ended. All the while it
/// holds the lock that any reader holds on every table, and keeps dead rows of the whole server from being cleaned away.
pub struct Snapshot {
    client: Client,
    tracker: TaskTracker,
    id: String,
    moment: Moment,
    tables: Vec<Table>,
    sequences: Vec<SequenceFacts>,
}

/// When and where it is.
pub(super) struct Moment {
    pub(super) server_version_num: i32,
    pub(super) wal_lsn: String,
    pub(super) taken_at: Timestamp,
    pub(super) large_objects: i64,
}

impl Snapshot {
    /// Takes a client that is in no transaction. What the server has to be told when somebody goes away half-way is told on
    /// `tracker`.
    pub async fn open(client: Client, tracker: &TaskTracker) -> Result<Self, TablesError> {
        for _ in 0..ATTEMPTS_MAX {
            let before = listing::tables(&client).await?;
            if !begin_and_lock(&client, &before).await? {
                continue;
            }
            // The first query takes the snapshot. Tables that it sees and that are not locked are new.
            let id = export(&client).await?;
            let tables = listing::tables(&client).await?;
            if tables != before {
                roll_back(&client).await?;
                continue;
            }
            // No snapshot holds sequences still. A dump that starts after this finds them here or further on, never behind.
            let sequences = listing::sequences(&client).await?;
            let moment = moment(&client).await?;
            let tracker = tracker.clone();
            return Ok(Self { client, tracker, id, moment, tables, sequences });
        }
        Err(TablesError::Restless { attempts: ATTEMPTS_MAX })
    }

    /// What `pg_dump --snapshot` takes. Valid until this is closed or dropped.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// By the server's clock.
    pub fn taken_at(&self) -> Timestamp {
        self.moment.taken_at
    }

    /// Ends the transaction and gives the client back.
    pub async fn close(self) -> Result<Client, TablesError> {
        roll_back(&self.client).await?;
        Ok(self.client)
    }

    /// Lets go of the moment: whoever has read all that there is to read holds no lock and no dead rows while they do something else. To be
    /// closed even so.
    pub(crate) async fn end(&self) -> Result<(), TablesError> {
        roll_back(&self.client).await
    }

    /// For whatever else is to be read at that moment. In its transaction, which is read-only, and whose settings are for others too.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Extensions that a server has to have before it can take a dump; PL/pgSQL is everywhere.
    pub(crate) async fn extensions(&self) -> Result<Vec<String>, TablesError> {
        let list =
            "select extname::text from pg_extension where extname <> 'plpgsql' order by extname";
        let failed = TablesError::server("list the extensions");
        let rows = self.client.query(list, &[]).await.map_err(failed)?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// Held while something long is read.
    pub(crate) fn stop_on_drop(&self) -> StopOnDrop {
        StopOnDrop::new(&self.client, &self.tracker)
    }

    pub(super) fn moment(&self) -> &Moment {
        &self.moment
    }

    pub(super) fn sequences(&self) -> &[SequenceFacts] {
        &self.sequences
    }
}

/// Locks before there is a snapshot, which neither `begin` nor `set` nor `lock table` takes. The other way round, a table that is
/// being rewritten by `alter table` would be waited for and then look empty, as its new rows are younger than the snapshot.
///
/// Answers false if one of the tables has gone.
async fn begin_and_lock(client: &Client, tables: &[Table]) -> Result<bool, TablesError> {
    let tables: Vec<String> = tables.iter().map(|it| format!("only {}", it.quoted())).collect();
    let lock = match &tables[..] {
        [] => String::new(),
        tables => format!("lock table {} in access share mode;", tables.join(", ")),
    };
    let begin = format!(
        "begin isolation level repeatable read, read only; {SETTINGS} set local lock_timeout = '{LOCK_SECONDS_MAX} s'; {lock}"
    );
    let Err(source) = client.simple_query(&begin).await else { return Ok(true) };
    roll_back(client).await?;
    match source.code() {
        Some(&SqlState::UNDEFINED_TABLE | &SqlState::INVALID_SCHEMA_NAME) => Ok(false),
        Some(&SqlState::LOCK_NOT_AVAILABLE) => {
            Err(TablesError::Locked { seconds: LOCK_SECONDS_MAX, source })
        }
        _ => Err(TablesError::server("begin to read the database")(source)),
    }
}

async fn export(client: &Client) -> Result<String, TablesError> {
    let failed = TablesError::server("export a snapshot");
    Ok(client.query_one("select pg_export_snapshot()", &[]).await.map_err(failed)?.get(0))
}

async fn moment(client: &Client) -> Result<Moment, TablesError> {
    let failed = TablesError::server("ask the server for its position");
    let row = client.query_one(include_str!("queries/database.sql"), &[]).await.map_err(failed)?;
    Ok(Moment {
        server_version_num: row.get(0),
        wal_lsn: row.get(1),
        taken_at: row.get(2),
        large_objects: row.get(3),
    })
}

async fn roll_back(client: &Client) -> Result<(), TablesError> {
    let failed = TablesError::server("end the reading of the database");
    client.simple_query("rollback").await.map(drop).map_err(failed)
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("id", &self.id).finish_non_exhaustive()
    }
}
