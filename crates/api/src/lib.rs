//! The HTTP contract: request and response types, error codes, the typed client.
//!
//! Deliberately absent: every other crate of ours. A type here is a promise to programs outside, so
//! it holds plain strings and numbers, and nothing inside is serialised by accident.

mod access;
mod client;
mod contract;
mod operations;
mod problem;
mod tenants;

pub use access::{
    AuditEntry, AuditReport, ChangePassword, ChangeUser, ConfirmTotp, CreateToken, CreateUser,
    CreatedToken, InvitedUser, Me, ProvePassword, SignIn, SignedIn, Token, TotpBegun, User,
    VerifyAudit,
};
pub use client::{AuditFilter, Client, ClientError};
pub use contract::{Endpoint, Verb, endpoints, openapi};
pub use operations::{DoctorReport, Finding, Operation, OperationEvent};
pub use problem::{CONTENT_TYPE as PROBLEM_CONTENT_TYPE, Code, Problem};
pub use tenants::{CreateTenant, CreatedTenant, Credentials, Page, SignInLink, Tenant};
