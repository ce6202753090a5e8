//! One module a noun: ask the API, print the answer.

pub(crate) mod ai_credits;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod console;
pub(crate) mod doctor;
pub(crate) mod domains;
pub(crate) mod erasures;
pub(crate) mod events;
pub(crate) mod exports;
mod following;
pub(crate) mod login;
pub(crate) mod man;
pub(crate) mod master_key;
pub(crate) mod me;
pub(crate) mod migrations;
pub(crate) mod operations;
pub(crate) mod pgbouncer;
pub(crate) mod recover;
pub(crate) mod router;
pub(crate) mod servers;
pub(crate) mod tenants;
pub(crate) mod tokens;
pub(crate) mod users;
pub(crate) mod webhooks;

/// Walks a list to its end.
///
/// Bounded: a list that goes on for ever is a defect of the server's, and not worth the memory.
pub(crate) const PAGES_MAX: usize = 1_000;
