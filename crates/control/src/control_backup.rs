//! Backups of the control database itself, made the way tenants' are and listed by nothing but the object store: what tells of them is
//! there when the control database is not.
//!
//! How one is brought back is [`crate::recover`]'s.

mod ask;
mod key;
mod list;
mod make;
mod watch;

pub use ask::back_up_for;
pub use list::{ControlBackup, list, prune};
pub use make::back_up;
pub use watch::{Look, look};

pub(crate) use list::newest;
pub(crate) use watch::{keep_backed_up, problem};
