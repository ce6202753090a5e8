//! Copies: databases beside a tenant's own, on the same server, that hold what it held at some moment. Made by a restore, looked
//! at, taken for the tenant's own by a swap, and dropped; a drill does all of that but the swap.
//!
//! A copy touches nothing of the tenant's until it is swapped in. Until then it can be looked at, read-only, under a host of its own. A swap exchanges names, so that role, host and rules stay
//! as they are, and swapping the same copy again takes it back: what was written meanwhile is in the other one.

mod archived;
mod ask;
mod check;
mod compare;
mod copy;
mod exchange;
mod fill;
mod inspect;
mod keep;
mod others;
mod past;
mod progress;

pub use ask::{
    CopyError, Restored, close as close_one, drill, drop_copy as drop_one, list, open as open_one,
    restore, swap, verify,
};
pub use inspect::{Inspection, inspection};

pub(crate) use archived::{archive_left_off, for_archive, for_unarchive, forget_all};
pub(crate) use ask::{drop_outlived, must_be_there};
pub(crate) use check::check;
pub(crate) use compare::compare;
pub(crate) use exchange::{Admitted, admit, exchange};
pub(crate) use fill::{Filled, drop_copy, fill};
pub(crate) use inspect::{close, keep_closed, keep_opened, open};
pub(crate) use keep::{free, keep, keep_admitted, keep_checked, keep_filled};
pub(crate) use others::{call_off_others, wait_for_others};
