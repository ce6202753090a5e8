//! Webhooks: others are told of events, each in its order, signed as the Standard Webhooks specification has it.
//!
//! An endpoint has a cursor in the log of events. What comes next for it, how it went and when it is tried again are in its row, so
//! whoever takes it over goes on; an event may come twice, under the same id, and none is left out. Not here: which addresses may
//! be reached and when a failure is tried again, which `model` decides.

mod changes;
mod client;
mod deliver;
mod endpoint;
mod resolve;
mod send;
mod sign;
mod url;

use std::time::Duration;

use cloison_catalog::Unavailable;
use cloison_model::{Reach, UnknownWord};

use crate::call::CallError;
use crate::master_key::KeyError;

pub use changes::{Change, NewEndpoint, change, create, delete, replay, rotate_secret};
pub use client::Webhooks;
pub use deliver::deliver_due;
pub use endpoint::{DELIVERIES_KEPT, Delivery, Endpoint, deliveries, fetch, list};
pub use send::try_out;
pub use url::{UrlError, WebhookUrl};

pub(crate) use deliver::deliver;

/// What an endpoint's sealed secrets are bound to, beside its id.
const SECRET: &str = "webhook_endpoints.secret";

/// How far requests go, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct WebhookSettings {
    pub reach: Reach,
    /// For the whole of a request, from the name's resolution to the answer.
    pub timeout: Duration,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self { reach: Reach::default(), timeout: Duration::from_secs(15) }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error("there is no such webhook")]
    NoEndpoint,
    #[error("there are {max} webhooks already")]
    TooMany { max: i64 },
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The log does not reach there yet.
    #[error("the newest event is {newest}")]
    Ahead { newest: i64 },
    #[error("the secret cannot be opened")]
    Key(#[from] KeyError),
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}
