//! Who gets a connection: the whole decision, as a function of plain state.
//!
//! Nothing here connects, closes, waits or reads a clock. The pool asks, does what it is told, and
//! reports back. A *seat* is a permit for one connection to the server: it is taken before the
//! connection is opened and given up after the server has closed it, so the seats in use are
//! never fewer than the server's connections.
//!
//! What holds after every call, and is tested:
//! - the seats taken are never more than the budget (unless the budget has just become smaller);
//! - a tenant never has more seats than its share;
//! - nobody waits who could be served: for whoever waits there is no idle connection of its own, and if
//!   its share has room, then there is no free seat, or no more attempts to connect may be made;
//! - nobody waits for ever: freed seats go round the waiting tenants (see [`turns`]).

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use cloison_model::TenantId;

use super::breaker::{Breaker, Fault};
use holding::Holding;
use turns::Turns;

mod account;
mod holding;
mod room;
#[cfg(test)]
mod tests;
mod turns;

use account::Counts;
pub(crate) use holding::Request;

/// One connection's permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SeatId(u64);

/// One request that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ticket {
    number: u64,
    tenant: TenantId,
}

/// What to do about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Take this idle connection.
    Reuse(SeatId),
    /// Open a connection on this seat.
    Connect(SeatId),
    /// Nothing can be done now; this ticket's turn comes.
    Wait(Ticket),
    /// The queue is full.
    Full,
    /// The server has let nobody in for longer than a request would wait.
    Down { since: Duration, next_try: Duration },
}

/// What to do because something has changed. To be done in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The ticket's turn has come: take this idle connection.
    Reuse(Ticket, SeatId),
    /// The ticket's turn has come: open a connection on this seat.
    Connect(Ticket, SeatId),
    /// The ticket's route is out of date: ask for it again.
    Resolve(Ticket),
    /// Close this idle connection.
    Close(SeatId),
    /// Call [`Seats::look`] at this time, or once at the soonest of the times told.
    LookAt(Instant),
}

/// How an attempt to connect ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Opened,
    /// The server refused this tenant, but it answered.
    Refused,
    /// The server took the connection and did not answer in time.
    Silent,
    /// The server cannot be reached, or is not ready.
    ServerDown,
}

/// A server's limits, besides its budget.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// How many may wait; of one tenant half as many.
    pub(crate) waiters_max: usize,
    /// How many connections are opened at the same time; for one tenant half as many.
    pub(crate) connecting_max: usize,
    /// How many seats one tenant may hold; a quarter of the budget if it is not said.
    pub(crate) tenant_seats_max: Option<usize>,
    /// An outage shorter than this is waited out, a longer one is answered at once.
    pub(crate) outage_patience: Duration,
}

/// One server's seats.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    policy: Policy,
    budget: usize,
    taken: HashMap<SeatId, Seat>,
    /// The idle seats, the longest unused first.
    idle: BTreeMap<u64, SeatId>,
    /// Those of them whose tenant has another that it would rather take.
    spare: BTreeMap<u64, SeatId>,
    connecting: usize,
    closing: usize,
    tenants: HashMap<TenantId, Holding>,
    turns: Turns,
    waiting: usize,
    /// How many seats those that wait could take at once, each tenant within its share.
    demand: usize,
    /// For how many of them others' idle connections are closed.
    pressing: usize,
    /// When requests whose tenant has a connection will have waited for it long enough; the first first.
    patient: VecDeque<(Instant, TenantId)>,
    /// The time of the last call that has told it.
    now: Instant,
    breaker: Breaker,
    /// Once set, nothing becomes idle any more.
    draining: bool,
    next: u64,
    counts: Counts,
}

#[derive(Clone, Debug)]
struct Seat {
    tenant: TenantId,
    epoch: i64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Connecting,
    Lent { at: Instant },
    Idle { order: u64, since: Instant },
    Closing,
}

/// A request whose tenant has a connection waits so long for that before another tenant's is closed for
/// it: about as long as it takes to open one, to have its first statements planned, and to do the same
/// again for whoever lost theirs. So it loses at most as much again, and what comes back in time costs
/// nobody anything.
const PATIENCE: Duration = Duration::from_millis(30);

impl Seats {
    pub(crate) fn new(budget: usize, policy: Policy, now: Instant) -> Self {
        Self {
            policy,
            budget,
            taken: HashMap::new(),
            idle: BTreeMap::new(),
            spare: BTreeMap::new(),
            connecting: 0,
            closing: 0,
            tenants: HashMap::new(),
            turns: Turns::default(),
            waiting: 0,
            demand: 0,
            pressing: 0,
            patient: VecDeque::new(),
            now,
            breaker: Breaker::new(),
            draining: false,
            next: 0,
            counts: Counts::default(),
        }
    }

    /// Somebody wants a connection.
    pub(crate) fn decide(&mut self, request: &Request<'_>, now: Instant) -> (Decision, Vec<Step>) {
        self.pass(now);
        let tenant = request.tenant;
        let mut steps = self.meet(request);
        // The most recently used first: the others get their chance to expire.
        if let Some(&seat) = self.tenants[&tenant].idle.last() {
            self.set_state(seat, State::Lent { at: now });
            self.holding(tenant).acquired += 1;
            return (Decision::Reuse(seat), steps);
        }
        // Whoever waits and could be served has been served already, so nobody is overtaken.
        if self.room(tenant) > 0 && self.free() > 0 && self.attempts(now) > 0 {
            return (Decision::Connect(self.open(tenant, request.epoch)), steps);
        }
        let is_long =
            self.breaker.witnessed(now).is_some_and(|it| it >= self.policy.outage_patience);
        let refusal = if let Some((since, next_try)) = self.outage(now).filter(|_| is_long) {
            Some(Decision::Down { since, next_try })
        } else {
            self.is_queue_full(tenant).then_some(Decision::Full)
        };
        if let Some(refusal) = refusal {
            self.counts.refused += 1;
            self.forget_if_empty(tenant);
            return (refusal, steps);
        }
        self.count_wait(tenant, now);
        let ticket = Ticket { number: self.number(), tenant };
        self.holding(tenant).enqueue(ticket, request.epoch, now);
        self.waiting += 1;
        if self.tenants[&tenant].seats > 0 {
            self.patient.push_back((now + PATIENCE, tenant));
        }
        self.recount(tenant);
        self.make_room(now, &mut steps);
        steps.extend(self.next_look(now));
        (Decision::Wait(ticket), steps)
    }

    /// An attempt to connect has ended. If it failed, [`Self::freed`] follows.
    pub(crate) fn attempted(&mut self, seat: SeatId, attempt: Attempt, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        // It may be gone already, if the connection broke as soon as it was open.
        let tenant = self.taken.get(&seat).map(|it| it.tenant);
        let fault = match attempt {
            Attempt::Opened | Attempt::Refused => None,
            Attempt::Silent => tenant.map(Fault::Silence),
            Attempt::ServerDown => Some(Fault::Server),
        };
        match fault {
            Some(fault) => steps.extend(self.breaker.failed(fault, now).map(Step::LookAt)),
            None => self.breaker.succeeded(),
        }
        if attempt == Attempt::Opened {
            self.set_state(seat, State::Lent { at: now });
        } else {
            self.counts.connect_failures += 1;
            self.set_state(seat, State::Closing);
        }
        if let Some(tenant) = tenant {
            self.recount(tenant);
        }
        self.advance(now, &mut steps);
        steps
    }

    /// A connection is not needed any more. `reusable` says that the server is done with it and
    /// no transaction is open.
    pub(crate) fn give_back(&mut self, seat: SeatId, reusable: bool, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        let Some(&Seat { tenant, epoch, state }) = self.taken.get(&seat) else { return steps };
        if let State::Lent { at } = state {
            let others_wait = self.waiting > self.tenants[&tenant].waiting_count();
            self.holding(tenant).charge(now.saturating_duration_since(at), others_wait);
        }
        let is_excess = self.live() > self.budget;
        let holding = &self.tenants[&tenant];
        if !reusable || self.draining || is_excess || epoch < holding.epoch {
            self.set_state(seat, State::Closing);
            steps.push(Step::Close(seat));
        } else if !holding.is_waiting() {
            self.holding(tenant).end_turn();
            let order = self.number();
            self.set_state(seat, State::Idle { order, since: now });
        } else if !holding.has_credit()
            && self.is_room_wanted(self.pressing - holding.pressing, now)
        {
            // Its turn is over, and others wait who need the seat.
            self.counts.evictions += 1;
            self.set_state(seat, State::Closing);
            steps.push(Step::Close(seat));
        } else if let Some((ticket, _)) = self.dequeue(tenant, now) {
            self.holding(tenant).acquired += 1;
            self.set_state(seat, State::Lent { at: now });
            steps.push(Step::Reuse(ticket, seat));
        }
        self.advance(now, &mut steps);
        steps
    }

    /// A seat's connection is gone, or never came to be.
    pub(crate) fn freed(&mut self, seat: SeatId, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        self.set_state(seat, State::Closing);
        let Some(gone) = self.taken.remove(&seat) else { return steps };
        self.closing -= 1;
        self.holding(gone.tenant).seats -= 1;
        self.recount(gone.tenant);
        self.forget_if_empty(gone.tenant);
        self.advance(now, &mut steps);
        steps
    }

    /// A request is waiting no longer: it gave up, or its time is over. A request whose turn had
    /// come is unknown here; whoever holds what it was given, gives it back.
    pub(crate) fn leave(&mut self, ticket: Ticket) {
        let Some(holding) = self.tenants.get_mut(&ticket.tenant) else { return };
        if holding.withdraw(ticket) {
            self.waiting -= 1;
            self.recount(ticket.tenant);
            self.forget_if_empty(ticket.tenant);
        }
    }

    /// Time has passed: a server that was down may be tried again, and who has waited for a connection of
    /// its own tenant waits for any.
    pub(crate) fn look(&mut self, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        self.advance(now, &mut steps);
        // A pause may have begun after this look was asked for.
        if self.waiting > 0 {
            steps.extend(self.next_look(now));
        }
        steps
    }

    /// Which idle connections nobody has wanted for too long.
    pub(crate) fn expire(&mut self, now: Instant, idle_timeout: Duration) -> Vec<Step> {
        let is_over = |seat: &Seat| match seat.state {
            State::Idle { since, .. } => now.saturating_duration_since(since) >= idle_timeout,
            State::Connecting | State::Lent { .. } | State::Closing => false,
        };
        let over: Vec<_> =
            self.idle.values().copied().take_while(|it| is_over(&self.taken[it])).collect();
        self.close_all(over)
    }

    /// The tenant's route has a new epoch: older connections are closed, those in use as soon as
    /// they are given back, and requests that wait with an older route ask for it again.
    pub(crate) fn retire(&mut self, tenant: TenantId, epoch: i64) -> Vec<Step> {
        let Some(holding) = self.tenants.get_mut(&tenant) else { return Vec::new() };
        holding.epoch = holding.epoch.max(epoch);
        let steps = self.outdate(tenant);
        self.forget_if_empty(tenant);
        steps
    }

    /// Closes the tenant's idle connections.
    pub(crate) fn close_idle_of(&mut self, tenant: TenantId) -> Vec<Step> {
        let idle = self.tenants.get(&tenant).map(|it| it.idle.clone()).unwrap_or_default();
        self.close_all(idle)
    }

    /// The server's budget has changed. A smaller one is reached as connections are given back.
    pub(crate) fn resize(&mut self, budget: usize, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        self.budget = budget;
        let tenants: Vec<_> = self.tenants.keys().copied().collect();
        for tenant in tenants {
            self.recount(tenant);
        }
        self.advance(now, &mut steps);
        steps
    }

    /// The seats in use that are more than the budget: those taken last.
    pub(crate) fn surplus(&self) -> Vec<SeatId> {
        let mut busy: Vec<_> = self
            .taken
            .iter()
            .filter(|(_, it)| matches!(it.state, State::Connecting | State::Lent { .. }))
            .map(|(id, _)| *id)
            .collect();
        busy.sort_unstable();
        busy.split_off(self.budget.min(busy.len()))
    }

    /// From now on connections are closed when given back.
    pub(crate) fn drain(&mut self) -> Vec<Step> {
        self.draining = true;
        let idle = self.idle.values().copied().collect();
        self.close_all(idle)
    }

    /// Whether the seat is taken.
    pub(crate) fn has(&self, seat: SeatId) -> bool {
        self.taken.contains_key(&seat)
    }

    /// Whether there is no connection, nor will be one.
    pub(crate) fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.waiting == 0
    }

    /// Whether the tenant has no connection.
    pub(crate) fn is_without(&self, tenant: TenantId) -> bool {
        self.tenants.get(&tenant).is_none_or(|it| it.seats == 0)
    }

    /// Makes the tenant known, or what is new about it.
    fn meet(&mut self, request: &Request<'_>) -> Vec<Step> {
        let tenant = request.tenant;
        let holding = self.tenants.entry(tenant).or_insert_with(|| Holding::of(request));
        if !holding.update(request) {
            return Vec::new();
        }
        self.outdate(tenant)
    }

    /// What the tenant has that is older than its newest epoch is of no use any more.
    fn outdate(&mut self, tenant: TenantId) -> Vec<Step> {
        let holding = self.holding(tenant);
        let newest = holding.epoch;
        let stale = holding.withdraw_older();
        let idle = holding.idle.clone();
        self.waiting -= stale.len();
        self.recount(tenant);
        let older = idle.into_iter().filter(|it| self.taken[it].epoch < newest).collect();
        let mut steps: Vec<_> = stale.into_iter().map(Step::Resolve).collect();
        steps.extend(self.close_all(older));
        steps
    }

    /// Gives what is free to those that wait, and makes room for those to whom it is not enough.
    fn advance(&mut self, now: Instant, steps: &mut Vec<Step>) {
        self.pass(now);
        while self.free() > 0
            && self.attempts(now) > 0
            && let Some(tenant) = self.turns.next(&mut self.tenants)
            && let Some((ticket, epoch)) = self.dequeue(tenant, now)
        {
            steps.push(Step::Connect(ticket, self.open(tenant, epoch)));
        }
        self.make_room(now, steps);
    }

    /// Closes idle connections, the least recently used first: down to the budget, and so that there
    /// will be a seat for each that waits.
    fn make_room(&mut self, now: Instant, steps: &mut Vec<Step>) {
        while let Some(victim) = self.victim(now) {
            let is_excess = self.live() > self.budget;
            let is_needed = self.is_room_wanted(self.pressing, now);
            if !is_excess && !is_needed {
                return;
            }
            self.counts.evictions += u64::from(is_needed);
            self.set_state(victim, State::Closing);
            steps.push(Step::Close(victim));
        }
    }

    /// Whoever has waited for a connection of its own tenant for long enough waits for any now.
    fn pass(&mut self, now: Instant) {
        self.now = self.now.max(now);
        while let Some(&(until, tenant)) = self.patient.front()
            && until <= self.now
        {
            self.patient.pop_front();
            self.recount(tenant);
        }
    }

    /// When time alone changes something for those that wait.
    fn next_look(&self, now: Instant) -> Option<Step> {
        let patience = self.patient.front().map(|(until, _)| *until);
        let times = [self.breaker.next_time(now), patience];
        times.into_iter().flatten().min().map(Step::LookAt)
    }

    fn dequeue(&mut self, tenant: TenantId, now: Instant) -> Option<(Ticket, i64)> {
        let next = self.holding(tenant).dequeue(now)?;
        self.waiting -= 1;
        self.recount(tenant);
        Some(next)
    }

    fn open(&mut self, tenant: TenantId, epoch: i64) -> SeatId {
        let seat = SeatId(self.number());
        self.taken.insert(seat, Seat { tenant, epoch, state: State::Connecting });
        self.connecting += 1;
        self.counts.connects += 1;
        let holding = self.holding(tenant);
        holding.seats += 1;
        holding.connecting += 1;
        holding.acquired += 1;
        self.recount(tenant);
        seat
    }

    fn close_all(&mut self, seats: Vec<SeatId>) -> Vec<Step> {
        for &seat in &seats {
            self.set_state(seat, State::Closing);
        }
        seats.into_iter().map(Step::Close).collect()
    }

    /// The one place where a seat's state changes, and with it all that is counted by state.
    fn set_state(&mut self, id: SeatId, state: State) {
        let Some(seat) = self.taken.get_mut(&id) else { return };
        let holding = self.tenants.get_mut(&seat.tenant).expect("a seat's tenant has a holding");
        match seat.state {
            State::Connecting => {
                self.connecting -= 1;
                holding.connecting -= 1;
            }
            State::Lent { .. } => {}
            State::Idle { order, .. } => {
                self.idle.remove(&order);
                self.spare.remove(&order);
                holding.idle.retain(|it| *it != id);
            }
            State::Closing => self.closing -= 1,
        }
        match state {
            State::Connecting => {
                self.connecting += 1;
                holding.connecting += 1;
            }
            State::Lent { .. } => {}
            State::Idle { order, .. } => {
                self.idle.insert(order, id);
                holding.idle.push(id);
            }
            State::Closing => self.closing += 1,
        }
        seat.state = state;
        // The tenant takes the last of them first.
        let (last, others) =
            holding.idle.split_last().map_or((None, &[][..]), |(a, b)| (Some(a), b));
        for (seat, is_spare) in
            last.map(|it| (it, false)).into_iter().chain(others.last().map(|it| (it, true)))
        {
            let State::Idle { order, .. } = self.taken[seat].state else { continue };
            if is_spare {
                self.spare.insert(order, *seat);
            } else {
                self.spare.remove(&order);
            }
        }
    }

    /// Counts anew how many seats the tenant's waiting requests could take, after anything of it has
    /// changed on which that depends.
    fn recount(&mut self, tenant: TenantId) {
        let room = self.room(tenant);
        let Some(holding) = self.tenants.get_mut(&tenant) else { return };
        let before = holding.demand;
        holding.demand = holding.waiting_count().min(room);
        self.demand = self.demand - before + holding.demand;
        let before = holding.pressing;
        holding.press(self.now.checked_sub(PATIENCE));
        self.pressing = self.pressing - before + holding.pressing;
        if holding.demand > 0 {
            self.turns.join(tenant);
        }
    }

    fn holding(&mut self, tenant: TenantId) -> &mut Holding {
        self.tenants.get_mut(&tenant).expect("a tenant with a seat or a request has a holding")
    }

    fn forget_if_empty(&mut self, tenant: TenantId) {
        if self.tenants.get(&tenant).is_some_and(Holding::is_empty) {
            self.tenants.remove(&tenant);
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}
