//! Delivering: each endpoint gets its events in order, one request at a time, from one process at a time.
//!
//! A claim is a token and a time, as for operations. Nothing is held in the control database while a request is under way; what came of it
//! is written under the token, so whoever was overtaken changes nothing. A process that dies after the request and before that
//! leaves the event to another, which sends it again under the same id.

use std::time::Duration;

use cloison_catalog::Client;
use cloison_catalog::queries::events::event_last;
use cloison_catalog::queries::webhooks::{self as queries, Due};
use cloison_model::{WEBHOOK_ENDPOINTS_MAX, WebhookNext, webhook_next};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::WebhookError;
use super::send::{Message, Sent, note, secrets};
use crate::control::Control;
use crate::events::with_tenant;
use crate::listening::keep_listening;
use crate::master_key::random_bytes;

/// For what was not heard of, and for what is tried again.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Beside a request's own time: for writing down what came of it.
const LEASE_SLACK: Duration = Duration::from_secs(15);

/// One endpoint, as long as this process has it.
#[derive(Clone, Copy)]
struct Claim {
    endpoint: Uuid,
    token: i64,
    lease_seconds: f64,
}

/// Until shutdown. What is under way then is cut off and let go, and sent again by whoever comes next.
pub(crate) async fn deliver(control: Control, shutdown: CancellationToken) {
    control.tracker.spawn(listen(control.clone(), shutdown.clone()));
    let mut under_way = FuturesUnordered::new();
    let mut told = false;
    loop {
        match claim(&control).await {
            Ok(claims) => {
                told = false;
                let (control, shutdown) = (&control, &shutdown);
                let served = |it| async move { (it, serve(control, it, shutdown).await) };
                under_way.extend(claims.into_iter().map(served));
            }
            Err(error) => tell(&mut told, &error),
        }
        tokio::select! {
            () = control.webhooks.wanted.notified() => {}
            () = sleep(LOOK_EVERY) => {}
            // What it was claimed for may not have been all.
            Some((claim, served)) = under_way.next() => ended(claim, served),
            () = shutdown.cancelled() => break,
        }
    }
    while let Some((claim, served)) = under_way.next().await {
        ended(claim, served);
    }
}

fn ended(claim: Claim, served: Result<usize, WebhookError>) {
    if let Err(error) = served {
        let id = claim.endpoint;
        // Its lease runs out.
        tracing::warn!("webhook {id} is left for later: {:#}", anyhow::Error::from(error));
    }
}

/// Once for an outage, not for each look.
fn tell(told: &mut bool, error: &WebhookError) {
    if !std::mem::replace(told, true) {
        tracing::warn!("cannot look for webhooks to send, and will try again: {error}");
    }
}

async fn listen(control: Control, shutdown: CancellationToken) {
    let wake = |_written| control.webhooks.wanted.notify_one();
    keep_listening(|| control.catalog.event_listen(), wake, &shutdown).await;
}

/// One look: all that is due, each endpoint until it has everything or fails. Answers how many events were delivered.
pub async fn deliver_due(control: &Control) -> Result<usize, WebhookError> {
    let claims = claim(control).await?;
    let never = CancellationToken::new();
    let mut under_way: FuturesUnordered<_> =
        claims.into_iter().map(|it| serve(control, it, &never)).collect();
    let mut delivered = 0;
    while let Some(served) = under_way.next().await {
        delivered += served?;
    }
    Ok(delivered)
}

async fn claim(control: &Control) -> Result<Vec<Claim>, WebhookError> {
    let lease_seconds = (control.webhooks.settings().timeout + LEASE_SLACK).as_secs_f64();
    let token = i64::from_ne_bytes(random_bytes());
    let client = control.catalog.client().await?;
    let ids = queries::webhooks_claim()
        .bind(&client, &WEBHOOK_ENDPOINTS_MAX, &token, &lease_seconds)
        .all()
        .await?;
    Ok(ids.into_iter().map(|endpoint| Claim { endpoint, token, lease_seconds }).collect())
}

/// One event after the other, until there is none, or one fails, or the endpoint is somebody else's, or shutdown.
async fn serve(
    control: &Control,
    claim: Claim,
    shutdown: &CancellationToken,
) -> Result<usize, WebhookError> {
    let mut delivered = 0;
    loop {
        let client = control.catalog.client().await?;
        // First: what is written between the two is found by the second.
        let newest = event_last().bind(&client).one().await?;
        let Claim { endpoint, token, .. } = claim;
        let Some(due) = queries::webhook_due().bind(&client, &endpoint, &token).opt().await? else {
            return Ok(delivered);
        };
        let (before, failures, since) = (due.cursor, due.failures, due.failing_since);
        let Some(message) = message(control, endpoint, due)? else {
            rest(&client, claim, before, newest).await?;
            return Ok(delivered);
        };
        drop(client);
        let Some(sent) = shutdown.run_until_cancelled(message.send(control)).await else {
            rest(&control.catalog.client().await?, claim, before, before).await?;
            return Ok(delivered);
        };
        let sent = sent?;
        let failing = Failing { failures: u32::try_from(failures).unwrap_or_default(), since };
        let next = failing.next(&sent);
        if !write(control, claim, before, &sent, next).await? || next != WebhookNext::Delivered {
            return Ok(delivered);
        }
        delivered += 1;
    }
}

/// What came of the event before this request.
struct Failing {
    failures: u32,
    since: Option<Timestamp>,
}

impl Failing {
    fn next(&self, sent: &Sent) -> WebhookNext {
        let seconds = self.since.map_or(0, |it| sent.delivery.at.duration_since(it).as_secs());
        let dice = u64::from_ne_bytes(random_bytes());
        webhook_next(sent.outcome, sent.asked, self.failures, seconds, dice)
    }
}

/// Nothing if there is no event for it.
fn message(control: &Control, endpoint: Uuid, due: Due) -> Result<Option<Message>, WebhookError> {
    let (Some(sequence), Some(event), Some(kind), Some(at), Some(data)) =
        (due.sequence, due.event_id, due.r#type, due.at, due.data)
    else {
        return Ok(None);
    };
    let former = due.former_secret_sealed.as_deref();
    Ok(Some(Message {
        endpoint,
        url: due.url,
        secrets: secrets(control, endpoint, &due.secret_sealed, former)?,
        event,
        sequence: Some(sequence),
        kind,
        at,
        data: with_tenant(data, due.organization_id, due.subdomain.as_deref()),
    }))
}

/// Lets go of it: there is nothing for it up to `seen`, which need not be looked at again.
async fn rest(client: &Client, claim: Claim, before: i64, seen: i64) -> Result<(), WebhookError> {
    queries::webhook_rest().bind(client, &before, &seen, &claim.endpoint, &claim.token).await?;
    Ok(())
}

/// Answers whether the endpoint is still this process's.
async fn write(
    control: &Control,
    claim: Claim,
    before: i64,
    sent: &Sent,
    next: WebhookNext,
) -> Result<bool, WebhookError> {
    let Claim { endpoint, token, lease_seconds } = claim;
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let held = match next {
        WebhookNext::Delivered => {
            let sequence = sent.delivery.sequence.unwrap_or(before);
            queries::webhook_delivered()
                .bind(&txn, &before, &sequence, &lease_seconds, &endpoint, &token)
                .await?
        }
        WebhookNext::Again(wait) => {
            queries::webhook_failed()
                .bind(&txn, &before, &wait.as_secs_f64(), &endpoint, &token)
                .await?
        }
        WebhookNext::Disable(why) => {
            queries::webhook_give_up().bind(&txn, &why, &endpoint, &token).await?
        }
    };
    if held > 0 {
        note(&txn, endpoint, &sent.delivery).await?;
    }
    txn.commit().await?;
    if let (WebhookNext::Disable(why), true) = (next, held > 0) {
        tracing::warn!(webhook = %endpoint, "webhook {endpoint} is disabled: {why}");
    }
    Ok(held > 0)
}
