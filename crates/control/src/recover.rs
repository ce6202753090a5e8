//! A control plane from nothing but the object store, the keystore, the master key and the servers.
//!
//! All of it happens in a database beside, which nobody serves from and no worker knows: the backup is restored there, what happened
//! since is found out from tombstones, manifests and servers, and only then, in one transaction, it gets the control database's name. So a
//! recovery that was cut off has changed nothing but tenants' roles, which the next one sets again; it begins from the start.
//!
//! What was there under that name is kept under another. Nothing is dropped here.

mod adopt;
mod choose;
mod error;
mod evidence;
mod ground;
mod known;
mod numbers;
mod report;
mod resumed;
mod run;
mod scan;
mod seats;
mod spares;
mod tombstones;

pub use choose::{Candidate, candidates};
pub use error::RecoverError;
pub(crate) use numbers::number_of;
pub use report::{Buried, Moved, PassedOver, Recovered, TakenIn, ToDo};
pub use run::{Order, ServerAt, Stage, Survivors, recover};
