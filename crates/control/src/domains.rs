//! Customers' own domains: claimed by a person, proven by a record in the DNS, looked at again and again, and served while they are
//! proven.
//!
//! A look asks the DNS and holds nothing in the control database; what it saw is written in one transaction, in which it is settled
//! whose domain it is. Not here: what answers mean and when the next look is, which `model` decides, and serving, which the router
//! does by the routes.

mod certificate;
mod changes;
mod check;
mod dns;
mod domain;
mod keep;
mod look;
mod settings;

use cloison_catalog::Unavailable;
use cloison_model::{HostError, UnknownWord};

use crate::call::CallError;

pub use changes::{claim, make_primary, remove};
pub use check::{Checked, check_now};
pub use domain::{Certificate, Domain, fetch, list, page, primaries, primary_of};
pub use keep::check_due;
pub use settings::{DomainSettings, Domains, FrontDoor};

pub(crate) use changes::end_all;
pub(crate) use keep::keep_checked;

#[derive(Debug, thiserror::Error)]
pub enum DomainError {
    #[error("there is no such tenant")]
    NoTenant,
    #[error("the tenant has no such domain")]
    NoDomain,
    /// It is archived or being erased.
    #[error("the tenant is {phase}, and gets no domains")]
    NotNow { phase: &'static str },
    #[error("the tenant has {max} domains already")]
    TooMany { max: i64 },
    /// Visitors would be led to where nobody answers.
    #[error("it is not proven yet")]
    NotProven,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
    #[error("the control database has a domain that is none")]
    Hostname(#[from] HostError),
}
