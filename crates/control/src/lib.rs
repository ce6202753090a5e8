//! The control plane: what is done to tenants and servers, and in which order.
//!
//! Not here: SQL on the control database (that is `catalog`'s), and anything on a request's path.

pub mod access;
pub mod ai_credits;
pub mod archiving;
pub mod audit;
pub mod backups;
pub mod bootstrap;
pub mod call;
mod control;
pub mod control_backup;
pub mod copies;
pub mod credentials;
mod directory;
pub mod doctor;
pub mod domains;
pub mod drift;
pub mod erasures;
pub mod events;
pub mod exports;
mod first_error;
pub mod history;
pub mod key_rotation;
pub mod life_cycle;
mod listening;
mod master_key;
pub mod migrate;
pub mod operations;
pub mod pg;
pub mod pgbouncer;
pub mod point_in_time;
pub mod provision;
pub mod recover;
pub mod releases;
pub mod roles;
pub mod rollout;
pub mod schema;
pub mod seats;
pub mod shadow;
mod sign_in_link;
pub mod spares;
pub mod stats;
pub mod trace;
pub mod usage;
pub mod watch;
pub mod webhooks;

pub use control::{Control, ServerError};
pub use master_key::{KeyError, MasterKey, random_secret};
pub use migrate::MigrateError;
pub use sign_in_link::{SignInLinkError, owner_connect, sign_in_link};
