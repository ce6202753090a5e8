//! Why there is no backup, or none that can be used.

use std::io;

use cloison_model::RetryClass;
use tokio_postgres::error::SqlState;

use crate::programs::{NoPrograms, ProgramFailure};
use crate::signing::{SignatureError, SignerError};
use crate::store::StoreError;
use crate::tables::TablesError;
use crate::tenant_key::TenantKeyError;

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Programs(#[from] NoPrograms),
    /// `pg_dump` or `pg_restore`.
    #[error(transparent)]
    Program(#[from] ProgramFailure),
    #[error(transparent)]
    Tables(#[from] TablesError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] TenantKeyError),
    /// There is a manifest, and it is not to be believed.
    #[error("the manifest of the backup: {0}")]
    Signature(#[from] SignatureError),
    #[error(
        "the backup has no manifest in the object store: it was deleted there, or the store is another than the one it was made in"
    )]
    NoManifest,
    /// The key that signs there is missing, or another than the one that has signed the backup.
    #[error(
        "the object store is not the one that the backup was written to, so nothing was learnt of the backup; see whether the right folder or bucket is meant, and whether it is mounted"
    )]
    AnotherStore,
    #[error("the manifest is that of another backup")]
    OtherManifest,
    /// What lies there is not what was written.
    #[error("{0}")]
    Broken(String),
    /// Of manifests.
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error("write the manifest")]
    Json(#[from] serde_json::Error),
    #[error("pass a dump on")]
    Pass(#[source] io::Error),
}

impl BackupError {
    /// Whether the backup is at fault, and not the way to it.
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Broken(_) | Self::Signature(_) | Self::NoManifest | Self::OtherManifest => true,
            Self::Store(source) => matches!(source, StoreError::Broken { .. }),
            Self::AnotherStore
            | Self::Programs(_)
            | Self::Program(_)
            | Self::Tables(_)
            | Self::Key(_)
            | Self::Signer(_)
            | Self::Json(_)
            | Self::Pass(_) => false,
        }
    }

    /// Whether a store that is not the one of the backup looks the same.
    pub fn may_be_of_another_store(&self) -> bool {
        matches!(self, Self::NoManifest | Self::Signature(SignatureError::AnotherKey { .. }))
    }

    /// Whether the same may work in a moment.
    pub fn class(&self) -> RetryClass {
        let may_pass = match self {
            Self::Program(source) => return source.class,
            Self::Tables(source) => {
                return RetryClass::of_sqlstate(source.sqlstate().map(SqlState::code));
            }
            Self::Store(source) => source.is_passing(),
            Self::Key(TenantKeyError::Keystore(source))
            | Self::Signer(SignerError::Keystore(source)) => source.may_pass(),
            Self::Pass(_) => true,
            Self::Key(_)
            | Self::Signer(_)
            | Self::Programs(_)
            | Self::Signature(_)
            | Self::NoManifest
            | Self::AnotherStore
            | Self::OtherManifest
            | Self::Broken(_)
            | Self::Json(_) => false,
        };
        if may_pass { RetryClass::Passing } else { RetryClass::Lasting }
    }
}
