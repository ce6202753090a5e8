//! Backups of single tenants: when one is due, how it is made, and what becomes of it. How it lies in the store is `archive`'s.
//!
//! A backup changes nothing of what is the tenant's, so it goes on beside other work, and takes no turn on the tenant's server.

mod ask;
mod change_mark;
mod configured;
mod due;
mod erase;
mod house;
mod keys;
mod look;
mod past_drills;
mod places;
mod prune;
mod read;
mod server_archives;
mod source;
mod write;

pub use ask::{AskError, Asked, Wanted, ask, ask_many, hold};
pub use configured::{Backups, NotConfigured};
pub use due::{Round, round, want};
pub use house::{begin_archiving, begin_drills, close_outlived, drop_outlived};
pub use look::{Listed, Standing, drill_states, drills, list, standing};
pub use past_drills::begin_past_drills;
pub use prune::{Judged, judge, prune, prune_for};
pub use server_archives::{Holds, PastDrilled, ServerArchive, server_archives};

pub(crate) use due::keep_backed_up;
pub(crate) use erase::{delete_backups, destroy_key};
pub(crate) use house::keep_house;
pub(crate) use keys::{key_name, key_of};
pub(crate) use look::{BEHIND_HOURS, NEW_MINUTES};
pub(crate) use read::{
    identity_of, keep_verified, manifest_of, note_broken, note_different, verify_backup,
};
pub(crate) use source::open_source;
pub(crate) use write::{
    BackupMade, keep_backup, keep_failure, note_backup, release_archived, write_backup,
};
