//! What can be said of a migration by reading it: which statements it has, and what is wrong with them.
//!
//! Deliberately absent: running anything. What only a database can tell is the shadow run's to find out.

mod statements;
mod tokens;

pub use statements::{Statement, statements};
