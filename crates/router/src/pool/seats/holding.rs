//! One tenant's part of a server: its seats, its waiting requests, and what it owes the others.
//!
//! Made when a request comes, forgotten when there is neither seat nor request: a cold tenant costs
//! nothing here.

use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use cloison_model::{Subdomain, TenantId};

use super::turns::{DEBT_TURNS_MAX, QUANTUM};
use super::{SeatId, Ticket};

/// Who wants a connection.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) subdomain: &'a Subdomain,
    /// Connections older than this are not good enough.
    pub(crate) epoch: i64,
    /// The role's CONNECTION LIMIT.
    pub(crate) limit: Option<usize>,
    pub(crate) weight: NonZeroU16,
}

#[derive(Clone, Debug)]
pub(super) struct Holding {
    pub(super) subdomain: Subdomain,
    /// Its seats in any state.
    pub(super) seats: usize,
    /// Those of them whose connection is being opened.
    pub(super) connecting: usize,
    /// Those of them that are idle, the most recently used last.
    pub(super) idle: Vec<SeatId>,
    pub(super) limit: Option<usize>,
    /// The highest epoch heard of. An older connection is closed instead of kept.
    pub(super) epoch: i64,
    /// How many seats its waiting requests could take at once.
    pub(super) demand: usize,
    /// For how many of them others' idle connections are closed.
    pub(super) pressing: usize,
    /// Since it was made; the same for the next two.
    pub(super) acquired: u64,
    pub(super) waited: Duration,
    pub(super) held: Duration,
    weight: NonZeroU16,
    waiting: VecDeque<Waiter>,
    /// Seat time that it may yet use in this turn; below zero, what it has used beyond.
    credit_us: i64,
}

#[derive(Clone, Debug)]
struct Waiter {
    ticket: Ticket,
    epoch: i64,
    since: Instant,
}

impl Holding {
    pub(super) fn of(request: &Request<'_>) -> Self {
        Self {
            subdomain: request.subdomain.clone(),
            seats: 0,
            connecting: 0,
            idle: Vec::new(),
            limit: request.limit,
            epoch: request.epoch,
            demand: 0,
            pressing: 0,
            acquired: 0,
            waited: Duration::ZERO,
            held: Duration::ZERO,
            weight: request.weight,
            waiting: VecDeque::new(),
            credit_us: 0,
        }
    }

    /// Takes over what is new in the request's route; answers whether anything is.
    pub(super) fn update(&mut self, request: &Request<'_>) -> bool {
        let &Request { tenant: _, subdomain, epoch, limit, weight } = request;
        let known = (self.epoch, self.limit, self.weight);
        if epoch < self.epoch || (epoch, limit, weight) == known {
            return false;
        }
        self.subdomain.clone_from(subdomain);
        (self.epoch, self.limit, self.weight) = (epoch, limit, weight);
        true
    }

    pub(super) fn enqueue(&mut self, ticket: Ticket, epoch: i64, now: Instant) {
        self.waiting.push_back(Waiter { ticket, epoch, since: now });
    }

    /// The next request's turn has come.
    pub(super) fn dequeue(&mut self, now: Instant) -> Option<(Ticket, i64)> {
        let Waiter { ticket, epoch, since } = self.waiting.pop_front()?;
        self.waited += now.saturating_duration_since(since);
        Some((ticket, epoch))
    }

    /// The request is waiting no longer; answers whether it was.
    pub(super) fn withdraw(&mut self, ticket: Ticket) -> bool {
        let position = self.waiting.iter().position(|it| it.ticket == ticket);
        position.and_then(|it| self.waiting.remove(it)).is_some()
    }

    /// Requests with a route older than what is known now wait no longer.
    pub(super) fn withdraw_older(&mut self) -> Vec<Ticket> {
        let newest = self.epoch;
        let older =
            self.waiting.iter().filter(|it| it.epoch < newest).map(|it| it.ticket).collect();
        self.waiting.retain(|it| it.epoch >= newest);
        older
    }

    /// Counts anew who does not wait for the tenant's own connections any more: who has waited since that
    /// time, or everybody if it has none.
    pub(super) fn press(&mut self, since: Option<Instant>) {
        let is_long = |it: &Waiter| since.is_some_and(|since| it.since <= since);
        let pressing = if self.seats == 0 {
            self.waiting.len()
        } else {
            self.waiting.partition_point(is_long)
        };
        self.pressing = pressing.min(self.demand);
    }

    /// A connection was held this long. It is only charged for while somebody waits: what nobody
    /// else wanted costs nothing.
    pub(super) fn charge(&mut self, held: Duration, others_wait: bool) {
        self.held += held;
        if others_wait {
            let held_us = i64::try_from(held.as_micros()).unwrap_or(i64::MAX);
            let debt_max = self.quantum_us().saturating_mul(DEBT_TURNS_MAX);
            self.credit_us = self.credit_us.saturating_sub(held_us).max(-debt_max);
        }
    }

    /// A turn has begun: it may use so much more seat time. Answers whether that is more than what
    /// it owed.
    pub(super) fn begin_turn(&mut self) -> bool {
        if !self.has_credit() {
            self.credit_us += self.quantum_us();
        }
        self.has_credit()
    }

    /// It wants nothing more. Credit cannot be saved up, debt stays.
    pub(super) fn end_turn(&mut self) {
        self.credit_us = self.credit_us.min(0);
    }

    pub(super) fn has_credit(&self) -> bool {
        self.credit_us > 0
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.seats == 0 && self.waiting.is_empty()
    }

    fn quantum_us(&self) -> i64 {
        let quantum = QUANTUM * u32::from(self.weight.get());
        i64::try_from(quantum.as_micros()).unwrap_or(i64::MAX)
    }
}
