//! Every order of events that a pool can meet, without a pool.

use std::collections::HashSet;
use std::num::NonZeroU16;

use cloison_model::Subdomain;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

mod cases;

/// Does what the pool does, with connections that are nothing but numbers.
#[derive(Clone)]
struct World {
    seats: Seats,
    now: Instant,
    tenants: Vec<Tenant>,
    connecting: Vec<SeatId>,
    lent: Vec<SeatId>,
    closing: Vec<SeatId>,
    waiting: Vec<Ticket>,
    served: Vec<Ticket>,
    /// When the pool will look; it remembers one time only, the soonest.
    look: Option<Instant>,
}

#[derive(Clone)]
struct Tenant {
    subdomain: Subdomain,
    epoch: i64,
    limit: Option<usize>,
    weight: u16,
}

fn id(tenant: u8) -> TenantId {
    TenantId(Uuid::from_u128(tenant.into()))
}

fn number_of(tenant: TenantId) -> u8 {
    u8::try_from(tenant.0.as_u128()).unwrap()
}

fn policy() -> Policy {
    Policy {
        waiters_max: 50,
        connecting_max: 4,
        tenant_seats_max: None,
        outage_patience: Duration::from_secs(5),
    }
}

impl World {
    fn new(budget: usize) -> Self {
        Self::with(budget, policy())
    }

    fn with(budget: usize, policy: Policy) -> Self {
        let now = Instant::now();
        let tenant = |number| Tenant {
            subdomain: format!("t{number}").parse().unwrap(),
            epoch: 1,
            limit: None,
            weight: 1,
        };
        Self {
            seats: Seats::new(budget, policy, now),
            now,
            tenants: (0..20).map(tenant).collect(),
            connecting: vec![],
            lent: vec![],
            closing: vec![],
            waiting: vec![],
            served: vec![],
            look: None,
        }
    }

    /// What became of the request, as one word.
    fn want(&mut self, tenant: u8) -> &'static str {
        let wanting = self.tenants[usize::from(tenant)].clone();
        let request = Request {
            tenant: id(tenant),
            subdomain: &wanting.subdomain,
            epoch: wanting.epoch,
            limit: wanting.limit,
            weight: NonZeroU16::new(wanting.weight).unwrap(),
        };
        let (decision, steps) = self.seats.decide(&request, self.now);
        let word = match decision {
            Decision::Reuse(seat) => {
                self.lent.push(seat);
                "reuse"
            }
            Decision::Connect(seat) => {
                self.connecting.push(seat);
                "connect"
            }
            Decision::Wait(ticket) => {
                self.waiting.push(ticket);
                "wait"
            }
            Decision::Full => "full",
            Decision::Down { .. } => "down",
        };
        self.perform(steps);
        word
    }

    fn attempted(&mut self, position: usize, attempt: Attempt) {
        let seat = self.connecting.remove(position);
        let steps = self.seats.attempted(seat, attempt, self.now);
        match attempt {
            Attempt::Opened => self.lent.push(seat),
            Attempt::Refused | Attempt::Silent | Attempt::ServerDown => self.closing.push(seat),
        }
        self.perform(steps);
    }

    fn give_back(&mut self, position: usize, reusable: bool) {
        let seat = self.lent.remove(position);
        let steps = self.seats.give_back(seat, reusable, self.now);
        self.perform(steps);
    }

    fn lose(&mut self, position: usize) {
        let seat = self.lent.remove(position);
        self.freed(seat);
    }

    fn closed(&mut self, position: usize) {
        let seat = self.closing.remove(position);
        self.freed(seat);
    }

    fn freed(&mut self, seat: SeatId) {
        let steps = self.seats.freed(seat, self.now);
        self.perform(steps);
    }

    fn leave(&mut self, position: usize) {
        let ticket = self.waiting.remove(position);
        self.seats.leave(ticket);
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        self.look();
    }

    /// Looks, if it is time for it.
    fn look(&mut self) {
        if self.look.take_if(|it| *it <= self.now).is_some() {
            let steps = self.seats.look(self.now);
            self.perform(steps);
        }
    }

    fn change(&mut self, tenant: u8) {
        let epoch = &mut self.tenants[usize::from(tenant)].epoch;
        *epoch += 1;
        let steps = self.seats.retire(id(tenant), *epoch);
        self.perform(steps);
    }

    fn resize(&mut self, budget: usize) {
        let steps = self.seats.resize(budget, self.now);
        self.perform(steps);
    }

    fn perform(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Reuse(ticket, seat) => {
                    self.serve(ticket);
                    self.lent.push(seat);
                }
                Step::Connect(ticket, seat) => {
                    self.serve(ticket);
                    self.connecting.push(seat);
                }
                Step::Resolve(ticket) => self.waiting.retain(|it| *it != ticket),
                Step::Close(seat) => {
                    self.lent.retain(|it| *it != seat);
                    self.closing.push(seat);
                }
                Step::LookAt(time) => {
                    self.look = Some(self.look.map_or(time, |it| it.min(time)));
                }
            }
        }
    }

    fn serve(&mut self, ticket: Ticket) {
        let before = self.waiting.len();
        self.waiting.retain(|it| *it != ticket);
        assert_eq!(self.waiting.len(), before - 1, "somebody is served who does not wait");
        self.served.push(ticket);
    }

    /// Everybody finishes, everything closes, the server is well.
    fn finish(&mut self) {
        loop {
            if !self.closing.is_empty() {
                self.closed(0);
            } else if !self.connecting.is_empty() {
                self.attempted(0, Attempt::Opened);
            } else if !self.lent.is_empty() {
                self.give_back(0, true);
            } else if let Some(time) = self.look {
                self.pass(time.saturating_duration_since(self.now));
            } else {
                return;
            }
        }
    }

    /// What the module promises.
    fn check(&self, budget: usize) {
        let seats = &self.seats;
        assert!(seats.taken.len() <= budget, "more seats than the budget");
        self.check_counts();
        for (tenant, holding) in &seats.tenants {
            assert!(holding.seats <= seats.share(*tenant), "more seats than the share");
            if holding.is_waiting() {
                assert!(holding.idle.is_empty(), "it waits beside an idle connection of its own");
            }
        }
        let is_look_due = self.look.is_some_and(|it| it <= self.now);
        if seats.demand > 0 && !is_look_due {
            assert!(seats.free() == 0 || seats.attempts(self.now) == 0, "a seat is free");
            let is_idle_useful = seats.is_room_wanted(seats.pressing, self.now);
            assert!(seats.idle.is_empty() || !is_idle_useful, "others' idle connections are kept");
        }
    }

    /// What is counted is what is there.
    fn check_counts(&self) {
        let seats = &self.seats;
        let count =
            |which: fn(State) -> bool| seats.taken.values().filter(|it| which(it.state)).count();
        assert_eq!(count(|it| matches!(it, State::Connecting)), self.connecting.len());
        assert_eq!(count(|it| matches!(it, State::Lent { .. })), self.lent.len());
        assert_eq!(count(|it| matches!(it, State::Closing)), self.closing.len());
        assert_eq!(seats.connecting, self.connecting.len());
        assert_eq!(seats.closing, self.closing.len());
        assert_eq!(count(|it| matches!(it, State::Idle { .. })), seats.idle.len());
        let idle = seats.tenants.values().map(|it| it.idle.len()).sum::<usize>();
        assert_eq!(seats.idle.len(), idle);
        let spare = seats.tenants.values().map(|it| it.idle.len().saturating_sub(1)).sum::<usize>();
        assert_eq!(seats.spare.len(), spare);
        for (order, seat) in &seats.spare {
            assert_eq!(seats.idle.get(order), Some(seat));
            let tenant = seats.taken[seat].tenant;
            assert_ne!(seats.tenants[&tenant].idle.last(), Some(seat), "it would rather take this");
        }
        let waiting: HashSet<_> = self.waiting.iter().collect();
        assert_eq!(waiting.len(), seats.waiting, "a waiter is lost");
        let mut demand = 0;
        for (tenant, holding) in &seats.tenants {
            let taken = seats.taken.values().filter(|it| it.tenant == *tenant).count();
            assert_eq!(holding.seats, taken);
            let its = self.waiting.iter().filter(|it| it.tenant == *tenant).count();
            assert_eq!(holding.waiting_count(), its);
            let connecting = seats
                .taken
                .values()
                .filter(|it| it.tenant == *tenant && matches!(it.state, State::Connecting));
            assert_eq!(holding.connecting, connecting.count());
            assert!(holding.demand <= its.min(seats.share(*tenant).saturating_sub(taken)));
            assert_eq!(holding.demand, its.min(seats.room(*tenant)));
            demand += holding.demand;
            assert!(!holding.is_empty(), "a tenant without anything is remembered");
        }
        assert_eq!(seats.demand, demand);
    }
}

#[derive(Clone, Debug)]
enum Event {
    Want(u8),
    Opened(usize),
    Refused(usize),
    Silent(usize),
    Down(usize),
    GiveBack(usize, bool),
    Lose(usize),
    Closed(usize),
    Leave(usize),
    Pass(u64),
    /// The look comes late, as tasks do.
    Drift(u64),
    Expire,
    Change(u8),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => (0_u8..8).prop_map(Event::Want),
        6 => any::<usize>().prop_map(Event::Opened),
        1 => any::<usize>().prop_map(Event::Refused),
        1 => any::<usize>().prop_map(Event::Silent),
        2 => any::<usize>().prop_map(Event::Down),
        5 => (any::<usize>(), prop::bool::weighted(0.9)).prop_map(|(at, it)| Event::GiveBack(at, it)),
        1 => any::<usize>().prop_map(Event::Lose),
        4 => any::<usize>().prop_map(Event::Closed),
        1 => any::<usize>().prop_map(Event::Leave),
        3 => (0_u64..40_000).prop_map(Event::Pass),
        1 => (0_u64..100_000).prop_map(Event::Drift),
        1 => Just(Event::Expire),
        1 => (0_u8..8).prop_map(Event::Change),
    ]
}

fn happen(world: &mut World, event: &Event) {
    let at = |position: usize, of: &Vec<SeatId>| (!of.is_empty()).then(|| position % of.len());
    match *event {
        Event::Want(tenant) => drop(world.want(tenant)),
        Event::Opened(position) => {
            if let Some(position) = at(position, &world.connecting) {
                world.attempted(position, Attempt::Opened);
            }
        }
        Event::Refused(position) => {
            if let Some(position) = at(position, &world.connecting) {
                world.attempted(position, Attempt::Refused);
            }
        }
        Event::Silent(position) => {
            if let Some(position) = at(position, &world.connecting) {
                world.attempted(position, Attempt::Silent);
            }
        }
        Event::Down(position) => {
            if let Some(position) = at(position, &world.connecting) {
                world.attempted(position, Attempt::ServerDown);
            }
        }
        Event::GiveBack(position, reusable) => {
            if let Some(position) = at(position, &world.lent) {
                world.give_back(position, reusable);
            }
        }
        Event::Lose(position) => {
            if let Some(position) = at(position, &world.lent) {
                world.lose(position);
            }
        }
        Event::Closed(position) => {
            if let Some(position) = at(position, &world.closing) {
                world.closed(position);
            }
        }
        Event::Leave(position) => {
            if !world.waiting.is_empty() {
                world.leave(position % world.waiting.len());
            }
        }
        Event::Pass(microseconds) => world.pass(Duration::from_micros(microseconds)),
        Event::Drift(microseconds) => world.now += Duration::from_micros(microseconds),
        Event::Expire => {
            let steps = world.seats.expire(world.now, Duration::from_millis(20));
            world.perform(steps);
        }
        Event::Change(tenant) => world.change(tenant),
    }
}

proptest! {
    #[test]
    fn never_beyond_budget_or_share_and_everybody_is_served(
        budget in 1_usize..14,
        connecting_max in 1_usize..6,
        limits in proptest::collection::vec(prop::option::of(1_usize..4), 8),
        weights in proptest::collection::vec(1_u16..4, 8),
        events in proptest::collection::vec(event(), 0..300),
    ) {
        let mut world = World::with(budget, Policy { connecting_max, ..policy() });
        for (tenant, (limit, weight)) in world.tenants.iter_mut().zip(limits.iter().zip(weights)) {
            tenant.limit = *limit;
            tenant.weight = weight;
        }
        for event in &events {
            happen(&mut world, event);
            world.check(budget);
            prop_assert!(world.connecting.len() <= connecting_max);
        }
        world.finish();
        world.check(budget);
        prop_assert!(world.waiting.is_empty(), "{:?} wait for ever", world.waiting);
    }

    #[test]
    fn a_changed_budget_is_reached_and_nobody_is_forgotten(
        budgets in proptest::collection::vec(1_usize..14, 1..5),
        events in proptest::collection::vec(event(), 0..100),
    ) {
        let mut world = World::new(4);
        for budget in budgets {
            world.resize(budget);
            for event in &events {
                let before = world.seats.taken.len();
                happen(&mut world, event);
                world.check_counts();
                let after = world.seats.taken.len();
                prop_assert!(after <= budget.max(before), "a seat too many was opened");
            }
            world.finish();
            prop_assert!(world.waiting.is_empty(), "{:?} wait for ever", world.waiting);
            prop_assert!(world.seats.taken.len() <= budget);
        }
    }

    /// However others behave, a request's turn comes within a round, in which each of the others is
    /// served as often as it has seats, and owes no more than is forgiven.
    #[test]
    fn nobody_is_starved(
        budget in 1_usize..6,
        others in 1_u8..8,
        hold_ms in 1_u64..500,
    ) {
        let mut world = World::new(budget);
        for round in 0_u8..30 {
            world.want(1 + round % others);
        }
        world.want(0);
        let patient = *world.waiting.last().unwrap_or(&Ticket { number: 0, tenant: id(0) });
        let mut turns = 0;
        while world.waiting.contains(&patient) {
            // Whoever is served wants another at once.
            let served = world.served.len();
            if !world.closing.is_empty() {
                world.closed(0);
            } else if !world.connecting.is_empty() {
                world.attempted(0, Attempt::Opened);
            } else {
                world.pass(Duration::from_millis(hold_ms));
                world.give_back(0, true);
            }
            for position in served..world.served.len() {
                world.want(number_of(world.served[position].tenant));
            }
            turns += 1;
            prop_assert!(turns < 3_000, "starved");
        }
    }
}

/// All of them always have requests that wait; each holds a connection for so many milliseconds.
/// Answers the milliseconds that each has held one, for the budget of one seat.
fn compete(contestants: &[(u16, u64)]) -> Vec<u64> {
    let mut world = World::new(1);
    let mut held = vec![0; contestants.len()];
    for (tenant, (weight, _)) in contestants.iter().enumerate() {
        world.tenants[tenant].weight = *weight;
    }
    while held.iter().sum::<u64>() < 100_000 {
        for tenant in 0..contestants.len() {
            let number = u8::try_from(tenant).unwrap();
            while world.waiting.iter().filter(|it| it.tenant == id(number)).count() < 3 {
                world.want(number);
            }
        }
        if !world.closing.is_empty() {
            world.closed(0);
        } else if !world.connecting.is_empty() {
            world.attempted(0, Attempt::Opened);
        } else {
            let tenant = usize::from(number_of(world.seats.taken[&world.lent[0]].tenant));
            let milliseconds = contestants[tenant].1;
            held[tenant] += milliseconds;
            world.pass(Duration::from_millis(milliseconds));
            world.give_back(0, true);
        }
    }
    held
}

#[test]
fn seat_time_is_shared_by_weight_whatever_the_requests_cost() {
    let check = |contestants: &[(u16, u64)], shares: &[u64]| {
        let held = compete(contestants);
        let (all, whole) = (held.iter().sum::<u64>(), shares.iter().sum::<u64>());
        for (held, share) in held.iter().zip(shares) {
            let fair = all * share / whole;
            assert!(held.abs_diff(fair) < fair / 5, "{contestants:?} held {held} of {fair}");
        }
    };
    check(&[(1, 2), (1, 2)], &[1, 1]);
    check(&[(1, 1), (1, 30)], &[1, 1]);
    check(&[(1, 5), (3, 5)], &[1, 3]);
    check(&[(1, 100), (2, 1), (1, 1)], &[1, 2, 1]);
}
