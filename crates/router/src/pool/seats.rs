//! Who gets a connection: the whole decision, as a function of plain state.
//!
//! Nothing here connects, closes, waits or reads a clock. The pool asks, does what it is told, and
//! reports back. A *seat* is a permit for one connection to the server: it is taken before the
//! connection is opened and given up after the server has closed it, so the seats in use are
//! never fewer than the server's connections.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use cloison_model::{Subdomain, TenantId};

use crate::error::Load;

#[cfg(test)]
mod tests;

/// One connection's permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SeatId(u64);

/// One request that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// Who wants a connection.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) tenant: TenantId,
    pub(crate) subdomain: Subdomain,
    /// Connections older than this are not good enough.
    pub(crate) epoch: i64,
    /// The role's CONNECTION LIMIT.
    pub(crate) limit: Option<usize>,
}

/// What to do about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Take this idle connection.
    Reuse(SeatId),
    /// Open a connection on this seat.
    Connect(SeatId),
    /// Close this idle connection; its seat is promised to this ticket.
    Close { victim: SeatId, ticket: Ticket },
    /// Nothing can be done now; this ticket's turn comes.
    Wait(Ticket),
    /// The queue is full.
    Refuse,
}

/// What to do because something has changed. To be done in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The ticket's turn has come: take this idle connection.
    Reuse(Ticket, SeatId),
    /// The ticket's turn has come: open a connection on this seat.
    Connect(Ticket, SeatId),
    /// Close this idle connection.
    Close(SeatId),
}

/// One server's seats.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    budget: usize,
    waiters_max: usize,
    taken: HashMap<SeatId, Seat>,
    /// The idle seats, the longest unused first.
    idle: BTreeMap<u64, SeatId>,
    tenants: HashMap<TenantId, Holding>,
    queue: VecDeque<Waiter>,
    /// Requests to which the seat of a closing connection is promised.
    heirs: HashMap<Ticket, Heir>,
    /// Once set, nothing becomes idle any more.
    draining: bool,
    next: u64,
    connects: u64,
    evictions: u64,
}

#[derive(Clone, Debug)]
struct Seat {
    tenant: TenantId,
    epoch: i64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Being opened or in use.
    Busy,
    Idle {
        order: u64,
        since: Instant,
    },
    Closing {
        heir: Option<Ticket>,
    },
}

/// One tenant's part. Forgotten when it has no seat, no promise and nobody waiting.
#[derive(Clone, Debug)]
struct Holding {
    subdomain: Subdomain,
    /// Its seats in any state.
    seats: usize,
    /// Promises of seats that are another tenant's until they are closed.
    promised: usize,
    waiting: usize,
    /// The highest epoch heard of. An older connection is closed instead of kept.
    epoch: i64,
}

#[derive(Clone, Debug)]
struct Waiter {
    ticket: Ticket,
    request: Request,
}

#[derive(Clone, Debug)]
struct Heir {
    request: Request,
    closing: SeatId,
    /// Whether the closing seat is another tenant's.
    is_foreign: bool,
}

enum Offer {
    Reuse(SeatId),
    Connect(SeatId),
    Close(SeatId),
}

/// A tenant gets at most this part of a server's seats, so that four greedy ones are needed to
/// take it all, and one alone leaves three quarters to the others.
const SHARE_DIVISOR: usize = 4;

/// How many tenants an error names.
const HOLDERS_MAX: usize = 5;

impl Seats {
    pub(crate) fn new(budget: usize, waiters_max: usize) -> Self {
        Self {
            budget,
            waiters_max,
            taken: HashMap::new(),
            idle: BTreeMap::new(),
            tenants: HashMap::new(),
            queue: VecDeque::new(),
            heirs: HashMap::new(),
            draining: false,
            next: 0,
            connects: 0,
            evictions: 0,
        }
    }

    /// Somebody wants a connection.
    pub(crate) fn decide(&mut self, request: Request) -> Decision {
        let holding = self.holding(&request);
        holding.epoch = holding.epoch.max(request.epoch);
        // Whoever waits and could be served has been served already, so nobody is overtaken.
        match self.offer(&request) {
            Some(Offer::Reuse(seat)) => Decision::Reuse(seat),
            Some(Offer::Connect(seat)) => Decision::Connect(seat),
            Some(Offer::Close(victim)) => {
                let ticket = Ticket(self.number());
                self.promise(victim, ticket, request);
                Decision::Close { victim, ticket }
            }
            None if self.queue.len() >= self.waiters_max => {
                self.forget_if_empty(request.tenant);
                Decision::Refuse
            }
            None => {
                let ticket = Ticket(self.number());
                self.holding(&request).waiting += 1;
                self.queue.push_back(Waiter { ticket, request });
                Decision::Wait(ticket)
            }
        }
    }

    /// A connection is not needed any more. `reusable` says that the server is done with it and
    /// no transaction is open.
    pub(crate) fn give_back(&mut self, seat: SeatId, reusable: bool, now: Instant) -> Vec<Step> {
        let order = self.number();
        let is_excess = self.taken.len() > self.budget;
        let Some(held) = self.taken.get_mut(&seat) else { return Vec::new() };
        let newest = self.tenants.get(&held.tenant).map_or(held.epoch, |it| it.epoch);
        if !reusable || self.draining || is_excess || held.epoch < newest {
            self.close(seat);
            return vec![Step::Close(seat)];
        }
        held.state = State::Idle { order, since: now };
        self.idle.insert(order, seat);
        self.serve_queue()
    }

    /// A seat's connection is gone, or never came to be.
    pub(crate) fn freed(&mut self, seat: SeatId) -> Vec<Step> {
        let Some(gone) = self.taken.remove(&seat) else { return Vec::new() };
        self.holding_of(gone.tenant).seats -= 1;
        let mut steps = Vec::new();
        match gone.state {
            State::Busy | State::Closing { heir: None } => {}
            State::Idle { order, .. } => {
                self.idle.remove(&order);
            }
            State::Closing { heir: Some(ticket) } => steps.extend(self.inherit(ticket)),
        }
        self.forget_if_empty(gone.tenant);
        steps.extend(self.serve_queue());
        steps
    }

    /// A request is waiting no longer: it gave up, or its time is over. A request whose turn had
    /// come is unknown here; whoever holds what it was given, gives it back.
    pub(crate) fn leave(&mut self, ticket: Ticket) -> Vec<Step> {
        if let Some(heir) = self.heirs.remove(&ticket) {
            if let Some(seat) = self.taken.get_mut(&heir.closing) {
                seat.state = State::Closing { heir: None };
            }
            if heir.is_foreign {
                self.holding_of(heir.request.tenant).promised -= 1;
            }
            self.forget_if_empty(heir.request.tenant);
        } else if let Some(position) = self.queue.iter().position(|it| it.ticket == ticket)
            && let Some(waiter) = self.queue.remove(position)
        {
            self.holding_of(waiter.request.tenant).waiting -= 1;
            self.forget_if_empty(waiter.request.tenant);
        }
        // A promise given up may be what kept another of the same tenant waiting.
        self.serve_queue()
    }

    /// Which idle connections nobody has wanted for too long.
    pub(crate) fn expire(&mut self, now: Instant, idle_timeout: Duration) -> Vec<Step> {
        self.close_idle(|_, since| now.saturating_duration_since(since) >= idle_timeout)
    }

    /// The tenant's route has a new epoch: older connections are closed, those in use as soon as
    /// they are given back.
    pub(crate) fn retire(&mut self, tenant: TenantId, epoch: i64) -> Vec<Step> {
        let Some(holding) = self.tenants.get_mut(&tenant) else { return Vec::new() };
        holding.epoch = holding.epoch.max(epoch);
        self.close_idle(|seat, _| seat.tenant == tenant && seat.epoch < epoch)
    }

    /// The server's budget has changed. A smaller one is reached as connections are given back.
    pub(crate) fn resize(&mut self, budget: usize) -> Vec<Step> {
        self.budget = budget;
        let mut steps = Vec::new();
        let closing = self.taken.values().filter(|it| matches!(it.state, State::Closing { .. }));
        let mut excess = (self.taken.len() - closing.count()).saturating_sub(budget);
        while excess > 0 {
            let Some((_, &seat)) = self.idle.first_key_value() else { break };
            self.close(seat);
            steps.push(Step::Close(seat));
            excess -= 1;
        }
        steps.extend(self.serve_queue());
        steps
    }

    /// From now on connections are closed when given back.
    pub(crate) fn drain(&mut self) -> Vec<Step> {
        self.draining = true;
        self.close_idle(|_, _| true)
    }

    /// Whether the seat is taken.
    pub(crate) fn has(&self, seat: SeatId) -> bool {
        self.taken.contains_key(&seat)
    }

    /// Whether there is no connection, nor will be one.
    pub(crate) fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.queue.is_empty()
    }

    /// What this request's error says.
    pub(crate) fn load(&self, request: &Request) -> Load {
        let mut holders: Vec<_> = self
            .tenants
            .values()
            .filter(|it| it.seats > 0)
            .map(|it| (it.subdomain.clone(), it.seats))
            .collect();
        holders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        holders.truncate(HOLDERS_MAX);
        Load {
            budget: self.budget,
            share: self.share(request),
            held: self.tenants.get(&request.tenant).map_or(0, |it| it.seats),
            waiting: self.queue.len() + self.heirs.len(),
            holders,
        }
    }

    pub(crate) fn budget(&self) -> usize {
        self.budget
    }

    pub(crate) fn idle_count(&self) -> usize {
        self.idle.len()
    }

    pub(crate) fn busy_count(&self) -> usize {
        self.taken.len() - self.idle.len()
    }

    pub(crate) fn waiting_count(&self) -> usize {
        self.queue.len() + self.heirs.len()
    }

    pub(crate) fn connects(&self) -> u64 {
        self.connects
    }

    pub(crate) fn evictions(&self) -> u64 {
        self.evictions
    }

    /// What can be done for a request at this moment, without anybody waiting.
    fn offer(&mut self, request: &Request) -> Option<Offer> {
        let own = |it: &&SeatId| self.taken[*it].tenant == request.tenant;
        // The most recently used first: the others get their chance to expire.
        if let Some(&seat) = self.idle.values().rev().find(own) {
            if self.taken[&seat].epoch >= request.epoch {
                self.unidle(seat, State::Busy);
                return Some(Offer::Reuse(seat));
            }
            return Some(Offer::Close(seat));
        }
        let holding = self.tenants.get(&request.tenant);
        if holding.map_or(0, |it| it.seats + it.promised) >= self.share(request) {
            return None;
        }
        if self.taken.len() < self.budget {
            return Some(Offer::Connect(self.open(request)));
        }
        // With more seats than budget, a closed connection's seat is nobody's to inherit.
        if self.taken.len() > self.budget {
            return None;
        }
        let (_, &victim) = self.idle.first_key_value()?;
        self.evictions += 1;
        Some(Offer::Close(victim))
    }

    /// First come, first served, except that a tenant which has its share lets others pass.
    fn serve_queue(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut position = 0;
        while position < self.queue.len() {
            if self.idle.is_empty() && self.taken.len() >= self.budget {
                break;
            }
            let request = self.queue[position].request.clone();
            let Some(offer) = self.offer(&request) else {
                position += 1;
                continue;
            };
            let Some(waiter) = self.queue.remove(position) else { break };
            self.holding_of(request.tenant).waiting -= 1;
            steps.push(match offer {
                Offer::Reuse(seat) => Step::Reuse(waiter.ticket, seat),
                Offer::Connect(seat) => Step::Connect(waiter.ticket, seat),
                Offer::Close(victim) => {
                    self.promise(victim, waiter.ticket, waiter.request);
                    Step::Close(victim)
                }
            });
        }
        steps
    }

    /// The seat promised to this ticket has come free.
    fn inherit(&mut self, ticket: Ticket) -> Option<Step> {
        let heir = self.heirs.remove(&ticket)?;
        if heir.is_foreign {
            self.holding_of(heir.request.tenant).promised -= 1;
        }
        if self.taken.len() < self.budget {
            return Some(Step::Connect(ticket, self.open(&heir.request)));
        }
        // The budget has become smaller meanwhile. Back to the queue, to its head.
        self.holding(&heir.request).waiting += 1;
        self.queue.push_front(Waiter { ticket, request: heir.request });
        None
    }

    fn open(&mut self, request: &Request) -> SeatId {
        let seat = SeatId(self.number());
        let holding = self.holding(request);
        holding.seats += 1;
        let held = Seat { tenant: request.tenant, epoch: request.epoch, state: State::Busy };
        self.taken.insert(seat, held);
        self.connects += 1;
        seat
    }

    fn promise(&mut self, victim: SeatId, ticket: Ticket, request: Request) {
        self.unidle(victim, State::Closing { heir: Some(ticket) });
        let is_foreign = self.taken[&victim].tenant != request.tenant;
        if is_foreign {
            self.holding(&request).promised += 1;
        }
        self.heirs.insert(ticket, Heir { request, closing: victim, is_foreign });
    }

    fn close(&mut self, seat: SeatId) {
        self.unidle(seat, State::Closing { heir: None });
    }

    fn close_idle(&mut self, which: impl Fn(&Seat, Instant) -> bool) -> Vec<Step> {
        let victims: Vec<_> = self
            .idle
            .values()
            .copied()
            .filter(|it| {
                let seat = &self.taken[it];
                matches!(seat.state, State::Idle { since, .. } if which(seat, since))
            })
            .collect();
        for &victim in &victims {
            self.close(victim);
        }
        victims.into_iter().map(Step::Close).collect()
    }

    fn unidle(&mut self, seat: SeatId, state: State) {
        if let Some(seat) = self.taken.get_mut(&seat) {
            if let State::Idle { order, .. } = seat.state {
                self.idle.remove(&order);
            }
            seat.state = state;
        }
    }

    fn share(&self, request: &Request) -> usize {
        let share = self.budget / SHARE_DIVISOR;
        request.limit.map_or(share, |it| it.min(share)).max(1)
    }

    fn holding(&mut self, request: &Request) -> &mut Holding {
        self.tenants.entry(request.tenant).or_insert_with(|| Holding {
            subdomain: request.subdomain.clone(),
            seats: 0,
            promised: 0,
            waiting: 0,
            epoch: request.epoch,
        })
    }

    fn holding_of(&mut self, tenant: TenantId) -> &mut Holding {
        self.tenants.get_mut(&tenant).expect("a tenant with a seat or a waiter has a holding")
    }

    fn forget_if_empty(&mut self, tenant: TenantId) {
        let is_empty = |it: &Holding| {
            it.seats + it.promised + it.waiting == 0
                && !self.heirs.values().any(|heir| heir.request.tenant == tenant)
        };
        if self.tenants.get(&tenant).is_some_and(is_empty) {
            self.tenants.remove(&tenant);
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}
