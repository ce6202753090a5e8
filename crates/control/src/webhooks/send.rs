//! One request, signed, and what came of it.

use std::error::Error as _;
use std::time::{Duration, Instant};

use cloison_catalog::queries::webhooks as queries;
use cloison_model::{Secret, TraceParent, WebhookOutcome};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde_json::{Value, json};
use tracing::field::Empty;
use tracing::{Span, info_span};
use uuid::Uuid;

use super::endpoint::{DELIVERIES_KEPT, Delivery};
use super::resolve::refusal;
use super::sign::signatures;
use super::url::{UrlError, WebhookUrl};
use super::{SECRET, WebhookError};
use crate::call::{self, Call};
use crate::control::Control;
use crate::trace;

/// The type of what is sent to see whether it arrives.
const TEST: &str = "webhook.test";

/// What is sent, and with what it is signed.
pub(super) struct Message {
    pub(super) endpoint: Uuid,
    pub(super) url: String,
    pub(super) secrets: Vec<Secret>,
    pub(super) event: Uuid,
    pub(super) sequence: Option<i64>,
    pub(super) kind: String,
    pub(super) at: Timestamp,
    pub(super) data: Value,
}

/// What came of it.
pub(super) struct Sent {
    pub(super) outcome: WebhookOutcome,
    /// The pause that the other side asks for.
    pub(super) asked: Option<Duration>,
    pub(super) delivery: Delivery,
}

impl Message {
    /// The body. The same message has the same one each time.
    fn body(&self) -> String {
        let mut data = self.data.clone();
        if let (Some(sequence), Some(data)) = (self.sequence, data.as_object_mut()) {
            data.insert("sequence".to_owned(), json!(sequence));
        }
        json!({ "type": self.kind, "timestamp": self.at.to_string(), "data": data }).to_string()
    }

    /// An error is our own; whatever is wrong with the other side is what came of it.
    pub(super) async fn send(&self, control: &Control) -> Result<Sent, WebhookError> {
        let parent = trace::current();
        let here = trace::below(parent);
        let span = info_span!(
            "webhook",
            %here,
            parent = parent.map(display),
            webhook = %self.endpoint,
            event = %self.event,
            kind = self.kind,
            tenant = self.data["tenant"]["subdomain"].as_str(),
            outcome = Empty,
        );
        let sending = async {
            let sent = self.request(control, here).await?;
            let outcome = if sent.outcome.is_delivered() { "done" } else { "failed" };
            Span::current().record("outcome", outcome);
            Ok(sent)
        };
        trace::within(here, span, sending).await
    }

    async fn request(&self, control: &Control, here: TraceParent) -> Result<Sent, WebhookError> {
        let settings = control.webhooks.settings();
        let client = control.webhooks.client()?;
        let (at, begun) = (Timestamp::now(), Instant::now());
        let mut asked = None;
        let (outcome, why) = match WebhookUrl::parse(&self.url, settings.reach) {
            Ok(url) => {
                let body = self.body();
                let request = client
                    .post(url.into_url())
                    .header(CONTENT_TYPE, "application/json")
                    .header("traceparent", here.to_string())
                    .header("webhook-id", self.event.to_string())
                    .header("webhook-timestamp", at.as_second())
                    .header("webhook-signature", signatures(&self.secrets, self.event, at, &body))
                    .body(body);
                match request.send().await {
                    // What else it has to say is not read.
                    Ok(answer) => {
                        asked = pause(answer.headers());
                        answered(answer.status().as_u16())
                    }
                    Err(error) => {
                        (WebhookOutcome::Silence, Some(why_silent(&error, settings.timeout)))
                    }
                }
            }
            // It may have been taken when more was allowed.
            Err(error) => (WebhookOutcome::Silence, Some(why_refused(&error))),
        };
        let status = match outcome {
            WebhookOutcome::Answered(status) => Some(status),
            WebhookOutcome::Silence => None,
        };
        let milliseconds = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
        let delivery = Delivery {
            event: self.event,
            sequence: self.sequence,
            kind: self.kind.clone(),
            at,
            status,
            why,
            milliseconds,
        };
        Ok(Sent { outcome, asked, delivery })
    }
}

fn answered(status: u16) -> (WebhookOutcome, Option<String>) {
    let outcome = WebhookOutcome::Answered(status);
    (outcome, (!outcome.is_delivered()).then(|| format!("it answered {status}")))
}

/// In seconds; who names a moment instead is not understood, and waits no longer than others.
fn pause(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn why_refused(error: &UrlError) -> String {
    error.to_string()
}

/// Without the URL, which may hold a secret.
fn why_silent(error: &reqwest::Error, timeout: Duration) -> String {
    if let Some(refused) = refusal(error) {
        return refused.to_string();
    }
    if error.is_timeout() {
        return format!("there was no answer within {} s", timeout.as_secs_f64());
    }
    let mut innermost = error.source();
    while let Some(source) = innermost.and_then(std::error::Error::source) {
        innermost = Some(source);
    }
    match innermost {
        Some(source) if error.is_connect() => format!("there was no connection: {source}"),
        Some(source) => format!("the connection broke: {source}"),
        None => "the connection broke".to_owned(),
    }
}

/// The secrets that sign: the one in force, and for a while the one before.
pub(super) fn secrets(
    control: &Control,
    id: Uuid,
    sealed: &[u8],
    former: Option<&[u8]>,
) -> Result<Vec<Secret>, WebhookError> {
    let sealed = [Some(sealed), former].into_iter().flatten();
    Ok(sealed.map(|it| control.key.open(SECRET, id, it)).collect::<Result<_, _>>()?)
}

/// Writes it down beside the last ones.
pub(super) async fn note(
    txn: &cloison_catalog::Transaction<'_>,
    endpoint: Uuid,
    sent: &Delivery,
) -> Result<(), WebhookError> {
    queries::webhook_delivery_insert()
        .bind(
            txn,
            &sent.event,
            &sent.sequence,
            &sent.kind.as_str(),
            &sent.status.map(i32::from),
            &sent.why.as_deref(),
            &i32::try_from(sent.milliseconds).unwrap_or(i32::MAX),
            &endpoint,
        )
        .await?;
    queries::webhook_deliveries_forget().bind(txn, &endpoint, &DELIVERIES_KEPT).await?;
    Ok(())
}

/// Sends `webhook.test` once, whether the endpoint is enabled or not, and answers what came of it.
pub async fn try_out(control: &Control, call: &Call, id: Uuid) -> Result<Delivery, WebhookError> {
    let row = {
        let client = control.catalog.client().await?;
        queries::webhook_secrets().bind(&client, &id).opt().await?
    };
    let row = row.ok_or(WebhookError::NoEndpoint)?;
    let message = Message {
        endpoint: id,
        url: row.url,
        secrets: secrets(control, id, &row.secret_sealed, row.former_secret_sealed.as_deref())?,
        event: Uuid::now_v7(),
        sequence: None,
        kind: TEST.to_owned(),
        at: Timestamp::now(),
        data: json!({ "webhook": id.to_string() }),
    };
    let sent = message.send(control).await?.delivery;
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    // Sent again, it is another one.
    let call = Call { actor: call.actor.clone(), key: None };
    let kept = call::keep(&txn, &call, id).await?;
    note(&txn, id, &sent).await?;
    kept.record(&txn, "webhook.test", &id.to_string(), &json!({ "status": sent.status })).await?;
    txn.commit().await?;
    Ok(sent)
}
