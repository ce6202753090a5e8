//! What a database holds, as facts that two copies of it can be compared by.
//!
//! A copy proves itself by giving the same [`DatabaseFacts`] as the database that it was made of. So they say nothing of where rows
//! lie, in which order, or how a session happens to write dates: only which rows there are. Not here: the schema, which has a
//! fingerprint of its own, and views and materialized views, which hold nothing that the tables do not.

mod differences;
mod error;
mod facts;
mod listing;
mod rows;
mod snapshot;
mod stop;

pub use differences::Difference;
pub use error::TablesError;
pub use facts::{DatabaseFacts, SequenceFacts, TableFacts, facts};
pub(crate) use listing::{Table, quoted};
pub use snapshot::Snapshot;
