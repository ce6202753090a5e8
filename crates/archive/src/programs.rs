//! PostgreSQL's own `pg_dump` and `pg_restore`: where they are on this machine, and how they end.

mod ended;
mod pass_on;
mod places;

/// What `pg_dump` is told for whatever it dumps: it waits for no password, and half a minute for a lock, as whoever opens a snapshot does. A
/// subscription would begin to receive in a copy, or fail without the other server; neither that nor a publication is data.
pub(crate) const DUMP_ARGUMENTS: [&str; 5] = [
    "--format=custom",
    "--no-password",
    "--lock-wait-timeout=30000",
    "--no-publications",
    "--no-subscriptions",
];

pub use ended::{ProgramFailure, ended};
pub use pass_on::pass_on;
pub use places::{NoPrograms, ProgramPlaces, Programs};
