//! Exports: all that a tenant has, packed for its owner, kept for a while, and given to whoever may have it. What is in one, and how it
//! lies in the store, is `archive`'s.
//!
//! Making one changes nothing of what is the tenant's, so it goes on beside other work, and in every access mode: whoever does not pay, or
//! has left, still gets what is theirs.
//!
//! Not here: ranges of bytes and other words of HTTP, which are `server`'s.

mod ask;
mod delete;
mod download;
mod downloads;
mod error;
mod expire;
mod link;
mod list;
mod rules;
mod strays;
mod write;

pub use ask::export;
pub use delete::delete;
pub use download::{Content, download};
pub use error::ExportsError;
pub use expire::sweep;
pub use link::{Linked, export_of_link, link};
pub use list::{Export, Made as MadeExport, export_fetch, exports_of, tenant_of};
pub use rules::{ExportRules, LeftOut};
pub use strays::delete_strays;

pub(crate) use downloads::Downloads;
pub(crate) use expire::clear_up;
pub(crate) use write::{ExportMade, keep, write};
