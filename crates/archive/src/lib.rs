//! From a tenant's database to an object store and back: archives that are encrypted, signed, and prove what they hold.
//!
//! Deliberately absent: the control database, operations, tenants' states. What is here can be done with an object store and a
//! keystore alone, which is what is left after the worst day.

pub mod bundle;
pub mod tables;
