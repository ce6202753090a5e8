//! Why there is no bundle.

use std::io;

use crate::tables::TablesError;

#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error(
        "the export is to leave out {what}, which this database does not have; nothing was written, as what was meant might be under another name"
    )]
    LeftOutUnknown { what: String },
    /// The application names its tables; one that is not there may be under another name by now.
    #[error(
        "the application says that table {what} has to be kept, and the database has no such table"
    )]
    KeptUnknown { what: String },
    #[error("cannot read the database for the export")]
    Tables(#[from] TablesError),
    #[error("cannot read table {table} for the export")]
    Table { table: String, source: tokio_postgres::Error },
    /// A snapshot does not change, so somebody used facts of another.
    #[error(
        "table {table} gave {read} rows and its facts say {facts}; take the facts from the snapshot that the export is made of"
    )]
    Rows { table: String, read: u64, facts: u64 },
    #[error("the dump ended before it was complete; what was written of the export is of no use")]
    Dump(#[source] io::Error),
    #[error("the dump is not one of pg_dump --format=custom, and pg_restore would refuse it")]
    NotADump,
    #[error("cannot read the files for the export")]
    Files(#[source] io::Error),
    #[error("cannot read file {name} for the export")]
    File { name: String, source: io::Error },
    #[error(
        "file {name} should have {said} bytes and has {read}, so it is not the one that was meant"
    )]
    FileLength { name: String, said: u64, read: String },
    #[error("cannot write the export")]
    Out(#[source] io::Error),
    #[error("cannot pack the export")]
    Pack(#[source] io::Error),
    #[error("cannot write the export's manifest")]
    Manifest(#[from] serde_json::Error),
}
