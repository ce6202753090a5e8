//! The HTTP contract: request and response types, error codes, the typed client.
//!
//! Deliberately absent: every other crate of ours. A type here is a promise to programs outside, so
//! it holds plain strings and numbers, and nothing inside is serialised by accident.

mod client;
mod operations;
mod problem;
mod tenants;

pub use client::{Client, ClientError};
pub use operations::{DoctorReport, Finding, Operation, OperationEvent};
pub use problem::{CONTENT_TYPE as PROBLEM_CONTENT_TYPE, Code, Problem};
pub use tenants::{CreateTenant, CreatedTenant, Credentials, Page, SignInLink, Tenant};
