//! `/v1/events`: what became of tenants, for who asks.

use axum::extract::State;
use cloison_api::{Code, Event, EventPage};
use cloison_control::events::{self, EventsOf, LoggedEvent};
use cloison_model::EventType;
use serde::Deserialize;

use super::pages::PAGE;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

#[derive(Deserialize)]
pub(super) struct Listing {
    #[serde(default)]
    after: i64,
    limit: Option<i64>,
    tenant: Option<String>,
    #[serde(rename = "type")]
    types: Option<String>,
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<EventPage>, ApiError> {
    let limit = listing.limit.unwrap_or(PAGE);
    if !(1..=PAGE).contains(&limit) {
        let words = format!("A page has 1 to {PAGE} events.");
        return Err(ApiError::new(Code::InvalidField, words).of_field("limit", "range"));
    }
    let types =
        listing.types.as_deref().map(|it| parse_types("type", it.split(','))).transpose()?;
    let client = platform.control.catalog.client().await?;
    let of = EventsOf { after: listing.after, tenant: listing.tenant.as_deref(), types, limit };
    let page = events::page(&client, &of).await?;
    Ok(Json(EventPage {
        items: page.events.into_iter().map(shown).collect(),
        next: page.next,
        newest: page.newest,
    }))
}

/// A name that there is none of would never come.
pub(super) fn parse_types<'a>(
    field: &str,
    words: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<EventType>, ApiError> {
    let parse = |word: &str| {
        word.trim().parse().map_err(|_unknown| {
            let all: Vec<_> = EventType::ALL.iter().map(|it| it.as_str()).collect();
            let words = format!(
                "There are no events '{}'. There are: {}.",
                word.escape_debug(),
                all.join(", ")
            );
            ApiError::new(Code::InvalidField, words).of_field(field, "known")
        })
    };
    words.into_iter().map(parse).collect()
}

fn shown(event: LoggedEvent) -> Event {
    let LoggedEvent { sequence, id, kind, at, data } = event;
    Event { sequence, id, kind, timestamp: at, data }
}
