//! `manifest.json`: what is in the bundle, for programs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::tables::DatabaseFacts;

/// Raised when what is written here no longer reads as it did.
pub(super) const VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) version: u32,
    pub(super) title: String,
    pub(super) made_at: Timestamp,
    pub(super) dump: DumpLine,
    pub(super) tables: Vec<TableLine>,
    pub(super) files: Vec<FileLine>,
    /// Extensions that a server needs to take the dump.
    pub(super) extensions: Vec<String>,
    /// Of the database, so before anything was left out. A table of which the dump does not hold everything is not among them.
    pub(super) facts: DatabaseFacts,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DumpLine {
    pub(super) path: String,
    pub(super) made_with: String,
    /// Whether it has anything that CSV and JSON do not.
    pub(super) holds_left_out: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableLine {
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) rows: u64,
    /// None if the table is left out.
    pub(super) csv: Option<String>,
    pub(super) json: Option<String>,
    pub(super) columns_left_out: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileLine {
    /// As its owner calls it.
    pub(super) name: String,
    pub(super) path: String,
    pub(super) bytes: u64,
}
