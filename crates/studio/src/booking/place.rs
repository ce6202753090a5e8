//! Whether a place is free, and for whom. Reading and judging only: what follows from it is written by
//! `change.rs`, in the same transaction and under the same locks.

use cloison_studio_queries::client::GenericClient;
use cloison_studio_queries::queries::allocations::{self, Bookable};
use cloison_studio_queries::queries::{sessions, settings};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::alternatives::{Busy, Need, REACH, Wanted, alternatives};
use super::error::{BookingError, Conflict, FreePlace, ResourceKind, Unknown};
use super::opening::{OpeningRule, open_times};
use super::{Place, Span};

/// Holds on one time queue up to this rank; the table has no tenth lane.
const HOLD_RANK_MAX: i16 = 9;

/// A place that exists: its room and crew are resources of this studio.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) span: Span,
    pub(super) room: Bookable,
    pub(super) crew: Vec<Bookable>,
    rooms: Vec<Bookable>,
}

/// How the place is wanted, which decides what stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Nobody else may be there, not even with a hold.
    Firm,
    /// Behind the holds that are there, but not behind a firm booking.
    Hold,
    /// A hold of this rank becomes firm: holds before it have the first word, those behind it lost.
    Promotion { rank: i16 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Free { hold_rank: Option<i16> },
    Taken,
    QueueFull,
}

pub(super) fn judge(claim: Claim, conflicts: &[Conflict]) -> Verdict {
    let firm = conflicts.iter().any(|conflict| conflict.hold_rank.is_none());
    let ranks = || conflicts.iter().filter_map(|conflict| conflict.hold_rank);
    match claim {
        Claim::Firm if conflicts.is_empty() => Verdict::Free { hold_rank: None },
        Claim::Firm => Verdict::Taken,
        Claim::Hold if firm => Verdict::Taken,
        Claim::Hold => match ranks().max().unwrap_or(0) {
            HOLD_RANK_MAX.. => Verdict::QueueFull,
            last => Verdict::Free { hold_rank: Some(last + 1) },
        },
        Claim::Promotion { rank } if firm || ranks().any(|other| other < rank) => Verdict::Taken,
        Claim::Promotion { .. } => Verdict::Free { hold_rank: None },
    }
}

impl Ground {
    pub(super) async fn read<C: GenericClient>(
        client: &C,
        place: &Place,
        span: Span,
    ) -> Result<Self, BookingError> {
        let found = allocations::bookables().bind(client, &place.crew).all().await?;
        let (rooms, crew): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.kind == "ROOM");
        if !place.crew.iter().all(|id| crew.iter().any(|member| member.id == *id)) {
            return Err(BookingError::Unknown(Unknown::Crew));
        }
        let room = rooms.iter().find(|room| room.id == place.room).cloned();
        let room = room.ok_or(BookingError::Unknown(Unknown::Room))?;
        Ok(Self { span, room, crew, rooms })
    }

    /// The room and the crew, each once, in a stable order.
    pub(super) fn resource_ids(&self) -> Vec<Uuid> {
        let mut ids: Vec<Uuid> =
            std::iter::once(&self.room).chain(&self.crew).map(|it| it.id).collect();
        ids.sort_unstable();
        ids
    }

    pub(super) fn crew_ids(&self) -> Vec<Uuid> {
        self.crew.iter().map(|member| member.id).collect()
    }

    /// Waits for whoever is booking the same things, then lapses the holds there that have run out.
    /// `also` are the resources that a change gives up: a swap of two rooms locks both first.
    pub(super) async fn lock<C: GenericClient>(
        &self,
        txn: &C,
        now: Timestamp,
        also: &[Uuid],
    ) -> Result<(), BookingError> {
        let ids: Vec<Uuid> = self.resource_ids().into_iter().chain(also.iter().copied()).collect();
        allocations::resources_lock().bind(txn, &ids).one().await?;
        let (start, end) = (self.span.start(), self.span.end());
        sessions::sessions_lapse().bind(txn, &now, &self.resource_ids(), &start, &end).await?;
        Ok(())
    }

    /// What is there already, `except` this session's own allocations.
    pub(super) async fn conflicts<C: GenericClient>(
        &self,
        client: &C,
        now: Timestamp,
        except: Option<Uuid>,
    ) -> Result<Vec<Conflict>, BookingError> {
        let (start, end) = (self.span.start(), self.span.end());
        let rows = allocations::conflicts()
            .bind(client, &self.resource_ids(), &start, &end, &except, &now)
            .all()
            .await?;
        Ok(rows.into_iter().map(Conflict::from).collect())
    }

    /// Judges the claim; a refusal comes with the conflicts and what is free instead.
    pub(super) async fn claim<C: GenericClient>(
        &self,
        client: &C,
        now: Timestamp,
        claim: Claim,
        except: Option<Uuid>,
    ) -> Result<Option<i16>, BookingError> {
        let conflicts = self.conflicts(client, now, except).await?;
        match judge(claim, &conflicts) {
            Verdict::Free { hold_rank } => Ok(hold_rank),
            Verdict::QueueFull => Err(BookingError::TooManyHolds),
            Verdict::Taken => {
                let free = self.free_places(client, now, except).await?;
                let wanted = conflicts
                    .first()
                    .map_or_else(|| self.room.name.clone(), |conflict| conflict.resource.clone());
                Err(BookingError::Taken { wanted, conflicts, free })
            }
        }
    }

    /// Where else, or when else.
    pub(super) async fn free_places<C: GenericClient>(
        &self,
        client: &C,
        now: Timestamp,
        except: Option<Uuid>,
    ) -> Result<Vec<FreePlace>, BookingError> {
        let rooms: Vec<Need> = self.rooms.iter().map(need).collect();
        let crew: Vec<Need> = self.crew.iter().map(need).collect();
        let Some(around) =
            self.span.widened(REACH + self.span.duration(), REACH + self.span.duration())
        else {
            return Ok(Vec::new());
        };

        let ids: Vec<Uuid> = rooms.iter().chain(&crew).map(|need| need.resource).collect();
        let busy: Vec<Busy> = allocations::busy()
            .bind(client, &ids, &around.start(), &around.end(), &except, &now)
            .all()
            .await?
            .into_iter()
            .filter_map(|row| {
                let span = Span::new(row.busy_from, row.busy_to)?;
                Some(Busy { resource: row.resource_id, span })
            })
            .collect();
        let opening = opening(client, around).await?;

        let wanted = Wanted { room: self.room.id, span: self.span, rooms: &rooms, crew: &crew };
        Ok(alternatives(now, &wanted, &busy, &opening)
            .into_iter()
            .filter_map(|offer| {
                let room = self.rooms.iter().find(|room| room.id == offer.room)?;
                Some(FreePlace::new(offer, room.name.clone()))
            })
            .collect())
    }
}

fn need(bookable: &Bookable) -> Need {
    Need {
        resource: bookable.id,
        setup: SignedDuration::from_mins(bookable.setup_minutes.into()),
        teardown: SignedDuration::from_mins(bookable.teardown_minutes.into()),
    }
}

/// A studio with a time zone this build does not know has no opening times, so it gets fewer suggestions.
async fn opening<C: GenericClient>(client: &C, around: Span) -> Result<Vec<Span>, BookingError> {
    let studio = settings::settings_get().bind(client).one().await?;
    let Ok(zone) = TimeZone::get(&studio.time_zone) else { return Ok(Vec::new()) };
    let rules: Vec<OpeningRule> = settings::opening_rules_list()
        .bind(client)
        .all()
        .await?
        .into_iter()
        .filter_map(|rule| {
            Some(OpeningRule {
                weekday: i8::try_from(rule.weekday).ok()?,
                opens_minute: rule.opens_minute,
                duration_minutes: rule.duration_minutes,
            })
        })
        .collect();
    Ok(open_times(&rules, &zone, around))
}

impl From<allocations::Conflict> for Conflict {
    fn from(row: allocations::Conflict) -> Self {
        Self {
            resource: row.resource_name,
            kind: match row.resource_kind.as_str() {
                "ROOM" => ResourceKind::Room,
                "STAFF" => ResourceKind::Staff,
                _ => ResourceKind::Equipment,
            },
            session: row.session_id,
            title: row.title,
            client: row.client_name,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            busy_from: row.busy_from,
            busy_to: row.busy_to,
            hold_rank: (row.lane > 0).then_some(row.lane),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Conflicts as lanes: 0 is firm.
    fn check(claim: Claim, lanes: &[i16]) -> Verdict {
        let at = Timestamp::UNIX_EPOCH;
        let conflicts: Vec<Conflict> = lanes
            .iter()
            .map(|lane| Conflict {
                resource: "Studio A".to_owned(),
                kind: ResourceKind::Room,
                session: None,
                title: "Marée haute".to_owned(),
                client: None,
                starts_at: at,
                ends_at: at,
                busy_from: at,
                busy_to: at,
                hold_rank: (*lane > 0).then_some(*lane),
            })
            .collect();
        judge(claim, &conflicts)
    }

    #[test]
    fn firm_bookings_want_the_place_alone() {
        assert_eq!(check(Claim::Firm, &[]), Verdict::Free { hold_rank: None });
        assert_eq!(check(Claim::Firm, &[0]), Verdict::Taken);
        assert_eq!(check(Claim::Firm, &[1]), Verdict::Taken);
    }

    #[test]
    fn holds_queue_behind_the_last_one() {
        assert_eq!(check(Claim::Hold, &[]), Verdict::Free { hold_rank: Some(1) });
        assert_eq!(check(Claim::Hold, &[1, 3]), Verdict::Free { hold_rank: Some(4) });
        assert_eq!(check(Claim::Hold, &[9]), Verdict::QueueFull);
        assert_eq!(check(Claim::Hold, &[1, 0]), Verdict::Taken);
    }

    #[test]
    fn only_the_first_hold_becomes_firm() {
        assert_eq!(check(Claim::Promotion { rank: 1 }, &[2, 3]), Verdict::Free { hold_rank: None });
        assert_eq!(check(Claim::Promotion { rank: 2 }, &[1]), Verdict::Taken);
        assert_eq!(check(Claim::Promotion { rank: 1 }, &[0]), Verdict::Taken);
    }
}
