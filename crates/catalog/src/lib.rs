//! Every statement on the control database, typed: `queries/<noun>.sql`, checked against the
//! migrations in `migrations/`, generated into [`queries`] by `cargo xtask prepare`.
//!
//! Deliberately absent: decisions. A function here takes a client or a transaction, the caller
//! owns the transaction, and what to do about an answer is `control`'s business.

mod client;
mod constraint;
mod database;
mod listener;
mod migrations;

pub use client::{Client, Transaction};
pub use cloison_catalog_queries::{client::GenericClient, queries};
pub use constraint::OnConstraint;
pub use database::{Catalog, Unavailable};
pub use listener::{Listener, OperationChange, RouteChange};
pub use migrations::MIGRATIONS;

/// The control database.
pub const DATABASE: &str = "studio_platform_master";

/// The login role that Cloison works with on the control database; it owns nothing there.
pub const ROLE: &str = "cloison_control";
