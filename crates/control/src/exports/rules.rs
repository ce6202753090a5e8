//! What the application says of its data.

pub use cloison_archive::bundle::LeftOut;

/// What is in a tenant's database and is no part of what its owner takes along.
#[derive(Clone, Debug, Default)]
pub struct ExportRules {
    /// Secrets of people, such as hashes of passwords and of tokens. Of every version of the schema: what a tenant's does not have
    /// is no error.
    pub leave_out: Vec<LeftOut>,
}
