//! Routes requests to tenants, and lends connections to their databases.
//!
//! Every tenant has a database of its own. This crate takes a host to its tenant ([`Router`]),
//! and a tenant to a connection ([`Tenant::acquire`]), with a hard budget of connections for each
//! PostgreSQL server over all the databases on it: idle connections of tenants that are not being
//! used make room for those that are.
//!
//! It can be embedded in any program. Where the routes come from is a [`Directory`], which you
//! implement; [`Router::fixed`] does with a list. Nothing here knows a control database, a plan or
//! a page: what HTTP should answer is said by [`Resolution`] and [`AcquireError::status`], how
//! it looks is the caller's.
//!
//! A request's way:
//!
//! 1. The host is read by [`cloison_model::Hostname::from_header`], and
//!    [`cloison_model::BaseDomain::site`] says whose it could be.
//! 2. [`Router::resolve`] answers from memory, and gives a [`Tenant`] to put into the request's
//!    extensions. With the feature `axum` (on by default) `Tenant` is an extractor.
//! 3. The handler asks [`Tenant::acquire`] for a [`Connection`], and drops it when it is done.
#![deny(missing_docs)]

mod cache;
mod config;
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
mod spawner;
mod stats;
mod sync;
mod tenant;

pub use config::Config;
pub use connection::{Client, Connection, Transaction};
pub use directory::{
    Change, Changed, Changes, Directory, DirectoryError, FixedDirectory, Healed, Key, Snapshot,
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
pub use stats::{Histogram, ServerStats, TenantStats, Waits};
pub use tenant::Tenant;

#[doc(inline)]
pub use cloison_model::{
    AccessMode, BaseDomain, HostError, Hostname, Phase, Secret, ServerId, Site, Subdomain,
    SubdomainError, TenantId, UnknownWord,
};
// Of the versions that are part of what is public here.
pub use {http, tokio_postgres, tokio_util, uuid};
