//! Finds the tenant that a request is for, and lends a connection to that tenant's database.
//!
#![doc = include_str!("../README.md")]
//!
//! # How the parts meet
//!
//! 1. [`host_of`] reads a request's host, and [`BaseDomain::site`] says whose it could be.
//! 2. [`Router::resolve`] answers from memory, and gives a [`Tenant`] to put into the request's
//!    extensions.
//! 3. The handler asks [`Tenant::acquire`] for a [`Connection`], and drops it when it is done.
//!
//! Where the routes come from is a [`Directory`], which you implement, or a list
//! ([`Router::fixed`]). Nothing here knows a plan or a page: what HTTP should answer is said by
//! [`Resolution::status`] and [`AcquireError::status`], how it looks is the caller's.
//!
//! # A web application
//!
//! The table, `examples/web/customers.sql`:
//!
//! ```sql
#![doc = include_str!("../examples/web/customers.sql")]
//! ```
//!
//! The directory, `examples/web/customers.rs`:
//!
#![cfg_attr(
    not(doctest), // a program of its own, which `tests/it/examples.rs` runs
    doc = concat!("```rust\n", include_str!("../examples/web/customers.rs"), "```")
)]
//!
//! The application, `examples/web/main.rs`:
//!
#![cfg_attr(
    not(doctest), // a program of its own, which `tests/it/examples.rs` runs
    doc = concat!("```rust\n", include_str!("../examples/web/main.rs"), "```")
)]
//!
//! # A job
//!
//! A list instead of a table, and no web framework, `examples/worker.rs`:
//!
#![cfg_attr(
    not(doctest), // a program of its own, which `tests/it/examples.rs` runs
    doc = concat!("```rust\n", include_str!("../examples/worker.rs"), "```")
)]
#![deny(missing_docs)]

mod bring_ups;
mod cache;
mod config;
mod conformance;
mod connection;
mod directory;
mod error;
#[cfg(feature = "axum")]
mod extract;
mod flights;
mod gates;
mod health;
mod host;
mod identifier;
mod inner;
mod intent;
mod janitor;
mod known;
mod listen;
mod pause;
mod pool;
mod remedy;
mod resolution;
mod route;
mod router;
mod schema;
mod seat_leases;
mod spawner;
mod stats;
mod sync;
mod tenant;

pub use config::Config;
pub use conformance::{Nonconformance, check_directory};
pub use connection::{Client, Connection, Transaction};
pub use directory::{
    Change, Changed, Changes, Directory, DirectoryError, FixedDirectory, Healed, Key, OtherLease,
    SeatLease, SeatLeases, SeatRound, SilentLease, Snapshot, Taken,
};
pub use error::{AcquireError, ConnectError, Load};
pub use host::host_of;
pub use identifier::{Identifier, IdentifierError};
pub use intent::Intent;
pub use listen::listen;
pub use pause::{Pause, PauseError};
pub use resolution::{Resolution, Unavailable};
pub use route::{Limits, Location, Login, Route};
pub use router::Router;
pub use schema::{SchemaMismatch, SchemaSupport};
pub use stats::{BringUpStats, Histogram, ServerStats, TenantStats, Waits};
pub use tenant::Tenant;

#[doc(inline)]
pub use cloison_model::{
    AccessMode, BaseDomain, HostError, Hostname, Phase, Secret, ServerId, Site, Subdomain,
    SubdomainError, TenantId, UnknownWord, may_quote_a_row,
};
// Of the versions that are part of what is public here.
pub use {http, tokio_postgres, tokio_util, uuid};
