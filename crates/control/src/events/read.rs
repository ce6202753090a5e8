//! Reading the log, in the words that programs outside know.

use cloison_catalog::GenericClient;
use cloison_catalog::queries::events as queries;
use cloison_model::EventType;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// Which events.
#[derive(Clone, Debug)]
pub struct EventsOf<'a> {
    pub after: i64,
    /// The subdomain.
    pub tenant: Option<&'a str>,
    /// All of them, if there is nothing.
    pub types: Option<Vec<EventType>>,
    pub limit: i64,
}

/// One event, as others are told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    pub sequence: i64,
    pub id: Uuid,
    /// A word: the log may hold those of a newer build.
    pub kind: String,
    pub at: Timestamp,
    /// With the tenant in it, if it is about one.
    pub data: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EventPage {
    pub events: Vec<LoggedEvent>,
    /// Nothing that was asked for lies between the last of them and this one.
    pub next: i64,
    pub newest: i64,
}

pub async fn page(
    client: &impl GenericClient,
    of: &EventsOf<'_>,
) -> Result<EventPage, tokio_postgres::Error> {
    // First: what is written from here on is at most seen too early.
    let newest = queries::event_last().bind(client).one().await?;
    let types = of.types.as_ref().map(|it| it.iter().map(|it| it.as_str()).collect::<Vec<_>>());
    let rows =
        queries::event_page().bind(client, &of.after, &of.tenant, &types, &of.limit).all().await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|it| it >= of.limit);
    let last = rows.last().map_or(of.after, |it| it.sequence);
    let next = if is_full { last } else { newest.max(last) };
    Ok(EventPage { events: rows.into_iter().map(LoggedEvent::from).collect(), next, newest })
}

/// Whom it is about is in the data, for whoever gets no more than that.
pub(crate) fn with_tenant(mut data: Value, id: Option<Uuid>, subdomain: Option<&str>) -> Value {
    if let (Some(id), Some(data)) = (id, data.as_object_mut()) {
        let tenant = json!({ "id": id.to_string(), "subdomain": subdomain });
        data.insert("tenant".to_owned(), tenant);
    }
    data
}

impl From<queries::LoggedEvent> for LoggedEvent {
    fn from(row: queries::LoggedEvent) -> Self {
        let data = with_tenant(row.data, row.organization_id, row.subdomain.as_deref());
        Self { sequence: row.sequence, id: row.id, kind: row.r#type, at: row.at, data }
    }
}
