//! AI credits: grants, reservations, settlements, and the account that they are counted in.
//!
//! Each call is one transaction that locks the tenant's account first, so that there is an order, and that ends with every balance moved
//! by an entry of the ledger (`account`). Whoever locks an account brings it up to date before all else, so nobody waits for the keeper
//! (`keep`), which does the same for those whom nobody asks for. Not here: which credits are burnt and which come back, which `model` says.

mod account;
mod close;
mod grant;
mod keep;
mod reserve;
mod stats;

use cloison_catalog::queries::tenants::tenant_of_subdomain;
use cloison_catalog::{GenericClient, Unavailable};
use cloison_model::{ReservationState, Subdomain, TenantId, UnknownWord};

use crate::call::CallError;

pub use close::{release, settle};
pub use grant::{NewGrant, grant, void};
pub use keep::catch_up_due;
pub use reserve::{NewReservation, reserve};
pub use stats::AiCreditsStats;

pub(crate) use keep::keep_up;

/// Of what nobody has asked for.
const PLATFORM: &str = "cloison";

#[derive(Debug, thiserror::Error)]
pub enum AiCreditsError {
    #[error("there is no such tenant")]
    NoTenant,
    #[error("there is no such grant")]
    NoGrant,
    #[error("there is no such reservation")]
    NoReservation,
    /// Grant some, or ask for less.
    #[error("{amount} were asked for, and {available} are available")]
    TooFew { amount: i64, available: i64, held: i64 },
    /// Another request needs another id.
    #[error("the request id belongs to another reservation")]
    RequestReused,
    #[error("the reservation is closed already")]
    Closed { state: ReservationState, spent: Option<i64> },
    #[error("the reservation is of {amount}")]
    MoreThanReserved { amount: i64 },
    #[error("the grant would have expired already")]
    InThePast,
    /// There is nothing to take back.
    #[error("the grant has expired")]
    GrantExpired,
    #[error("there are {max} grants already that have something left")]
    TooManyGrants { max: i64 },
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// Whose credits they are.
pub async fn tenant_named(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<TenantId, AiCreditsError> {
    let id = tenant_of_subdomain().bind(client, &subdomain.as_str()).opt().await?;
    id.map(TenantId).ok_or(AiCreditsError::NoTenant)
}
