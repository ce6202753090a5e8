//! All that is done to PostgreSQL servers: connecting as administrator, and DDL.
//!
//! Not here: when and why. Steps decide; this only acts, and every function can be run twice.

mod admin;
pub mod ddl;
mod turn;
mod verifier;

pub use admin::{Admin, AdminClient};
pub(crate) use turn::{Turn, TurnError, Turns};
pub use verifier::{NotAVerifier, Verifier};
