//! PostgreSQL's own `pg_dump` and `pg_restore`: where they are on this machine, and how they end.

mod ended;
mod places;

pub use ended::{ProgramFailure, ended};
pub use places::{NoPrograms, ProgramPlaces, Programs};
