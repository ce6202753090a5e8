//! Erasures: who may forbid one, how it is asked for and taken back, what is kept of a tenant because a law says so, and the evidence that is
//! left.
//!
//! A tenant that is to be erased is closed at once, and its data stay for some days, so that a mistake can be taken back. Nothing is
//! dropped before what has to be kept is in the store, and from then on there is no way back. What is left is a tombstone with a signed
//! certificate, in the control database and in the store; every restore asks for it. How databases, roles and keys go is not here.

mod ask;
mod begun;
mod certificate;
mod fiscal;
mod grace;
mod hold;
mod resurrected;
mod stored;
mod sweep;
mod tombstone;

pub use ask::{Terms, erase};
pub use fiscal::{FiscalArchiveError, fiscal_archive};
pub use hold::{HoldError, hold, hold_of, release};
pub use sweep::{Swept, sweep};
pub use tombstone::{Tombstone, tombstone_named};

pub(crate) use ask::admit;
pub(crate) use begun::{had_begun, not_to_be_restored};
pub(crate) use certificate::{bury, certify, keep_published, publish};
pub(crate) use fiscal::{
    KeptRecords, drop_fiscal_archive, forget_records, keep_records, make_fiscal_archive,
};
pub(crate) use grace::{await_grace, forget_request, former_rights, note, reopen, still_free};
pub(crate) use resurrected::{Resurrected, resurrected_rows};
pub(crate) use stored::{StoredTombstone, stored_tombstones};
pub(crate) use sweep::keep_swept;
pub(crate) use tombstone::tombstone_of;
