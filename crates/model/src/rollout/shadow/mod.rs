//! The shadow run: what was seen when a release was run on copies, and whether it may go on to tenants.
//!
//! Pure: `control` makes the copies, looks, and asks here.

mod judge;
mod limits;
mod lock_mode;
mod refusal;
mod sample;

use std::fmt;
use std::time::Duration;

pub use judge::{judge, of_interest};
pub use limits::ShadowLimits;
pub use lock_mode::LockMode;
pub use refusal::{ShadowFailure, ShadowRefusal, duration_in_words, size_in_words};
pub use sample::{ShadowTenant, largest, sample};

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShadowOf {
    Template,
    /// The tenant with this subdomain.
    Tenant(String),
}

/// A release on one copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowRun {
    pub of: ShadowOf,
    /// Those that were run, in order; the last one may have failed.
    pub files: Vec<ShadowFile>,
}

/// One file on one copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowFile {
    pub file: String,
    pub took: Duration,
    /// One for each table that was there before.
    pub touches: Vec<Touch>,
}

/// What a file did to one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// With its schema: `public.bookings`.
    pub table: String,
    /// The strongest lock.
    pub mode: LockMode,
    /// How long writes, or everybody, would have waited; nothing for a weaker lock.
    pub held: Duration,
    /// All of its rows were written to a new file.
    pub is_rewritten: bool,
    /// Of the table with its indexes, before.
    pub bytes: u64,
}

/// How large a tenant's table is, with its indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSize {
    pub subdomain: String,
    pub table: String,
    pub bytes: u64,
}

impl ShadowRun {
    /// Of all files together.
    pub fn took(&self) -> Duration {
        self.files.iter().map(|it| it.took).sum()
    }
}

impl fmt::Display for ShadowOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template => f.write_str("the template"),
            Self::Tenant(subdomain) => f.write_str(subdomain),
        }
    }
}
