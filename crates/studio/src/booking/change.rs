//! The changes themselves, each inside a transaction that the caller owns, begins and commits. The order is
//! always the same: lock the resources, lock the session, look, judge, write.

use cloison_studio_queries::client::GenericClient;
use cloison_studio_queries::queries::{allocations, sessions};
use jiff::Timestamp;
use uuid::Uuid;

use super::error::{BookingError, Unknown};
use super::place::{Claim, Ground};
use super::request::{
    CancelSession, ConfirmSession, Details, EditSession, Firmness, MoveSession, NewBooking, Place,
};
use super::status::SessionStatus;
use super::{Problem, request};

/// What a session is after a change. `version` is what the next change has to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    pub session: Uuid,
    pub version: i32,
    pub status: SessionStatus,
    pub hold_rank: Option<i16>,
}

#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    Book(&'a NewBooking),
    Edit(&'a EditSession),
    Move(&'a MoveSession),
    Confirm(&'a ConfirmSession),
    Cancel(&'a CancelSession),
}

/// Makes the change on `txn` and leaves the commit to the caller. After an error the transaction is of no
/// more use.
pub async fn apply<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    change: Change<'_>,
) -> Result<Booked, BookingError> {
    let done = match change {
        Change::Book(booking) => book(txn, now, booking).await,
        Change::Edit(edit) => edit_session(txn, now, edit).await,
        Change::Move(drag) => move_session(txn, now, drag).await,
        Change::Confirm(confirm) => confirm_session(txn, now, confirm).await,
        Change::Cancel(cancel) => cancel_session(txn, now, cancel).await,
    };
    done.map_err(BookingError::named)
}

async fn book<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    booking: &NewBooking,
) -> Result<Booked, BookingError> {
    let problems = [booking.details.problems(), booking.firmness.problems(now)].concat();
    let span = request::all_bounds(booking.place.span(now), problems)?;
    let ground = Ground::read(txn, &booking.place, span).await?;
    ground.lock(txn, now, &[]).await?;

    let claim = match booking.firmness {
        Firmness::Confirmed | Firmness::PendingDeposit { .. } => Claim::Firm,
        Firmness::Hold { .. } => Claim::Hold,
    };
    let hold_rank = ground.claim(txn, now, claim, None).await?;
    let (status, expires_at, deposit_cents) = match booking.firmness {
        Firmness::Confirmed => (SessionStatus::Confirmed, None, 0),
        Firmness::Hold { expires_at } => (SessionStatus::Hold, Some(expires_at), 0),
        Firmness::PendingDeposit { deposit_cents, expires_at } => {
            (SessionStatus::PendingDeposit, Some(expires_at), deposit_cents)
        }
    };

    let session = sessions::session_insert()
        .bind(
            txn,
            &booking.details.client,
            &booking.details.title.trim(),
            &booking.details.notes.as_str(),
            &status.as_str(),
            &span.start(),
            &span.end(),
            &hold_rank,
            &expires_at,
            &ground.room.hourly_rate_cents,
            &deposit_cents,
            &booking.booked_by,
            &now,
        )
        .one()
        .await?;
    allocate(txn, session, &ground, &ground.resource_ids()).await?;
    Ok(Booked { session, version: 1, status, hold_rank })
}

async fn edit_session<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    edit: &EditSession,
) -> Result<Booked, BookingError> {
    let span = request::all_bounds(edit.place.span(now), edit.details.problems())?;
    let ground = Ground::read(txn, &edit.place, span).await?;
    let held = resources_of(txn, edit.session).await?;
    ground.lock(txn, now, &held).await?;
    let was = Locked::fetch(txn, now, edit.session, edit.version).await?;

    let moved = was.place_differs(&ground);
    match was.status {
        SessionStatus::Cancelled | SessionStatus::Expired => {
            return Err(BookingError::Closed { status: was.status });
        }
        status if moved && !status.can_change() => return Err(BookingError::Closed { status }),
        _ => {}
    }
    let hold_rank = if moved { place(txn, now, &was, &ground).await? } else { was.row.hold_rank };
    let version = write_details(txn, edit.session, &edit.details).await?;
    Ok(Booked { session: edit.session, version, status: was.status, hold_rank })
}

async fn move_session<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    drag: &MoveSession,
) -> Result<Booked, BookingError> {
    let span =
        request::bounded_span(now, drag.starts_at, drag.ends_at).map_err(BookingError::Invalid)?;
    let detail = sessions::session_get()
        .bind(txn, &drag.session)
        .opt()
        .await?
        .ok_or(BookingError::Unknown(Unknown::Session))?;
    let held = resources_of(txn, drag.session).await?;
    let crew: Vec<Uuid> = held.iter().copied().filter(|id| Some(*id) != detail.room_id).collect();
    let target = Place { room: drag.room, starts_at: drag.starts_at, ends_at: drag.ends_at, crew };
    let ground = Ground::read(txn, &target, span).await?;
    ground.lock(txn, now, &held).await?;
    let was = Locked::fetch(txn, now, drag.session, drag.version).await?;

    if !was.status.can_change() {
        return Err(BookingError::Closed { status: was.status });
    }
    if !was.place_differs(&ground) {
        return Ok(Booked {
            session: drag.session,
            version: was.row.version,
            status: was.status,
            hold_rank: was.row.hold_rank,
        });
    }
    let hold_rank = place(txn, now, &was, &ground).await?;
    Ok(Booked {
        session: drag.session,
        version: was.row.version + 1,
        status: was.status,
        hold_rank,
    })
}

async fn confirm_session<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    confirm: &ConfirmSession,
) -> Result<Booked, BookingError> {
    let detail = sessions::session_get()
        .bind(txn, &confirm.session)
        .opt()
        .await?
        .ok_or(BookingError::Unknown(Unknown::Session))?;
    let held = resources_of(txn, confirm.session).await?;
    let room = detail.room_id.ok_or(BookingError::Unknown(Unknown::Room))?;
    let crew = held.iter().copied().filter(|id| *id != room).collect();
    let target = Place { room, starts_at: detail.starts_at, ends_at: detail.ends_at, crew };
    let span = target.span(now).map_err(BookingError::Invalid)?;
    let ground = Ground::read(txn, &target, span).await?;
    ground.lock(txn, now, &held).await?;
    let was = Locked::fetch(txn, now, confirm.session, confirm.version).await?;

    if !was.status.can_confirm() {
        return Err(BookingError::Closed { status: was.status });
    }
    let claim = match was.row.hold_rank {
        Some(rank) => Claim::Promotion { rank },
        None => Claim::Firm,
    };
    // A pending deposit is in the firm lane already; the holds behind it have no say.
    if was.status != SessionStatus::PendingDeposit {
        ground.claim(txn, now, claim, Some(confirm.session)).await?;
    }
    let status = SessionStatus::Confirmed;
    let version = sessions::session_set_status()
        .bind(txn, &status.as_str(), &None, &None, &confirm.session)
        .one()
        .await?;
    Ok(Booked { session: confirm.session, version, status, hold_rank: None })
}

async fn cancel_session<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    cancel: &CancelSession,
) -> Result<Booked, BookingError> {
    let problems: Vec<Problem> = cancel.problems();
    if !problems.is_empty() {
        return Err(BookingError::Invalid(problems));
    }
    let was = Locked::fetch(txn, now, cancel.session, cancel.version).await?;
    if !was.status.can_cancel() {
        return Err(BookingError::Closed { status: was.status });
    }
    let version = sessions::session_cancel()
        .bind(txn, &now, &cancel.cancelled_by, &cancel.reason.trim(), &cancel.session)
        .one()
        .await?;
    let status = SessionStatus::Cancelled;
    Ok(Booked { session: cancel.session, version, status, hold_rank: None })
}

/// A session whose row nobody else can change until the transaction ends, at the version that was asked for.
struct Locked {
    id: Uuid,
    status: SessionStatus,
    row: sessions::SessionLock,
}

impl Locked {
    async fn fetch<C: GenericClient>(
        txn: &C,
        now: Timestamp,
        session: Uuid,
        version: i32,
    ) -> Result<Self, BookingError> {
        let row = sessions::session_lock()
            .bind(txn, &session)
            .opt()
            .await?
            .ok_or(BookingError::Unknown(Unknown::Session))?;
        if row.version != version {
            return Err(BookingError::ChangedMeanwhile { current: row.version });
        }
        let status = row.status.parse::<SessionStatus>()?.at(now, row.hold_expires_at);
        Ok(Self { id: session, status, row })
    }

    fn place_differs(&self, ground: &Ground) -> bool {
        self.row.room_id != Some(ground.room.id)
            || (self.row.starts_at, self.row.ends_at) != (ground.span.start(), ground.span.end())
            || self.row.resource_ids != ground.resource_ids()
    }
}

/// Puts a locked session on new ground: judges it first, then moves what stays, frees what goes and takes
/// what is new.
async fn place<C: GenericClient>(
    txn: &C,
    now: Timestamp,
    was: &Locked,
    ground: &Ground,
) -> Result<Option<i16>, BookingError> {
    let claim = match was.status {
        SessionStatus::Hold => Claim::Hold,
        SessionStatus::Inquiry
        | SessionStatus::PendingDeposit
        | SessionStatus::Confirmed
        | SessionStatus::InProgress
        | SessionStatus::Completed
        | SessionStatus::Cancelled
        | SessionStatus::NoShow
        | SessionStatus::Expired => Claim::Firm,
    };
    let hold_rank = ground.claim(txn, now, claim, Some(was.id)).await?;

    let wanted = ground.resource_ids();
    let room_from = was.row.room_id.unwrap_or(ground.room.id);
    let kept = |id: &Uuid| wanted.contains(id) || *id == room_from;
    let gone: Vec<Uuid> = was.row.resource_ids.iter().copied().filter(|id| !kept(id)).collect();
    let new: Vec<Uuid> = ground
        .crew_ids()
        .into_iter()
        .filter(|id| !was.row.resource_ids.contains(id))
        .chain(was.row.room_id.is_none().then_some(ground.room.id))
        .collect();
    // A session keeps the rate it was booked at, unless it goes to another room.
    let rate_cents = if was.row.room_id == Some(ground.room.id) {
        was.row.hourly_rate_cents
    } else {
        ground.room.hourly_rate_cents
    };

    let (start, end) = (ground.span.start(), ground.span.end());
    allocations::allocations_delete().bind(txn, &was.id, &gone).await?;
    sessions::session_set_span()
        .bind(txn, &start, &end, &hold_rank, &rate_cents, &was.id)
        .one()
        .await?;
    allocations::allocations_move()
        .bind(txn, &start, &end, &was.id, &room_from, &ground.room.id)
        .await?;
    allocate(txn, was.id, ground, &new).await?;
    Ok(hold_rank)
}

async fn allocate<C: GenericClient>(
    txn: &C,
    session: Uuid,
    ground: &Ground,
    resources: &Vec<Uuid>,
) -> Result<(), BookingError> {
    let (start, end) = (ground.span.start(), ground.span.end());
    let written =
        allocations::allocations_insert().bind(txn, &session, &start, &end, resources).await?;
    // The statement leaves out what has been archived: someone chose a person who has left.
    if usize::try_from(written) == Ok(resources.len()) {
        Ok(())
    } else {
        Err(BookingError::Unknown(Unknown::Crew))
    }
}

async fn write_details<C: GenericClient>(
    txn: &C,
    session: Uuid,
    details: &Details,
) -> Result<i32, BookingError> {
    let version = sessions::session_edit()
        .bind(txn, &details.client, &details.title.trim(), &details.notes.as_str(), &session)
        .one()
        .await?;
    Ok(version)
}

async fn resources_of<C: GenericClient>(txn: &C, session: Uuid) -> Result<Vec<Uuid>, BookingError> {
    Ok(sessions::session_resources().bind(txn, &session).all().await?)
}
