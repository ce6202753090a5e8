//! Bundles in the object store, from when they are made until somebody has fetched them.
//!
//! An export lies sealed, like a backup, with the key of its tenant: whoever can read the store reads nothing, and what is erased with the key is
//! gone. There is no manifest beside it. That an object is a whole export is known by whoever has its size and hash, which exist only once all of it is stored;
//! any other object there is what a worker that died has left.
//!
//! Not here: who may have one, and when it goes.

mod error;
mod place;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::ExportError;
pub use place::{folder_of_export, folder_of_files};
pub use read::read_export;
pub use write::{ExportOrder, ExportWritten, write_export};
