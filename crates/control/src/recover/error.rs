//! Why nothing was recovered. Whatever it is, the control database's name has what it had before.

use cloison_archive::{BackupError, NoPrograms, StoreError};
use cloison_catalog::Unavailable;
use uuid::Uuid;

#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    #[error("there is a control database, and it has {tenants} tenants")]
    InUse { tenants: i64 },
    #[error("another recovery is under way on this server")]
    Busy,
    /// No store that anybody has ever made a backup in.
    #[error("the store {store} has no signing key, so no backup was ever made in it")]
    OtherStore { store: String },
    #[error("the store {store} has no backup of a control database")]
    NoBackup { store: String },
    /// With the newest one's reason.
    #[error(
        "none of the {count} backups of the control database is good; the newest, {newest}: {why}"
    )]
    NoneGood { count: usize, newest: Uuid, why: String },
    #[error("the backup {backup} cannot be used: {why}")]
    NotThat { backup: Uuid, why: String },
    #[error(
        "the backup is at version {found} of the control database, and this build knows {known}"
    )]
    Newer { found: i64, known: i64 },
    #[error("the master key does not open {closed} of {of} sealed values that the backup holds")]
    OtherMasterKey { closed: usize, of: usize },
    #[error("what was restored is not what was backed up: {0}")]
    Different(String),
    /// Nobody knows whether that organization was erased.
    #[error("the tombstone {object} of {subdomain} is not to be believed: {why}")]
    Tombstone { object: String, subdomain: String, why: String },
    /// One server, or one database there. It is told, and the rest is gone on with.
    #[error("server {server} refused, asked about {database}")]
    Server { server: String, database: String, source: anyhow::Error },
    /// Nobody is let in where they were before.
    #[error("{why}, and the control database that was to make way could not be opened again")]
    StaysClosed { why: Box<Self>, source: tokio_postgres::Error },
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("the control database's server refused")]
    Postgres(#[from] tokio_postgres::Error),
    /// The program has ended here, as far as a test is concerned.
    #[error("killed")]
    Killed,
    #[error("{0:#}")]
    Other(#[source] anyhow::Error),
}

impl RecoverError {
    /// For `map_err`: an error of a server that tenants are on.
    pub(super) fn of_server<E: Into<anyhow::Error>>(
        server: &str,
        database: &str,
    ) -> impl Fn(E) -> Self {
        move |error| Self::Server {
            server: server.to_owned(),
            database: database.to_owned(),
            source: error.into(),
        }
    }
}

impl From<anyhow::Error> for RecoverError {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<Unavailable> for RecoverError {
    fn from(error: Unavailable) -> Self {
        Self::Other(error.into())
    }
}

impl From<StoreError> for RecoverError {
    fn from(error: StoreError) -> Self {
        Self::Backup(error.into())
    }
}

impl From<NoPrograms> for RecoverError {
    fn from(error: NoPrograms) -> Self {
        Self::Backup(error.into())
    }
}
