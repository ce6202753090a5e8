//! Booking the studio: what may be asked, whether it can be had, and the change itself. The database has the
//! last word (`allocations_no_double_booking`); this makes it a word that a person understands. Pages, prices
//! beyond the hour, series and challenges between holds are not here.

pub mod alternatives;
mod calendar;
mod change;
mod error;
pub mod local_time;
mod opening;
mod place;
mod preview;
mod price;
mod request;
mod span;
mod status;

pub use alternatives::{Alternative, Busy, Need, Wanted, alternatives};
pub use calendar::{CalendarEntry, CalendarSession, Cancelled, Occupant, week};
pub use change::{Booked, Change, apply};
pub use error::{BookingError, Conflict, FreePlace, ResourceKind, Unknown};
pub use local_time::{TimeProblem, Which};
pub use opening::{OpeningRule, open_times};
pub use preview::{Outlook, Preview, preview};
pub use price::price_cents;
pub use request::{
    CREW_MAX, CancelSession, ConfirmSession, DEPOSIT_CENTS_MAX, DURATION_MAX, DURATION_MIN,
    Details, EditSession, FUTURE_MAX, Firmness, HOLD_MAX, MoveSession, NOTES_CHARS_MAX, NewBooking,
    PAST_MAX, Place, Problem, REASON_CHARS_MAX, TITLE_CHARS_MAX, bounded_span,
};
pub use span::Span;
pub use status::{SessionStatus, UnknownStatus};

use jiff::Timestamp;

use crate::db::Db;

/// A deadlock, or somebody who booked beside our lock, is worth one more look; twice in a row it is the
/// database's trouble and not chance.
const ATTEMPTS_MAX: usize = 2;

pub async fn book(
    db: &mut Db,
    now: Timestamp,
    booking: &NewBooking,
) -> Result<Booked, BookingError> {
    change(db, now, Change::Book(booking)).await
}

pub async fn edit(db: &mut Db, now: Timestamp, edit: &EditSession) -> Result<Booked, BookingError> {
    change(db, now, Change::Edit(edit)).await
}

pub async fn move_session(
    db: &mut Db,
    now: Timestamp,
    drag: &MoveSession,
) -> Result<Booked, BookingError> {
    change(db, now, Change::Move(drag)).await
}

/// Makes a hold or a pending deposit firm.
pub async fn confirm(
    db: &mut Db,
    now: Timestamp,
    confirm: &ConfirmSession,
) -> Result<Booked, BookingError> {
    change(db, now, Change::Confirm(confirm)).await
}

pub async fn cancel(
    db: &mut Db,
    now: Timestamp,
    cancel: &CancelSession,
) -> Result<Booked, BookingError> {
    change(db, now, Change::Cancel(cancel)).await
}

/// One transaction for one change. A refusal is rolled back explicitly, so that the connection is as good as new.
async fn change(db: &mut Db, now: Timestamp, change: Change<'_>) -> Result<Booked, BookingError> {
    let mut attempt = 1;
    loop {
        let txn = db.begin().await?;
        match apply(&txn, now, change).await {
            Ok(booked) => {
                txn.commit().await?;
                return Ok(booked);
            }
            Err(error) => {
                txn.rollback().await?;
                if attempt == ATTEMPTS_MAX || !error.is_worth_another_look() {
                    return Err(error);
                }
                attempt += 1;
            }
        }
    }
}
