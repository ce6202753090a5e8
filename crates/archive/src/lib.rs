//! From a tenant's database to an object store and back: archives that are encrypted, signed, and prove what they hold.
//!
//! Deliberately absent: the control database, operations, tenants' states. What is here can be done with an object store and a
//! keystore alone, which is what is left after the worst day.

mod pipe;
mod programs;
mod seal;

pub use programs::{NoPrograms, ProgramFailure, ProgramPlaces, Programs, ended};
pub use seal::{OpenError, open, seal};
mod store;

pub use store::{
    BucketName, Created, Deleted, History, LocationError, ObjectKey, ObjectKeyError, ObjectReader,
    Patience, S3Credentials, S3Options, Store, StoreError, StoreLocation, StoreSettings, Stored,
    StoredObject,
};
