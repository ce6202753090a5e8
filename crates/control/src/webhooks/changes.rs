//! What operators do with endpoints. Each change is in the audit log.

use cloison_catalog::Transaction;
use cloison_catalog::queries::events::event_last;
use cloison_catalog::queries::webhooks as queries;
use cloison_model::{EventType, FORMER_SECRET_HOURS, Secret, WEBHOOK_ENDPOINTS_MAX};
use serde_json::json;
use uuid::Uuid;

use super::sign::new_secret;
use super::url::WebhookUrl;
use super::{SECRET, WebhookError};
use crate::call::{self, Begun, Call};
use crate::control::Control;

#[derive(Clone, Debug)]
pub struct NewEndpoint {
    pub url: WebhookUrl,
    pub description: String,
    /// All of them, if there is none.
    pub event_types: Vec<EventType>,
}

/// What is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub url: Option<WebhookUrl>,
    pub description: Option<String>,
    pub event_types: Option<Vec<EventType>>,
    pub enabled: Option<bool>,
}

/// It gets what happens from now on. Answers its secret, and so does the same call again.
pub async fn create(
    control: &Control,
    call: &Call,
    new: &NewEndpoint,
) -> Result<(Uuid, Secret), WebhookError> {
    let id = Uuid::now_v7();
    let mut client = control.catalog.client().await?;
    let (txn, kept) = match call::begin(&mut client, call, id).await? {
        Begun::Before(txn, id) => return Ok((id, secret_of(control, &txn, id).await?)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    queries::webhooks_lock().bind(&txn).one().await?;
    if queries::webhooks_count().bind(&txn).one().await? >= WEBHOOK_ENDPOINTS_MAX {
        return Err(WebhookError::TooMany { max: WEBHOOK_ENDPOINTS_MAX });
    }
    let secret = new_secret();
    let sealed = control.key.seal(SECRET, id, &secret);
    let types = words(&new.event_types);
    let (url, description) = (new.url.as_str(), new.description.as_str());
    queries::webhook_insert()
        .bind(&txn, &id, &url, &description, &types, &sealed.as_slice())
        .await?;
    let detail = json!({ "host": new.url.host(), "events": types });
    kept.record(&txn, "webhook.create", &id.to_string(), &detail).await?;
    txn.commit().await?;
    Ok((id, secret))
}

/// One that is enabled gets what it has missed, as far as that is kept.
pub async fn change(
    control: &Control,
    call: &Call,
    id: Uuid,
    change: &Change,
) -> Result<(), WebhookError> {
    let mut client = control.catalog.client().await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, id).await? else { return Ok(()) };
    let types = change.event_types.as_deref().map(words);
    let url = change.url.as_ref().map(WebhookUrl::as_str);
    let changed =
        queries::webhook_change().bind(&txn, &url, &change.description, &types, &id).await?;
    if changed == 0 {
        return Err(WebhookError::NoEndpoint);
    }
    match change.enabled {
        Some(true) => {
            queries::webhook_enable().bind(&txn, &id).await?;
        }
        Some(false) => {
            let why = format!("disabled by {}", kept.actor().name);
            queries::webhook_disable().bind(&txn, &why, &id).await?;
        }
        None => {}
    }
    let detail = json!({
        "host": change.url.as_ref().map(WebhookUrl::host), "events": types, "enabled": change.enabled,
    });
    kept.record(&txn, "webhook.change", &id.to_string(), &detail).await?;
    txn.commit().await?;
    control.webhooks.wanted.notify_one();
    Ok(())
}

pub async fn delete(control: &Control, call: &Call, id: Uuid) -> Result<(), WebhookError> {
    let mut client = control.catalog.client().await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, id).await? else { return Ok(()) };
    if queries::webhook_delete().bind(&txn, &id).await? == 0 {
        return Err(WebhookError::NoEndpoint);
    }
    kept.record(&txn, "webhook.delete", &id.to_string(), &json!({})).await?;
    txn.commit().await?;
    Ok(())
}

/// Answers another secret, and so does the same call again. The one before signs, too, for a day.
pub async fn rotate_secret(
    control: &Control,
    call: &Call,
    id: Uuid,
) -> Result<Secret, WebhookError> {
    let mut client = control.catalog.client().await?;
    let (txn, kept) = match call::begin(&mut client, call, id).await? {
        Begun::Before(txn, id) => return secret_of(control, &txn, id).await,
        Begun::Now(txn, kept) => (txn, kept),
    };
    let secret = new_secret();
    let sealed = control.key.seal(SECRET, id, &secret);
    let hours = i32::try_from(FORMER_SECRET_HOURS).unwrap_or(i32::MAX);
    if queries::webhook_rotate().bind(&txn, &hours, &sealed.as_slice(), &id).await? == 0 {
        return Err(WebhookError::NoEndpoint);
    }
    kept.record(&txn, "webhook.rotate_secret", &id.to_string(), &json!({})).await?;
    txn.commit().await?;
    Ok(secret)
}

/// It gets again what came after this event, as far as that is kept, under the same ids.
pub async fn replay(
    control: &Control,
    call: &Call,
    id: Uuid,
    after: i64,
) -> Result<(), WebhookError> {
    let mut client = control.catalog.client().await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, id).await? else { return Ok(()) };
    let newest = event_last().bind(&txn).one().await?;
    if after > newest {
        return Err(WebhookError::Ahead { newest });
    }
    if queries::webhook_replay().bind(&txn, &after.max(0), &id).await? == 0 {
        return Err(WebhookError::NoEndpoint);
    }
    kept.record(&txn, "webhook.replay", &id.to_string(), &json!({ "after": after })).await?;
    txn.commit().await?;
    control.webhooks.wanted.notify_one();
    Ok(())
}

/// Of one that was made before and may have gone since.
async fn secret_of(
    control: &Control,
    txn: &Transaction<'_>,
    id: Uuid,
) -> Result<Secret, WebhookError> {
    let row = queries::webhook_secrets().bind(txn, &id).opt().await?;
    let row = row.ok_or(WebhookError::NoEndpoint)?;
    Ok(control.key.open(SECRET, id, &row.secret_sealed)?)
}

fn words(types: &[EventType]) -> Vec<&'static str> {
    types.iter().map(|it| it.as_str()).collect()
}
