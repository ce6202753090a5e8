//! `/v1/operations/{id}/events`: an operation as it happens, as server-sent events.
//!
//! Each event of the operation is a `step` with its sequence as id; the last is `end`, with the operation. Whoever was
//! cut off sends the last id it has seen and misses nothing.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use cloison_api::{Operation, OperationEvent};
use cloison_catalog::queries::operations::operation_events;
use cloison_control::operations::Hints;
use cloison_model::OperationId;
use futures_util::stream::{self, Stream};
use http::HeaderMap;

use super::operations::{EVENTS_MAX, operation_fetch, parse_id, shown_event};
use crate::access::Actor;
use crate::error::ApiError;
use crate::platform::Platform;

/// Without a change the stream looks this often; it also keeps proxies from giving up.
const LOOK_EVERY: Duration = Duration::from_secs(5);

pub(super) async fn follow(
    State(platform): State<Platform>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let id = parse_id(&id)?;
    // Refuses what is not there while there is still a status to refuse it with.
    operation_fetch(&platform, &actor, id).await?;
    let last = headers.get("last-event-id").and_then(|it| it.to_str().ok());
    let following = Following {
        after: last.and_then(|it| it.parse().ok()).unwrap_or(0),
        pending: Vec::new(),
        is_over: false,
        hints: Hints::of(&platform.control, id),
        platform,
        actor,
        id,
    };
    let events = stream::unfold(following, async |mut following| {
        let event = following.next().await?;
        Some((Ok(event), following))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

struct Following {
    platform: Platform,
    actor: Actor,
    id: OperationId,
    after: i32,
    /// The newest first.
    pending: Vec<OperationEvent>,
    is_over: bool,
    /// Since before the first look.
    hints: Hints,
}

impl Following {
    /// Nothing after the end, and when the control database is out of reach: the client comes again.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.pending.pop() {
                self.after = event.sequence;
                let named = Event::default().event("step").id(event.sequence.to_string());
                return named.json_data(&event).ok();
            }
            if self.is_over || self.platform.shutdown.is_cancelled() {
                return None;
            }
            // The operation first: what it has said by then is all read after it.
            let operation = operation_fetch(&self.platform, &self.actor, self.id).await.ok()?;
            self.pending = self.unread().await?;
            if self.pending.is_empty() {
                if operation.is_ended() {
                    return self.end(&operation);
                }
                tokio::select! {
                    () = self.hints.next(LOOK_EVERY) => {}
                    () = self.platform.shutdown.cancelled() => return None,
                }
            }
        }
    }

    async fn unread(&self) -> Option<Vec<OperationEvent>> {
        let client = self.platform.control.catalog.client().await.ok()?;
        let rows = operation_events()
            .bind(&client, &self.id.0, &self.after, &EVENTS_MAX)
            .all()
            .await
            .ok()?;
        Some(rows.into_iter().rev().map(shown_event).collect())
    }

    fn end(&mut self, operation: &Operation) -> Option<Event> {
        self.is_over = true;
        Event::default().event("end").json_data(operation).ok()
    }
}
