//! The calendar's read model: everything that touches a stretch of time, in one query. Laying it out in
//! columns is the page's business.

use cloison_studio_queries::client::GenericClient;
use cloison_studio_queries::queries::calendar as rows;
use jiff::Timestamp;
use uuid::Uuid;

use super::error::BookingError;
use super::{SessionStatus, Span};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    pub allocation: Uuid,
    pub room: Uuid,
    pub room_name: String,
    /// An index into the eight room colours.
    pub room_colour: i16,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// With set-up and tear-down.
    pub busy_from: Timestamp,
    pub busy_to: Timestamp,
    pub what: Occupant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occupant {
    Session(CalendarSession),
    /// Out of order, or kept free, for this reason.
    Block {
        label: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSession {
    pub id: Uuid,
    pub version: i32,
    pub title: String,
    /// A hold or pending deposit whose time is up is EXPIRED here, whether or not anyone has written it yet.
    pub status: SessionStatus,
    pub client: Option<Uuid>,
    pub client_name: Option<String>,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<Timestamp>,
    /// The names of the people on it, joined by commas.
    pub crew: Option<String>,
}

/// Whether sessions that are cancelled or expired are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    Hide,
    Show,
}

/// Everything in `span`, of one room or of all, in the order of rooms and then of time.
pub async fn week<C: GenericClient>(
    client: &C,
    now: Timestamp,
    span: Span,
    room: Option<Uuid>,
    cancelled: Cancelled,
) -> Result<Vec<CalendarEntry>, BookingError> {
    let with_cancelled = match cancelled {
        Cancelled::Hide => false,
        Cancelled::Show => true,
    };
    rows::calendar_entries()
        .bind(client, &now, &span.start(), &span.end(), &room, &with_cancelled)
        .all()
        .await?
        .into_iter()
        .map(CalendarEntry::try_from)
        .collect()
}

impl TryFrom<rows::CalendarEntry> for CalendarEntry {
    type Error = BookingError;

    fn try_from(row: rows::CalendarEntry) -> Result<Self, BookingError> {
        let what = match (row.session_id, row.version, row.title, row.status) {
            (Some(id), Some(version), Some(title), Some(status)) => {
                Occupant::Session(CalendarSession {
                    id,
                    version,
                    title,
                    status: status.parse()?,
                    client: row.client_id,
                    client_name: row.client_name,
                    hold_rank: row.hold_rank,
                    hold_expires_at: row.hold_expires_at,
                    crew: row.crew,
                })
            }
            _ => Occupant::Block { label: row.label.unwrap_or_default() },
        };
        Ok(Self {
            allocation: row.allocation_id,
            room: row.room_id,
            room_name: row.room_name,
            room_colour: row.room_colour,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            busy_from: row.busy_from,
            busy_to: row.busy_to,
            what,
        })
    }
}
