//! What to offer when a room is taken: the same time in another room, or the same room at the nearest free
//! times. Pure: the caller says what is busy and when the studio is open.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Span;

/// Offers start on this grid, as the calendar does. Every time zone's offset is a multiple of it.
pub const GRID: SignedDuration = SignedDuration::from_mins(15);
/// More than three other rooms is a list to read, not an answer to give on the phone.
const OTHER_ROOMS_MAX: usize = 3;
/// How far around the wanted time an offer is still an alternative.
pub const REACH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Something that has to be free for a booking, and the time that it needs before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    pub resource: Uuid,
    pub setup: SignedDuration,
    pub teardown: SignedDuration,
}

/// A resource that is not free, buffers included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    pub resource: Uuid,
    pub span: Span,
}

/// What was asked for: a room, and the people and things that have to come along.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    pub room: Uuid,
    pub span: Span,
    pub rooms: &'a [Need],
    pub crew: &'a [Need],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub room: Uuid,
    pub span: Span,
}

/// The best offers first: other rooms at the wanted time, then the wanted room just after it, then just before.
/// Everything offered is free; what is offered at another time is in the future and within `opening`.
pub fn alternatives(
    now: Timestamp,
    wanted: &Wanted<'_>,
    busy: &[Busy],
    opening: &[Span],
) -> Vec<Alternative> {
    let mut offers: Vec<Alternative> = wanted
        .rooms
        .iter()
        .filter(|room| room.resource != wanted.room)
        .filter(|room| is_free(room, wanted.crew, busy, wanted.span))
        .map(|room| Alternative { room: room.resource, span: wanted.span })
        .take(OTHER_ROOMS_MAX)
        .collect();

    if let Some(room) = wanted.rooms.iter().find(|room| room.resource == wanted.room) {
        let fits = |span: Span| {
            span.start() >= now
                && span.start() != wanted.span.start()
                && opening.iter().any(|open| open.contains(span))
                && is_free(room, wanted.crew, busy, span)
        };
        let steps = REACH.as_secs() / GRID.as_secs();
        let offer = |step: i64| grid_span(wanted.span, step).filter(|span| fits(*span));
        let after = (0..=steps).find_map(offer);
        let before = (1..=steps).map(|step| -step).find_map(offer);
        offers.extend(
            [after, before]
                .into_iter()
                .flatten()
                .map(|span| Alternative { room: room.resource, span }),
        );
    }
    offers
}

/// The wanted length at the grid line that is `step` lines after the wanted start; line 0 is the first that
/// is not before it.
fn grid_span(wanted: Span, step: i64) -> Option<Span> {
    let grid = GRID.as_secs();
    let start = wanted.start().as_second();
    let first = start.div_euclid(grid) + i64::from(start.rem_euclid(grid) > 0);
    wanted.starting_at(Timestamp::from_second((first + step) * grid).ok()?)
}

fn is_free(room: &Need, crew: &[Need], busy: &[Busy], span: Span) -> bool {
    std::iter::once(room).chain(crew).all(|need| {
        span.widened(need.setup, need.teardown).is_some_and(|needed| {
            !busy.iter().any(|busy| busy.resource == need.resource && busy.span.overlaps(needed))
        })
    })
}

#[cfg(test)]
mod tests;
