//! What the owner of a database is given of it: one zip that can be read without us.
//!
//! | in it | for whom |
//! |---|---|
//! | `README.txt` | people, in French and English |
//! | `dump/` | PostgreSQL: all of the database, for a stock `pg_restore` |
//! | `tables/` | spreadsheets (CSV) and programs (JSON): a file a table |
//! | `files/` | the files that the caller adds |
//! | `manifest.json` | programs: what is here, with the facts of the database |
//! | `SHA256SUMS` | `sha256sum -c`; it comes last |
//!
//! It is written as a stream, so what it takes of memory is some buffers, the longest row, and a line for each file. A bundle
//! that could not be written to its end has no list of contents, and no program takes it for a whole one. Who may have it, and where it is kept, is not decided here.

mod error;
mod files;
mod manifest;
mod names;
mod options;
mod program;
mod readme;
mod records;
mod table;
mod write;
mod zip;

pub use error::BundleError;
pub use files::BundleFile;
pub use options::{BundleOptions, LeftOut, LeftOutInDump, dump_arguments};
pub use program::ProgramOutput;
pub use records::{RecordsOptions, write_records};
pub use write::{BundleFacts, Dump, Source, write_bundle};
