//! Why there is no export, or none that can be read.

use std::io;

use cloison_model::RetryClass;
use tokio_postgres::error::SqlState;

use crate::bundle::BundleError;
use crate::programs::{NoPrograms, ProgramFailure};
use crate::seal::OpenError;
use crate::store::StoreError;
use crate::tables::TablesError;
use crate::tenant_key::TenantKeyError;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Programs(#[from] NoPrograms),
    #[error(transparent)]
    Program(#[from] ProgramFailure),
    #[error(transparent)]
    Tables(#[from] TablesError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] TenantKeyError),
    #[error(
        "the export is not in the object store: it was deleted there, or the store is another than the one it was made in"
    )]
    Missing,
    #[error("the export does not open: {0}")]
    Open(#[from] OpenError),
    #[error("the export in the object store ends before byte {0}")]
    Short(u64),
    #[error("the export in the object store cannot be read")]
    Read(#[source] io::Error),
}

impl ExportError {
    /// Whether the same may work in a moment.
    pub fn class(&self) -> RetryClass {
        let may_pass = match self {
            Self::Program(source) => return source.class,
            Self::Tables(source) | Self::Bundle(BundleError::Tables(source)) => {
                return class_of(source.sqlstate());
            }
            Self::Bundle(BundleError::Table { source, .. }) => return class_of(source.code()),
            Self::Bundle(
                BundleError::Dump(source)
                | BundleError::Files(source)
                | BundleError::File { source, .. },
            ) => return class_inside(source),
            Self::Store(source) => source.is_passing(),
            Self::Key(TenantKeyError::Keystore(source)) => source.may_pass(),
            // A file that is being replaced; a pipe between our own ends.
            Self::Bundle(BundleError::FileLength { .. } | BundleError::Out(_)) | Self::Read(_) => {
                true
            }
            Self::Bundle(
                BundleError::LeftOutUnknown { .. }
                | BundleError::KeptUnknown { .. }
                | BundleError::Rows { .. }
                | BundleError::NotADump
                | BundleError::Pack(_)
                | BundleError::Manifest(_),
            )
            | Self::Programs(_)
            | Self::Missing
            | Self::Open(_)
            | Self::Short(_)
            | Self::Key(_) => false,
        };
        if may_pass { RetryClass::Passing } else { RetryClass::Lasting }
    }
}

fn class_of(code: Option<&SqlState>) -> RetryClass {
    RetryClass::of_sqlstate(code.map(SqlState::code))
}

/// What was read knows best.
fn class_inside(error: &io::Error) -> RetryClass {
    let inside = error.get_ref();
    if let Some(failure) = inside.and_then(|it| it.downcast_ref::<ProgramFailure>()) {
        return failure.class;
    }
    match inside.and_then(|it| it.downcast_ref::<StoreError>()) {
        Some(error) if !error.is_passing() => RetryClass::Lasting,
        Some(_) | None => RetryClass::Passing,
    }
}
