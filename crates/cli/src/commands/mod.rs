//! One module a noun: ask the API, print the answer.

pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod man;
pub(crate) mod operations;
pub(crate) mod tenants;

/// Walks a list to its end.
///
/// Bounded: a list that goes on for ever is a defect of the server's, and not worth the memory.
pub(crate) const PAGES_MAX: usize = 1_000;
