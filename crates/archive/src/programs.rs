//! PostgreSQL's own `pg_dump` and `pg_restore`: where they are on this machine, and how they end.

mod ended;
mod pass_on;
mod places;

pub use ended::{ProgramFailure, ended};
pub use pass_on::pass_on;
pub use places::{NoPrograms, ProgramPlaces, Programs};
