//! Backups of single tenants: when one is due, how it is made, and what becomes of it. How it lies in the store is `archive`'s.
//!
//! A backup changes nothing of what is the tenant's, so it goes on beside other work, and takes no turn on the tenant's server.

mod change_mark;
mod configured;
mod due;
mod erase;
mod house;
mod keys;
mod places;
mod prune;
mod read;
mod write;

pub use configured::{Backups, NotConfigured};
pub use due::{Round, round, want};
pub use house::{begin_drills, drop_outlived};
pub use prune::{Judged, judge, prune};

pub(crate) use due::keep_backed_up;
pub(crate) use erase::{delete_backups, destroy_key};
pub(crate) use house::keep_house;
pub(crate) use read::{identity_of, keep_verified, manifest_of, note_broken, verify_backup};
pub(crate) use write::{BackupMade, keep_backup, keep_failure, note_backup, write_backup};
