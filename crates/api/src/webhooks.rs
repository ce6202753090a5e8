//! `/v1/webhooks`: where events are sent.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One place that events are sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Webhook {
    pub id: Uuid,
    pub url: String,
    pub description: String,
    /// Which types; all of them, if there is none.
    pub events: Vec<String>,
    /// ENABLED or DISABLED.
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_why: Option<String>,
    /// The last event that it has, or did not want.
    pub cursor: i64,
    /// How often the event after that could not be delivered.
    pub failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// When it is tried again, while it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<Timestamp>,
    /// Until then the secret before signs, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_secret_until: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// The body of `POST /v1/webhooks`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    /// `https://`, or `http://` to a loopback address.
    pub url: String,
    /// Whose it is and what for.
    #[serde(default)]
    pub description: String,
    /// Which types; all of them, if there is none.
    #[serde(default)]
    pub events: Vec<String>,
}

/// The body of `PATCH /v1/webhooks/{id}`; what is not there stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWebhook {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// One that is enabled again gets what it has missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

/// A webhook and what its messages are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookSecret {
    pub webhook: Webhook,
    /// `whsec_` and base64. It is shown this once.
    pub secret: String,
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { webhook, secret: _ } = self;
        f.debug_struct("WebhookSecret").field("webhook", webhook).finish_non_exhaustive()
    }
}

/// The body of `POST /v1/webhooks/{id}/replay`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayWebhook {
    /// What comes after the event of this number is sent again.
    pub after: i64,
}

/// One request to a webhook, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookDelivery {
    /// The event's id, as it is in the header `webhook-id`.
    pub event: Uuid,
    /// The event's number; a test has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    #[serde(rename = "type")]
    pub kind: String,
    pub at: Timestamp,
    /// Of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it was not delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    pub milliseconds: u32,
}
