//! A tenant's own way into its own database, for an operator who has to look with `psql`. Written down each time.

use cloison_catalog::Unavailable;
use cloison_model::{Phase, Subdomain};
use cloison_router::{Directory, DirectoryError, Key, Route};
use serde_json::json;
use uuid::Uuid;

use crate::call::{self, Call, CallError};
use crate::control::Control;

#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    #[error("there is no such tenant")]
    NoTenant,
    #[error("the tenant has no database to connect to")]
    NotReady,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// The audit log says who asked before anybody gets them.
pub async fn credentials(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
) -> Result<Route, CredentialsError> {
    let route = control.fetch(&Key::Subdomain(subdomain.clone())).await?;
    let route = route.ok_or(CredentialsError::NoTenant)?;
    match route.phase {
        Phase::Ready | Phase::Moving | Phase::Restoring => {}
        Phase::Provisioning | Phase::Archived | Phase::Erasing | Phase::Erased => {
            return Err(CredentialsError::NotReady);
        }
    }
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    // A repetition is another look, and is written down as one: there is nothing to make twice.
    let anew = Call { key: None, ..call.clone() };
    let kept = call::keep(&txn, &anew, Uuid::nil()).await?;
    kept.record(&txn, "tenant.credentials", subdomain.as_str(), &json!({})).await?;
    txn.commit().await?;
    Ok(route)
}
