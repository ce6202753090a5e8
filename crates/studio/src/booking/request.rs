//! What a person may ask of a session, and the bounds on it. The bounds are checked before the database is
//! asked, all of them at once, so a form shows every problem in one go.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{BookingError, Span};

pub const TITLE_CHARS_MAX: usize = 120;
pub const NOTES_CHARS_MAX: usize = 2_000;
pub const REASON_CHARS_MAX: usize = 500;
/// The shortest thing anyone books is one cell of the grid; the longest, a two-week lockout.
pub const DURATION_MIN: SignedDuration = SignedDuration::from_mins(15);
pub const DURATION_MAX: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Sessions are entered after the fact for the books, and planned ahead for tours; beyond these it is a typing error.
pub const PAST_MAX: SignedDuration = SignedDuration::from_hours(366 * 24);
pub const FUTURE_MAX: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);
pub const CREW_MAX: usize = 20;
pub const HOLD_MAX: SignedDuration = SignedDuration::from_hours(60 * 24);
pub const DEPOSIT_CENTS_MAX: i64 = 1_000_000_000;

/// Where and when, and who has to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub room: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Resources of kind STAFF or EQUIPMENT; a repetition counts once.
    pub crew: Vec<Uuid>,
}

/// For whom and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub client: Option<Uuid>,
    pub title: String,
    pub notes: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    Confirmed,
    /// Firm, but only until `expires_at` unless the deposit comes.
    PendingDeposit {
        deposit_cents: i64,
        expires_at: Timestamp,
    },
    /// Keeps a place in the queue until `expires_at`; its rank is found by the booking.
    Hold {
        expires_at: Timestamp,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBooking {
    pub place: Place,
    pub details: Details,
    pub firmness: Firmness,
    pub booked_by: Option<Uuid>,
}

/// Everything that the session's form holds. `version` is the one that the person saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditSession {
    pub session: Uuid,
    pub version: i32,
    pub place: Place,
    pub details: Details,
}

/// A drag across the calendar: title, client and crew stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveSession {
    pub session: Uuid,
    pub version: i32,
    pub room: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelSession {
    pub session: Uuid,
    pub version: i32,
    pub reason: String,
    pub cancelled_by: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmSession {
    pub session: Uuid,
    pub version: i32,
}

/// A bound that was broken. Each names its field, so the form can put the message there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("the title is empty")]
    TitleEmpty,
    #[error("the title is longer than {TITLE_CHARS_MAX} characters")]
    TitleTooLong,
    #[error("the notes are longer than {NOTES_CHARS_MAX} characters")]
    NotesTooLong,
    #[error("the reason is longer than {REASON_CHARS_MAX} characters")]
    ReasonTooLong,
    #[error("a text holds a character that cannot be stored")]
    NulCharacter,
    #[error("the end is not after the start")]
    EndNotAfterStart,
    #[error("a session lasts 15 minutes at least")]
    TooShort,
    #[error("a session lasts 14 days at most")]
    TooLong,
    #[error("the start is more than a year ago")]
    TooFarBack,
    #[error("the start is more than three years ahead")]
    TooFarAhead,
    #[error("more than {CREW_MAX} people and things on one session")]
    CrewTooLarge,
    #[error("the hold has to end in the future, within 60 days")]
    ExpiryOutOfRange,
    #[error("the deposit is out of range")]
    DepositOutOfRange,
}

impl Place {
    /// `Err` with every bound that is broken.
    pub fn span(&self, now: Timestamp) -> Result<Span, Vec<Problem>> {
        let mut problems = Vec::new();
        if self.crew.len() > CREW_MAX {
            problems.push(Problem::CrewTooLarge);
        }
        match bounded_span(now, self.starts_at, self.ends_at) {
            Ok(span) if problems.is_empty() => Ok(span),
            Ok(_) => Err(problems),
            Err(more) => {
                problems.extend(more);
                Err(problems)
            }
        }
    }
}

/// A span within the bounds on time, or every bound that it breaks.
pub fn bounded_span(
    now: Timestamp,
    start: Timestamp,
    end: Timestamp,
) -> Result<Span, Vec<Problem>> {
    let mut problems = Vec::new();
    if start.duration_since(now) < -PAST_MAX {
        problems.push(Problem::TooFarBack);
    }
    if start.duration_since(now) > FUTURE_MAX {
        problems.push(Problem::TooFarAhead);
    }
    let Some(span) = Span::new(start, end) else {
        problems.push(Problem::EndNotAfterStart);
        return Err(problems);
    };
    if span.duration() < DURATION_MIN {
        problems.push(Problem::TooShort);
    }
    if span.duration() > DURATION_MAX {
        problems.push(Problem::TooLong);
    }
    if problems.is_empty() { Ok(span) } else { Err(problems) }
}

/// The span, if nothing is wrong with it or with the rest of the form.
pub(super) fn all_bounds(
    span: Result<Span, Vec<Problem>>,
    mut others: Vec<Problem>,
) -> Result<Span, BookingError> {
    match span {
        Ok(span) if others.is_empty() => Ok(span),
        Ok(_) => Err(BookingError::Invalid(others)),
        Err(problems) => {
            others.extend(problems);
            Err(BookingError::Invalid(others))
        }
    }
}

impl Details {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        match self.title.trim().chars().count() {
            0 => problems.push(Problem::TitleEmpty),
            1..=TITLE_CHARS_MAX => {}
            _ => problems.push(Problem::TitleTooLong),
        }
        if self.notes.chars().count() > NOTES_CHARS_MAX {
            problems.push(Problem::NotesTooLong);
        }
        if self.title.contains('\0') || self.notes.contains('\0') {
            problems.push(Problem::NulCharacter);
        }
        problems
    }
}

impl Firmness {
    pub fn problems(&self, now: Timestamp) -> Vec<Problem> {
        let expiry = |at: Timestamp| {
            let left = at.duration_since(now);
            (left <= SignedDuration::ZERO || left > HOLD_MAX).then_some(Problem::ExpiryOutOfRange)
        };
        match *self {
            Self::Confirmed => Vec::new(),
            Self::Hold { expires_at } => expiry(expires_at).into_iter().collect(),
            Self::PendingDeposit { deposit_cents, expires_at } => {
                let deposit = (!(1..=DEPOSIT_CENTS_MAX).contains(&deposit_cents))
                    .then_some(Problem::DepositOutOfRange);
                expiry(expires_at).into_iter().chain(deposit).collect()
            }
        }
    }
}

impl CancelSession {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.reason.chars().count() > REASON_CHARS_MAX {
            problems.push(Problem::ReasonTooLong);
        }
        if self.reason.contains('\0') {
            problems.push(Problem::NulCharacter);
        }
        problems
    }
}

#[cfg(test)]
mod tests;
