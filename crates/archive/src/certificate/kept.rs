//! What outlives an erasure because a law says so.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that outlives the erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What it is.
    pub what: KeptKind,
    /// The law that wants it, as it is quoted.
    pub law: String,
    /// Who has it, and so answers for it.
    pub held_by: Holder,
    /// When they were given it.
    pub handed_over_at: Timestamp,
    /// Its length.
    pub bytes: u64,
    /// Its fingerprint, in hexadecimal.
    pub sha256: String,
}

/// What the law wants kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptKind {
    /// Issued invoices and what proves them.
    FiscalArchive,
}

/// Who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The organization, which was given it before its data were erased.
    Organization,
    /// Whoever runs the platform.
    Operator,
}
