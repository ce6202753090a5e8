//! Why somebody does not get an export.

use cloison_archive::{ExportError, KeystoreError, TenantKeyError};
use cloison_catalog::Unavailable;
use cloison_model::{Refusal, Subdomain, UnknownWord};

use crate::backups::NotConfigured;
use crate::call::CallError;

#[derive(Debug, thiserror::Error)]
pub enum ExportsError {
    #[error("there is no tenant '{0}'")]
    NoTenant(Subdomain),
    /// Not this one, or not any more.
    #[error("there is no such export")]
    NoExport,
    #[error("the export is still being made")]
    NotYet,
    #[error("the export was not made: {0}")]
    Failed(String),
    #[error("the export has expired")]
    Expired,
    /// Of this one, by whoever.
    #[error("the export is being downloaded several times already")]
    Crowded,
    /// One of these is to be used.
    #[error("the tenant has {0} exports already")]
    TooMany(u8),
    #[error("{0}")]
    Refused(Refusal),
    #[error("an export of the tenant is under way")]
    Busy,
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    #[error(transparent)]
    Archive(ExportError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

impl From<ExportError> for ExportsError {
    /// With the key of an erased tenant, its exports are gone, a moment before their objects are.
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Key(TenantKeyError::Keystore(KeystoreError::Destroyed { .. })) => {
                Self::NoExport
            }
            error => Self::Archive(error),
        }
    }
}
