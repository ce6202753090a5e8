//! A backup: one database at one moment, as two objects in a store.
//!
//! The dump, packed and encrypted, has a name of its own for each attempt. The manifest beside it says what is in the dump and is signed;
//! it is made by one small request that takes no name that is there already. Until it is there, there is no backup, whatever else was
//! written; once it is, it is never changed.

mod copy;
mod error;
mod manifest;
mod meter;
mod place;
mod read;
mod write;

pub use copy::restore;
pub use error::BackupError;
pub use manifest::{DumpFacts, KeyFacts, Manifest, Subject, Tools};
pub use meter::Meter;
pub use place::{BackupPlace, folder_of_tenant, place_of, place_of_tenant};
pub use read::{manifest, verify};
pub use write::{BackupOrder, BackupSource, Written, write};
