//! `/v1/webhooks`: where events are sent.

use axum::extract::{Path, State};
use cloison_api::{
    ChangeWebhook, Code, CreateWebhook, Page, ReplayWebhook, Webhook, WebhookDelivery,
    WebhookSecret,
};
use cloison_control::webhooks::{
    self, Change, Delivery, Endpoint, NewEndpoint, UrlError, WebhookError, WebhookUrl,
};
use cloison_model::{EventType, Secret};
use http::StatusCode;
use uuid::Uuid;

use super::events::parse_types;
use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::Json;
use crate::platform::Platform;

const DESCRIPTION_CHARS_MAX: usize = 200;

/// There are never so many that they need pages.
pub(super) async fn list(
    State(platform): State<Platform>,
) -> Result<Json<Page<Webhook>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let endpoints = webhooks::list(&client).await.map_err(refuse)?;
    Ok(Json(Page { items: endpoints.into_iter().map(shown).collect(), next: None }))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Result<Json<Webhook>, ApiError> {
    webhook(&platform, parse_id(&id)?).await.map(Json)
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Json(body): Json<CreateWebhook>,
) -> Result<Json<WebhookSecret>, ApiError> {
    let new = NewEndpoint {
        url: parse_url(&platform, &body.url)?,
        description: parse_description(&body.description)?,
        event_types: parse_events(&body.events)?,
    };
    let (id, secret) =
        webhooks::create(&platform.control, &actor.call, &new).await.map_err(refuse)?;
    with_secret(&platform, id, &secret).await
}

pub(super) async fn change(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
    Json(body): Json<ChangeWebhook>,
) -> Result<Json<Webhook>, ApiError> {
    let id = parse_id(&id)?;
    let change = Change {
        url: body.url.as_deref().map(|it| parse_url(&platform, it)).transpose()?,
        description: body.description.as_deref().map(parse_description).transpose()?,
        event_types: body.events.as_deref().map(parse_events).transpose()?,
        enabled: body.enabled,
    };
    webhooks::change(&platform.control, &actor.call, id, &change).await.map_err(refuse)?;
    webhook(&platform, id).await.map(Json)
}

pub(super) async fn delete(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = parse_id(&id)?;
    webhooks::delete(&platform.control, &actor.call, id).await.map_err(refuse)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn rotate_secret(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Json<WebhookSecret>, ApiError> {
    let id = parse_id(&id)?;
    let secret =
        webhooks::rotate_secret(&platform.control, &actor.call, id).await.map_err(refuse)?;
    with_secret(&platform, id, &secret).await
}

pub(super) async fn replay(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
    Json(body): Json<ReplayWebhook>,
) -> Result<Json<Webhook>, ApiError> {
    let id = parse_id(&id)?;
    let replayed = webhooks::replay(&platform.control, &actor.call, id, body.after).await;
    replayed.map_err(refuse)?;
    webhook(&platform, id).await.map(Json)
}

pub(super) async fn test(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Json<WebhookDelivery>, ApiError> {
    let sent = webhooks::try_out(&platform.control, &actor.call, parse_id(&id)?).await;
    sent.map(|it| Json(delivery(it))).map_err(refuse)
}

pub(super) async fn deliveries(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Result<Json<Page<WebhookDelivery>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let sent = webhooks::deliveries(&client, parse_id(&id)?).await.map_err(refuse)?;
    Ok(Json(Page { items: sent.into_iter().map(delivery).collect(), next: None }))
}

async fn webhook(platform: &Platform, id: Uuid) -> Result<Webhook, ApiError> {
    let client = platform.control.catalog.client().await?;
    webhooks::fetch(&client, id).await.map(shown).map_err(refuse)
}

async fn with_secret(
    platform: &Platform,
    id: Uuid,
    secret: &Secret,
) -> Result<Json<WebhookSecret>, ApiError> {
    let webhook = webhook(platform, id).await?;
    Ok(Json(WebhookSecret { webhook, secret: secret.expose().to_owned() }))
}

fn parse_id(text: &str) -> Result<Uuid, ApiError> {
    text.parse().map_err(|_not_an_id| refuse(WebhookError::NoEndpoint))
}

fn parse_url(platform: &Platform, text: &str) -> Result<WebhookUrl, ApiError> {
    let reach = platform.control.webhooks.settings().reach;
    WebhookUrl::parse(text, reach).map_err(|error| refuse(error.into()))
}

fn parse_events(words: &[String]) -> Result<Vec<EventType>, ApiError> {
    parse_types("events", words.iter().map(String::as_str))
}

fn parse_description(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > DESCRIPTION_CHARS_MAX || text.chars().any(char::is_control) {
        let words = "A description has 200 characters at most, none of them a control character.";
        return Err(ApiError::new(Code::InvalidField, words).of_field("description", "length"));
    }
    Ok(text.to_owned())
}

fn shown(endpoint: Endpoint) -> Webhook {
    Webhook {
        id: endpoint.id,
        url: endpoint.url,
        description: endpoint.description,
        events: endpoint.event_types,
        state: endpoint.state.to_string(),
        disabled_why: endpoint.disabled_why,
        cursor: endpoint.cursor,
        failures: endpoint.failures,
        failing_since: endpoint.failing_since,
        next_try_at: endpoint.next_try_at,
        former_secret_until: endpoint.former_secret_until,
        created_at: endpoint.created_at,
    }
}

fn delivery(sent: Delivery) -> WebhookDelivery {
    let Delivery { event, sequence, kind, at, status, why, milliseconds } = sent;
    WebhookDelivery { event, sequence, kind, at, status, why, milliseconds }
}

fn refuse(error: WebhookError) -> ApiError {
    match error {
        WebhookError::NoEndpoint => ApiError::not_found("There is no such webhook."),
        WebhookError::TooMany { max } => ApiError::new(
            Code::TooManyWebhooks,
            format!("There are {max} webhooks already. Delete one that nobody needs."),
        ),
        WebhookError::Url(error) => {
            let rule = match error {
                UrlError::NotOne => "url",
                UrlError::Plain => "https",
                UrlError::User => "user",
                UrlError::Refused(_) => "reach",
            };
            let words = format!("{}.", sentence(&error.to_string()));
            ApiError::new(Code::InvalidField, words).of_field("url", rule)
        }
        WebhookError::Ahead { newest } => {
            let words = format!("Nothing has come after that yet: the newest event is {newest}.");
            ApiError::new(Code::InvalidField, words).of_field("after", "range")
        }
        WebhookError::Unavailable(error) => error.into(),
        WebhookError::Call(error) => error.into(),
        WebhookError::Database(error) => error.into(),
        WebhookError::Key(_) | WebhookError::Client(_) | WebhookError::Newer(_) => {
            ApiError::internal(error)
        }
    }
}
