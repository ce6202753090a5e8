//! Every order of events that a pool can meet, without a pool.

use std::collections::HashSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn request(tenant: u8, epoch: i64) -> Request {
    Request {
        tenant: TenantId(Uuid::from_u128(tenant.into())),
        subdomain: format!("t{tenant}").parse().unwrap(),
        epoch,
        limit: None,
    }
}

/// Does what the pool does, with connections that are nothing but numbers.
#[derive(Clone)]
struct World {
    seats: Seats,
    now: Instant,
    epochs: Vec<i64>,
    lent: Vec<SeatId>,
    closing: Vec<SeatId>,
    waiting: Vec<Ticket>,
    served: Vec<Ticket>,
}

impl World {
    fn new(budget: usize) -> Self {
        Self {
            seats: Seats::new(budget, 50),
            now: Instant::now(),
            epochs: vec![1; 256],
            lent: vec![],
            closing: vec![],
            waiting: vec![],
            served: vec![],
        }
    }

    /// What became of the request, as one word.
    fn want(&mut self, tenant: u8) -> &'static str {
        match self.seats.decide(request(tenant, self.epochs[usize::from(tenant)])) {
            Decision::Reuse(seat) => {
                self.lent.push(seat);
                "reuse"
            }
            Decision::Connect(seat) => {
                self.lent.push(seat);
                "connect"
            }
            Decision::Close { victim, ticket } => {
                self.closing.push(victim);
                self.waiting.push(ticket);
                "close"
            }
            Decision::Wait(ticket) => {
                self.waiting.push(ticket);
                "wait"
            }
            Decision::Refuse => "refuse",
        }
    }

    fn give_back(&mut self, position: usize, reusable: bool) {
        let seat = self.lent.remove(position);
        let steps = self.seats.give_back(seat, reusable, self.now);
        self.perform(steps);
    }

    fn lose(&mut self, position: usize) {
        let seat = self.lent.remove(position);
        let steps = self.seats.freed(seat);
        self.perform(steps);
    }

    fn closed(&mut self, position: usize) {
        let seat = self.closing.remove(position);
        let steps = self.seats.freed(seat);
        self.perform(steps);
    }

    fn leave(&mut self, position: usize) {
        let ticket = self.waiting.remove(position);
        let steps = self.seats.leave(ticket);
        self.perform(steps);
    }

    fn perform(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Reuse(ticket, seat) | Step::Connect(ticket, seat) => {
                    self.served.push(ticket);
                    self.waiting.retain(|it| *it != ticket);
                    self.lent.push(seat);
                }
                Step::Close(seat) => self.closing.push(seat),
            }
        }
    }

    /// Everybody finishes, everything closes.
    fn finish(&mut self) {
        while !self.lent.is_empty() || !self.closing.is_empty() {
            if self.closing.is_empty() {
                self.give_back(0, true);
            } else {
                self.closed(0);
            }
        }
    }

    fn check(&self, budget: usize) {
        let seats = &self.seats;
        assert!(seats.taken.len() <= budget, "more seats than the budget");
        assert_eq!(
            seats.taken.len(),
            self.lent.len() + self.closing.len() + seats.idle.len(),
            "a seat is lost"
        );
        let share = (budget / SHARE_DIVISOR).max(1);
        for (tenant, holding) in &seats.tenants {
            let taken = seats.taken.values().filter(|it| it.tenant == *tenant).count();
            assert_eq!(holding.seats, taken);
            assert!(holding.seats + holding.promised <= share, "more seats than the share");
            let waiting = seats.queue.iter().filter(|it| it.request.tenant == *tenant).count();
            assert_eq!(holding.waiting, waiting);
            let heirs = seats.heirs.values().filter(|it| it.request.tenant == *tenant).count();
            assert!(taken + waiting + heirs > 0, "a tenant without anything is remembered");
        }
        let known: HashSet<_> =
            seats.queue.iter().map(|it| it.ticket).chain(seats.heirs.keys().copied()).collect();
        assert_eq!(known, self.waiting.iter().copied().collect(), "a waiter is lost");
        for waiter in &seats.queue {
            let could = seats.clone().offer(&waiter.request).is_some();
            assert!(!could, "somebody waits who could be served");
        }
    }
}

#[derive(Clone, Debug)]
enum Event {
    Want(u8),
    GiveBack(usize, bool),
    Lose(usize),
    Closed(usize),
    Leave(usize),
    Pass(u64),
    Change(u8),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0_u8..8).prop_map(Event::Want),
        4 => (any::<usize>(), prop::bool::weighted(0.9)).prop_map(|(at, it)| Event::GiveBack(at, it)),
        1 => any::<usize>().prop_map(Event::Lose),
        3 => any::<usize>().prop_map(Event::Closed),
        1 => any::<usize>().prop_map(Event::Leave),
        1 => (0_u64..40).prop_map(Event::Pass),
        1 => (0_u8..8).prop_map(Event::Change),
    ]
}

fn happen(world: &mut World, event: &Event) {
    let at = |position: usize, length: usize| (length > 0).then(|| position % length);
    match *event {
        Event::Want(tenant) => {
            world.want(tenant);
        }
        Event::GiveBack(position, reusable) => {
            if let Some(position) = at(position, world.lent.len()) {
                world.give_back(position, reusable);
            }
        }
        Event::Lose(position) => {
            if let Some(position) = at(position, world.lent.len()) {
                world.lose(position);
            }
        }
        Event::Closed(position) => {
            if let Some(position) = at(position, world.closing.len()) {
                world.closed(position);
            }
        }
        Event::Leave(position) => {
            if let Some(position) = at(position, world.waiting.len()) {
                world.leave(position);
            }
        }
        Event::Pass(seconds) => {
            world.now += Duration::from_secs(seconds);
            let steps = world.seats.expire(world.now, Duration::from_mins(1));
            world.perform(steps);
        }
        Event::Change(tenant) => {
            let epoch = &mut world.epochs[usize::from(tenant)];
            *epoch += 1;
            let steps = world.seats.retire(request(tenant, 0).tenant, *epoch);
            world.perform(steps);
        }
    }
}

proptest! {
    #[test]
    fn never_beyond_budget_or_share_and_everybody_is_served(
        budget in 1_usize..14,
        events in proptest::collection::vec(event(), 0..200),
    ) {
        let mut world = World::new(budget);
        for event in &events {
            happen(&mut world, event);
            world.check(budget);
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
            let steps = world.seats.resize(budget);
            world.perform(steps);
            for event in &events {
                let before = world.seats.taken.len();
                happen(&mut world, event);
                let after = world.seats.taken.len();
                prop_assert!(after <= budget.max(before), "a seat too many was opened");
            }
            world.finish();
            prop_assert!(world.waiting.is_empty(), "{:?} wait for ever", world.waiting);
            prop_assert!(world.seats.taken.len() <= budget);
        }
    }
}

#[test]
fn own_idle_then_free_seat_then_the_least_recently_used_of_all_then_the_queue() {
    let mut world = World::new(4);
    assert_eq!([1, 2, 3, 4].map(|it| world.want(it)), ["connect"; 4]);
    world.give_back(1, true);
    world.give_back(0, true);
    assert_eq!(world.want(1), "reuse");
    world.give_back(2, true);
    // Idle are now the second, then the first.
    assert_eq!(world.want(5), "close");
    assert_eq!(world.seats.taken[&world.closing[0]].tenant, request(2, 0).tenant);
    assert_eq!(world.seats.evictions(), 1);
    assert_eq!(world.want(6), "close");
    assert_eq!(world.want(7), "wait");
    world.closed(0);
    world.closed(0);
    assert_eq!(world.waiting.len(), 1);
}

#[test]
fn first_come_first_served_but_whoever_has_their_share_lets_others_pass() {
    let mut world = World::new(4);
    assert_eq!([1, 2, 3, 4].map(|it| world.want(it)), ["connect"; 4]);
    // The share is one seat, so the second request of the first tenant cannot be served.
    assert_eq!([1, 5, 6].map(|it| world.want(it)), ["wait"; 3]);
    let [first, fifth, sixth] = world.waiting[..] else { panic!("three wait") };
    // The third tenant's seat goes to the fifth, by way of closing.
    world.give_back(2, true);
    assert_eq!(world.closing.len(), 1);
    world.closed(0);
    assert_eq!(world.served, [fifth]);
    // The first tenant's own seat goes to its own second request, which has waited longest.
    world.give_back(0, true);
    assert_eq!(world.served, [fifth, first]);
    world.give_back(0, true);
    world.closed(0);
    assert_eq!(world.served, [fifth, first, sixth]);
}

#[test]
fn an_older_epoch_is_closed_instead_of_reused() {
    let mut world = World::new(8);
    assert_eq!([1, 1].map(|it| world.want(it)), ["connect"; 2]);
    world.give_back(0, true);
    world.epochs[1] = 2;
    let steps = world.seats.retire(request(1, 0).tenant, 2);
    world.perform(steps);
    assert_eq!(world.closing.len(), 1, "the idle one at once");
    world.give_back(0, true);
    assert_eq!(world.closing.len(), 2, "the other when it is given back");
    assert_eq!(world.want(1), "wait", "until a seat of its share is free");
    world.closed(0);
    assert_eq!(world.served.len(), 1);
}

#[test]
fn a_request_newer_than_the_news_has_its_idle_connection_replaced() {
    let mut world = World::new(4);
    assert_eq!(world.want(1), "connect");
    world.give_back(0, true);
    world.epochs[1] = 2;
    assert_eq!(world.want(1), "close");
    world.closed(0);
    assert_eq!(world.lent.len(), 1);
    assert_eq!(world.seats.evictions(), 0, "it was nobody else's");
}

#[test]
fn a_full_queue_refuses() {
    let mut world = World::new(1);
    world.seats = Seats::new(1, 1);
    assert_eq!([1, 2, 3].map(|it| world.want(it)), ["connect", "wait", "refuse"]);
    world.check(1);
}

#[test]
fn the_roles_own_limit_counts_too() {
    let mut seats = Seats::new(100, 10);
    let limited = Request { limit: Some(2), ..request(1, 1) };
    for _ in 0..2 {
        assert!(matches!(seats.decide(limited.clone()), Decision::Connect(_)));
    }
    assert!(matches!(seats.decide(limited), Decision::Wait(_)));
}

#[test]
fn the_load_names_the_greediest() {
    let mut world = World::new(12);
    for tenant in [3, 1, 1, 1, 2, 2, 4, 5, 6, 7, 1] {
        world.want(tenant);
    }
    let load = world.seats.load(&request(1, 1));
    assert_eq!(
        load.to_string(),
        "it holds 3 of the 3 seats it may, the server has 12, 1 waiting, held by t1: 3, t2: 2, \
         t3: 1, t4: 1, t5: 1"
    );
}
