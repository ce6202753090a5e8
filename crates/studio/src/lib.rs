//! The recording-studio product: a calendar, its sessions, its clients, for one tenant at a time.
//!
//! It is an application like any other that Cloison serves: it finds a
//! [`cloison_router::Tenant`] in the request, asks it for a connection, and knows of no other
//! tenant. Not here: hosts, pools, provisioning, listening.

mod assets;
pub mod booking;
mod client_erasure;
pub mod clients;
mod clock;
pub mod db;
pub mod demo;
pub mod i18n;
pub mod migrations;
mod pages;
mod secrets;
mod sign_in;
mod way_out;

pub use clock::Clock;
pub use migrations::{MIGRATIONS, SCHEMA_MIN};
pub use pages::{StudioConfig, router};
pub use secrets::SECRETS;
pub use way_out::{WAY_OUT, is_way_out};
