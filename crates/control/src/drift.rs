//! Drift: tenants whose schema is not what their version should have.
//!
//! A fingerprint of each tenant's schema is kept in the control database, and each distinct schema once, so that a fleet of
//! thousands is compared without a connection to any of them.

mod reading;
mod report;
mod watch;

use std::time::Duration;

use cloison_catalog::Unavailable;
use cloison_catalog::queries::drift as queries;
use cloison_model::NotASchema;
use tokio::time::Instant;

use crate::control::Control;

pub use self::reading::{Round, fingerprint_missing};
pub use self::report::{Distinct, Report, report};
pub(crate) use self::watch::watch;
pub use self::watch::{ROUND_MAX, look};

/// Tenants that one call can name; who wants more wants all.
pub const TENANTS_MAX: usize = 100;

#[derive(Debug, thiserror::Error)]
pub enum DriftError {
    #[error("there is no tenant '{0}' that is READY")]
    NoTenant(String),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database holds a schema that cannot be read")]
    Unreadable(#[from] NotASchema),
}

/// Whose schema to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Those that are not known, those that could not be read a moment ago too.
    Missing,
    /// These, whatever is known; by subdomain.
    Tenants(Vec<String>),
    All,
}

/// Reads what is wished for until `wait` is over. What is left then, the workers read.
pub async fn refresh(control: &Control, wish: &Wish, wait: Duration) -> Result<(), DriftError> {
    let deadline = Instant::now() + wait;
    forget(control, wish).await?;
    while Instant::now() < deadline {
        let round = fingerprint_missing(control, ROUND_MAX);
        // A round that is cut off is made again, by whoever looks next.
        match tokio::time::timeout_at(deadline, round).await {
            Ok(round) => {
                if round?.is_empty() {
                    break;
                }
            }
            Err(_elapsed) => break,
        }
    }
    Ok(())
}

async fn forget(control: &Control, wish: &Wish) -> Result<(), DriftError> {
    let mut client = control.catalog.client().await?;
    match wish {
        Wish::Missing => {
            queries::drift_forget_unknown().bind(&client).await?;
        }
        Wish::All => {
            queries::template_forget().bind(&client).await?;
            queries::drift_forget_all().bind(&client).await?;
        }
        Wish::Tenants(named) => {
            let txn = client.transaction().await?;
            let found = queries::drift_forget().bind(&txn, named).all().await?;
            if let Some(missing) = named.iter().find(|it| !found.contains(it)) {
                return Err(DriftError::NoTenant(missing.clone()));
            }
            txn.commit().await?;
        }
    }
    Ok(())
}
