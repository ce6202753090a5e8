//! The evidence that an organization's data were erased, for whoever has to answer for that.
//!
//! It is a signed JSON document, and a PDF for people that has the document attached. It says what was done and when, what is not gone yet
//! and until when, and what is kept because a law says so. Deliberately absent: the customer's name, its people, and anything that was in the
//! database; the certificate outlives all of it.

mod attachment;
mod content;
mod format;
mod kept;
mod layout;
mod moment;
mod pdf;
#[cfg(test)]
mod tests;
mod typeface;
mod verify;
mod words;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use format::CertificateFormat;
pub use kept::{Holder, Kept, KeptKind};
pub use pdf::PdfError;
pub use verify::{CERTIFICATE_BYTES_MAX, FileKind, VerifiedCertificate, verify_file};
pub use words::CertificateLanguage;

/// What was done to erase one organization. The fields are in the order of a reader's questions, which is that of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureCertificate {
    /// Says what this document is.
    pub format: CertificateFormat,
    /// Its own.
    pub certificate_id: Uuid,
    /// When all below had been done.
    pub issued_at: Timestamp,
    /// Whose data they were.
    pub organization_id: Uuid,
    /// The same, as invoices and databases count it.
    pub organization_number: i64,
    /// Who asked for it: an actor of the audit log.
    pub requested_by: String,
    /// When.
    pub requested_at: Timestamp,
    /// Why, in the words of whoever asked.
    pub reason: String,
    /// What was done.
    pub done: Done,
    /// Until then the server's point-in-time backups still reach the data, which are among those of others. None if whoever issued it knew
    /// of no such backups.
    pub point_in_time_until: Option<Timestamp>,
    /// What a law wants kept, and who has it.
    pub kept: Vec<Kept>,
}

/// The steps of an erasure, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// Nobody had ordered the data to be held for a court.
    pub legal_hold_checked_at: Timestamp,
    /// From then on nobody reached the data.
    pub fenced_at: Timestamp,
    /// The database.
    pub database_dropped_at: Timestamp,
    /// The role that could sign in to it.
    pub role_dropped_at: Timestamp,
    /// Encrypted backups.
    pub archives_deleted: DeletedCount,
    /// Bundles made for the organization to take away.
    pub exports_deleted: DeletedCount,
    /// What makes every copy of those unreadable.
    pub key_destroyed: KeyDestroyed,
    /// What keeps a restore of the server from bringing the data back.
    pub tombstone_written_at: Timestamp,
}

/// Objects of a store that are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletedCount {
    /// When the last of them went.
    pub at: Timestamp,
    /// How many there were.
    pub count: u64,
    /// How many versions of them the store had, the newest included.
    pub versions: u64,
}

/// The key that opened the archives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyDestroyed {
    /// Its name in the keystore.
    pub name: String,
    /// What [`crate::Keystore::describe`] says.
    pub keystore: String,
    /// When it was really gone; ahead, where the keystore only schedules destruction.
    pub gone_at: Timestamp,
}
