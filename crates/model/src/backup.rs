//! When tenants are archived, which archives stay, and when it is proven that they can be restored.
//!
//! Pure: rows and an instant go in, and what to do comes out with its reason. Making, deleting and restoring archives is
//! not here.

mod drill;
mod retention;
mod schedule;
mod window;

pub use drill::{
    DRILL_EVERY_DAYS, DRILL_SLACK_DAYS, DrillState, DrillTenant, Drilled, drill_second,
    drill_state, drills_due, drills_per_day,
};
pub use retention::{
    KeepWhy, PruneWhy, RetentionPolicy, RetentionVerdict, Soundness, TenantArchive, retain,
};
pub use schedule::{DueBackup, DueWhy, ScheduleCaps, ScheduledTenant, due_backups};
pub use window::{NightWindow, WindowError};
