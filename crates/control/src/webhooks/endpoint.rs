//! Endpoints and what was sent to them, for reading.

use cloison_catalog::GenericClient;
use cloison_catalog::queries::webhooks as queries;
use cloison_model::{WEBHOOK_ENDPOINTS_MAX, WebhookState};
use jiff::Timestamp;
use uuid::Uuid;

use super::WebhookError;

/// Of each endpoint: enough to see since when it fails, and how.
pub const DELIVERIES_KEPT: i64 = 100;

/// Where events go.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub id: Uuid,
    pub url: String,
    pub description: String,
    /// All of them, if there is none.
    pub event_types: Vec<String>,
    pub state: WebhookState,
    pub disabled_why: Option<String>,
    /// The last event that it has, or did not want.
    pub cursor: i64,
    /// Of the event after that.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    /// When it is tried again, while it fails.
    pub next_try_at: Option<Timestamp>,
    /// Until then the secret before signs, too.
    pub former_secret_until: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// One request, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub event: Uuid,
    /// Of none that was only tried.
    pub sequence: Option<i64>,
    pub kind: String,
    pub at: Timestamp,
    /// Of the answer, if there was one.
    pub status: Option<u16>,
    /// Why it was not delivered.
    pub why: Option<String>,
    pub milliseconds: u32,
}

pub async fn list(client: &impl GenericClient) -> Result<Vec<Endpoint>, WebhookError> {
    let rows = queries::webhook_list().bind(client, &WEBHOOK_ENDPOINTS_MAX).all().await?;
    rows.into_iter().map(read).collect()
}

pub async fn fetch(client: &impl GenericClient, id: Uuid) -> Result<Endpoint, WebhookError> {
    let row = queries::webhook_fetch().bind(client, &id).opt().await?;
    read(row.ok_or(WebhookError::NoEndpoint)?)
}

/// The newest first.
pub async fn deliveries(
    client: &impl GenericClient,
    id: Uuid,
) -> Result<Vec<Delivery>, WebhookError> {
    fetch(client, id).await?;
    let rows = queries::webhook_delivery_list().bind(client, &id, &DELIVERIES_KEPT).all().await?;
    let read = |it: queries::Delivery| Delivery {
        event: it.event_id,
        sequence: it.sequence,
        kind: it.r#type,
        at: it.at,
        status: it.status.and_then(|it| u16::try_from(it).ok()),
        why: it.why,
        milliseconds: u32::try_from(it.milliseconds).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(read).collect())
}

fn read(row: queries::Endpoint) -> Result<Endpoint, WebhookError> {
    let failures = u32::try_from(row.failures).unwrap_or_default();
    let state = row.state.parse()?;
    let is_waiting = state == WebhookState::Enabled && failures > 0;
    Ok(Endpoint {
        id: row.id,
        url: row.url,
        description: row.description,
        event_types: row.event_types,
        state,
        disabled_why: row.disabled_why,
        cursor: row.cursor,
        failures,
        failing_since: row.failing_since,
        next_try_at: is_waiting.then_some(row.due_at),
        former_secret_until: row.former_secret_until.filter(|it| *it > Timestamp::now()),
        created_at: row.created_at,
    })
}
