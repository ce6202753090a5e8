//! The answer to a form that is still being filled in: would it work, what would it cost, what else is free.
//! It writes nothing and locks nothing, so it promises nothing either: booking looks again.

use cloison_studio_queries::client::GenericClient;
use jiff::Timestamp;
use uuid::Uuid;

use super::error::{BookingError, Conflict, FreePlace};
use super::place::{Claim, Ground, Verdict, judge};
use super::price::price_cents;
use super::{Firmness, Place};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub outlook: Outlook,
    pub price_cents: i64,
    /// Everything that is there already, also what does not stand in the way (the holds before ours).
    pub conflicts: Vec<Conflict>,
    /// Empty unless the place is taken.
    pub free: Vec<FreePlace>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    Free,
    /// A hold would get this rank.
    HoldRank(i16),
    Taken,
    TooManyHolds,
}

/// `session` is the one being edited, which is not in its own way. Bounds that are broken are
/// [`BookingError::Invalid`], as they will be when booking.
pub async fn preview<C: GenericClient>(
    client: &C,
    now: Timestamp,
    place: &Place,
    firmness: Firmness,
    session: Option<Uuid>,
) -> Result<Preview, BookingError> {
    let span = place.span(now).map_err(BookingError::Invalid)?;
    let ground = Ground::read(client, place, span).await?;
    let conflicts = ground.conflicts(client, now, session).await?;

    let claim = match firmness {
        Firmness::Confirmed | Firmness::PendingDeposit { .. } => Claim::Firm,
        Firmness::Hold { .. } => Claim::Hold,
    };
    let outlook = match judge(claim, &conflicts) {
        Verdict::Free { hold_rank: None } => Outlook::Free,
        Verdict::Free { hold_rank: Some(rank) } => Outlook::HoldRank(rank),
        Verdict::Taken => Outlook::Taken,
        Verdict::QueueFull => Outlook::TooManyHolds,
    };
    let free = match outlook {
        Outlook::Taken | Outlook::TooManyHolds => ground.free_places(client, now, session).await?,
        Outlook::Free | Outlook::HoldRank(_) => Vec::new(),
    };
    let price_cents = price_cents(ground.room.hourly_rate_cents, span.duration());
    Ok(Preview { outlook, price_cents, conflicts, free })
}
