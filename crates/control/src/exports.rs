//! Exports: all that a tenant has, packed for its owner, kept for a while, and given to whoever may have it. What is in one, and how it
//! lies in the store, is `archive`'s.
//!
//! Making one changes nothing of what is the tenant's, so it goes on beside other work, and in every access mode: whoever does not pay, or
//! has left, still gets what is theirs.
//!
//! Not here: ranges of bytes and other words of HTTP, which are `server`'s.

mod ask;
mod download;
mod error;
mod expire;
mod link;
mod list;
mod rules;
mod write;

pub use ask::export;
pub use download::{Content, download};
pub use error::ExportsError;
pub use expire::sweep;
pub use link::{export_of_link, link};
pub use list::{Export, Made as MadeExport, export_fetch, exports_of, tenant_of};
pub use rules::{ExportRules, LeftOut};

pub(crate) use expire::clear_up;
pub(crate) use write::{ExportMade, keep, write};
