//! What can be said of a migration by reading it: which statements it has, and what is wrong with them.
//!
//! Deliberately absent: running anything. What only a database can tell is the shadow run's to find out.

mod allow;
mod before;
mod command;
mod file;
mod lint;
mod report;
mod rules;
mod squawk;
mod statements;
mod tokens;

pub use lint::lint;
pub use report::{Finding, Report, Severity};
pub use statements::{Statement, statements};
