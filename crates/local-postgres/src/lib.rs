//! Finds an installed PostgreSQL and runs private clusters of it, for `cloison up` and for tests alike.
//!
//! It only starts and stops servers: it speaks no SQL, creates no roles and no databases, and knows nothing of
//! tenants. It is synchronous, because starting a server is, and every child it has is a server.

mod account;
mod cluster;
mod config;
mod error;
mod initdb;
mod installation;
mod lock;
mod place;
mod port;
mod postmaster;
mod room;
mod socket;

pub use account::Account;
pub use cluster::{Address, Cluster};
pub use config::{ClusterConfig, Durability};
pub use error::{StartError, StopError};
pub use installation::{Installation, NotFound, Version};
pub use place::private_folder;
pub use room::Room;

/// The one superuser of a private cluster. It has no password and comes in by the socket alone.
pub const SUPERUSER: &str = "postgres";
