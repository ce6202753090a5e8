//! Webhooks: what an answer means, when a delivery is tried again, when an endpoint is given up, and which addresses are not ours
//! to connect to.
//!
//! As the Standard Webhooks specification has it. Not here: resolving a name, and sending.

mod reach;
mod retry;

pub use reach::{Reach, RefusedAddress};
pub use retry::{WebhookNext, WebhookOutcome, next as webhook_next};

use crate::words::words;

/// Each of them costs a connection and a request for every event.
pub const WEBHOOK_ENDPOINTS_MAX: i64 = 20;
/// For so long a secret that was replaced signs, too, so that whoever checks has time to take the new one.
pub const FORMER_SECRET_HOURS: i64 = 24;

words! {
    WebhookState {
        Enabled = "ENABLED",
        /// Nothing is sent to it until somebody enables it again; then it gets what it has missed.
        Disabled = "DISABLED",
    }
}
