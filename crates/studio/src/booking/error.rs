//! Why a booking did not happen, by what the person can do about it: choose another time, look at what
//! changed, correct the form. The pages put it into words and local times.

use jiff::Timestamp;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::status::{SessionStatus, UnknownStatus};
use super::{Alternative, Problem};

#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// Somebody or something is there already: take one of `free`, if any.
    #[error("{wanted} is taken")]
    Taken { wanted: String, conflicts: Vec<Conflict>, free: Vec<FreePlace> },
    /// Nine holds wait for this time already.
    #[error("nine holds wait for this time already")]
    TooManyHolds,
    /// Somebody else changed it since the person looked; show what it is now.
    #[error("the session was changed meanwhile (version {current})")]
    ChangedMeanwhile { current: i32 },
    /// The session is past changing.
    #[error("a session that is {status} cannot be changed")]
    Closed { status: SessionStatus },
    /// What the request names does not exist (any more).
    #[error("unknown {0}")]
    Unknown(Unknown),
    /// The form is wrong; every field that is.
    #[error("the request breaks {} bounds", .0.len())]
    Invalid(Vec<Problem>),
    /// A status this build does not know: the schema is ahead of the program.
    #[error(transparent)]
    Schema(#[from] UnknownStatus),
    #[error("ask the database")]
    Database(#[from] tokio_postgres::Error),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Session,
    Room,
    Crew,
    Client,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Session => "session",
            Self::Room => "room",
            Self::Crew => "person or equipment",
            Self::Client => "client",
        })
    }
}

/// What stands in the way. `starts_at` and `ends_at` are its own times, without buffers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The room, person or thing that is taken, by name.
    pub resource: String,
    pub kind: ResourceKind,
    pub session: Option<Uuid>,
    /// The session's title, or what the room is blocked for.
    pub title: String,
    pub client: Option<String>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// The same with set-up and tear-down: the time that is really gone.
    pub busy_from: Timestamp,
    pub busy_to: Timestamp,
    /// A hold's rank; `None` for what is firm.
    pub hold_rank: Option<i16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    Room,
    Staff,
    Equipment,
}

/// An [`Alternative`] with the room's name, ready to be shown and booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreePlace {
    pub room: Uuid,
    pub room_name: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl FreePlace {
    pub(super) fn new(alternative: Alternative, room_name: String) -> Self {
        Self {
            room: alternative.room,
            room_name,
            starts_at: alternative.span.start(),
            ends_at: alternative.span.end(),
        }
    }
}

impl BookingError {
    /// Whether the same attempt can end otherwise: a deadlock or a serialization failure has passed, and
    /// after the exclusion constraint has spoken, the booking beside our lock can be seen and named.
    pub(super) fn is_worth_another_look(&self) -> bool {
        let Self::Database(error) = self else { return false };
        error.code().is_some_and(|code| {
            *code == SqlState::T_R_DEADLOCK_DETECTED
                || *code == SqlState::T_R_SERIALIZATION_FAILURE
                || *code == SqlState::EXCLUSION_VIOLATION
        })
    }

    /// Puts the constraints that a request can break into words of its own.
    pub(super) fn named(self) -> Self {
        match self.constraint() {
            Some("sessions_client_fkey") => Self::Unknown(Unknown::Client),
            Some("allocations_resource_fkey") => Self::Unknown(Unknown::Room),
            _ => self,
        }
    }

    fn constraint(&self) -> Option<&str> {
        let Self::Database(error) = self else { return None };
        error.as_db_error()?.constraint()
    }
}
