//! A control database, processes, their clocks and the messages between them; none of it real.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use cloison_model::{NodeId, SeatRow, ServerId, settle};
use uuid::Uuid;

use crate::directory::{OtherLease, SeatLease, SeatLeases, SeatRound, Taken};
use crate::seat_leases::holder::{Holder, Usage};
use crate::seat_leases::terms::ROUND_MAX;

pub(super) const SERVER: ServerId = ServerId(Uuid::from_u128(7));
const TICK: Duration = Duration::from_millis(100);
pub(super) const TICKS_PER_SECOND: u64 = 10;
/// How long a connection that is cut off may take to close: `CLOSE_MAX` of a link.
const CLOSING: u64 = 5 * TICKS_PER_SECOND;
/// How long a server takes to see that a client is no more.
const UNSEEN: u64 = TICKS_PER_SECOND;
/// What a process may sleep through. One that sleeps longer wakes up with what others have taken.
pub(super) const NAP_MAX: u64 = 2 * TICKS_PER_SECOND;

/// What the control database does with a round: `seats.rs` of control, without the database.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) budget: usize,
    pub(super) rows: BTreeMap<NodeId, SeatRow>,
    numbers: BTreeMap<NodeId, i64>,
}

impl Ledger {
    pub(super) fn make(&mut self, round: &SeatRound) -> Option<SeatLeases> {
        let number = self.numbers.entry(round.node).or_default();
        if *number >= round.number {
            return None;
        }
        *number = round.number;
        for it in &round.silent {
            let is_unheard = self.numbers.get(&it.node) == Some(&it.renewals);
            let Some(row) = self.rows.get_mut(&it.node).filter(|_| is_unheard) else { continue };
            *row = SeatRow { seats: row.kept, is_silent: true, ..*row };
            if it.taken == Taken::All || row.kept == 0 {
                self.rows.remove(&it.node);
            }
        }
        let before = self.sum();
        if round.is_last {
            self.rows.remove(&round.node);
            return Some(SeatLeases::default());
        }
        let report = round.reports.get(&SERVER).copied().unwrap_or_default();
        let settled = settle(self.budget, round.node, &self.rows, report);
        self.rows.insert(round.node, settled.row);
        assert!(
            self.sum() <= self.budget.max(before),
            "the table would refuse it: {:?}",
            self.rows
        );
        let lease =
            SeatLease { seats: settled.row.seats, share: settled.share, kept: settled.kept };
        let other = |(node, row): (&NodeId, &SeatRow)| OtherLease {
            server: SERVER,
            node: *node,
            renewals: self.numbers[node],
            is_silent: row.is_silent,
        };
        let others = self.rows.iter().filter(|(it, _)| **it != round.node).map(other).collect();
        Some(SeatLeases { own: BTreeMap::from([(SERVER, lease)]), others })
    }

    fn sum(&self) -> usize {
        self.rows.values().map(|it| it.seats).sum()
    }
}

pub(super) struct Process {
    pub(super) holder: Holder,
    /// How fast its clock goes, in thousandths.
    rate: u32,
    pub(super) life: Life,
    /// When each connection's request will be over, or the connection closed, in ticks of true time.
    pub(super) connections: Vec<u64>,
    /// What the pool may have.
    pub(super) ceiling: usize,
    pub(super) demand: usize,
    pub(super) next_round: Instant,
    sent: Option<(Instant, i64)>,
    asleep_until: u64,
    cut_off_until: u64,
    deaf_until: u64,
    slow_until: u64,
}

#[derive(PartialEq)]
pub(super) enum Life {
    Running,
    Leaving,
    Gone,
}

enum Message {
    Ask(usize, SeatRound),
    Answer(usize, i64, SeatLeases),
}

#[derive(Clone, Debug)]
pub(super) enum Event {
    Start { rate: u32 },
    Kill(usize),
    Leave(usize),
    Sleep(usize, u64),
    CutOff(usize, u64),
    LoseAnswers(usize, u64),
    Slow(usize, u64),
    Want(usize, usize),
    Budget(usize),
}

pub(super) struct World {
    tick: u64,
    begun: Instant,
    pub(super) ledger: Ledger,
    pub(super) processes: Vec<Process>,
    messages: Vec<(u64, Message)>,
    chance: u64,
}

impl World {
    pub(super) fn new(budget: usize, chance: u64) -> Self {
        let ledger = Ledger { budget, ..Ledger::default() };
        Self { tick: 0, begun: Instant::now(), ledger, processes: vec![], messages: vec![], chance }
    }

    pub(super) fn happen(&mut self, event: &Event) {
        let tick = self.tick;
        let count = self.processes.len();
        let mut with = |index: usize, change: &dyn Fn(&mut Process)| {
            if count > 0 && self.processes[index % count].life == Life::Running {
                change(&mut self.processes[index % count]);
            }
        };
        match *event {
            Event::Start { rate } => self.start(rate),
            Event::Kill(index) => with(index, &|it| {
                it.life = Life::Gone;
                it.connections.iter_mut().for_each(|end| *end = tick + UNSEEN);
            }),
            Event::Leave(index) => with(index, &|it| it.life = Life::Leaving),
            Event::Sleep(index, ticks) => with(index, &|it| {
                // Two naps in a row are a longer one.
                if it.asleep_until + 10 * TICKS_PER_SECOND < tick || it.asleep_until == 0 {
                    it.asleep_until = tick + ticks;
                }
            }),
            Event::CutOff(index, ticks) => with(index, &|it| it.cut_off_until = tick + ticks),
            Event::LoseAnswers(index, ticks) => with(index, &|it| it.deaf_until = tick + ticks),
            Event::Slow(index, ticks) => with(index, &|it| it.slow_until = tick + ticks),
            Event::Want(index, demand) => with(index, &|it| it.demand = demand),
            Event::Budget(budget) => self.ledger.budget = budget,
        }
    }

    pub(super) fn start(&mut self, rate: u32) {
        let node = NodeId(Uuid::from_u128(self.processes.len() as u128 + 1));
        self.processes.push(Process {
            holder: Holder::new(node),
            rate,
            life: Life::Running,
            connections: vec![],
            ceiling: 0,
            demand: 3,
            next_round: self.begun,
            sent: None,
            asleep_until: 0,
            cut_off_until: 0,
            deaf_until: 0,
            slow_until: 0,
        });
    }

    /// Until so many ticks later, with a look at each.
    pub(super) fn run(&mut self, ticks: u64) {
        for _ in 0..ticks {
            self.tick += 1;
            self.deliver();
            for index in 0..self.processes.len() {
                self.work(index);
            }
            let sum = self.potential();
            // A budget that was lowered is reached as seats are given up. Until then there are those that had been
            // given, and the ledger looks that they become no more.
            let budget = self.ledger.budget.max(self.ledger.sum());
            assert!(sum <= budget, "{sum} of {budget}");
        }
    }

    /// All connections that there are, or that could be opened this moment.
    pub(super) fn potential(&self) -> usize {
        let may_have = |it: &Process| match it.life {
            Life::Running | Life::Leaving => it.connections.len().max(it.ceiling),
            Life::Gone => it.connections.len(),
        };
        self.processes.iter().map(may_have).sum()
    }

    fn deliver(&mut self) {
        let messages = std::mem::take(&mut self.messages);
        let (due, later): (Vec<_>, Vec<_>) =
            messages.into_iter().partition(|(at, _)| *at <= self.tick);
        self.messages = later;
        for (_, message) in due {
            match message {
                Message::Ask(index, round) => {
                    let Some(leases) = self.ledger.make(&round) else { continue };
                    let process = &self.processes[index];
                    if process.deaf_until <= self.tick && process.cut_off_until <= self.tick {
                        let at = self.tick + self.random(3);
                        self.messages.push((at, Message::Answer(index, round.number, leases)));
                    }
                }
                Message::Answer(index, number, leases) => {
                    let now = self.now(index);
                    let process = &mut self.processes[index];
                    // A process that is asleep reads it when it wakes up.
                    if process.asleep_until > self.tick {
                        let at = process.asleep_until;
                        self.messages.push((at, Message::Answer(index, number, leases)));
                    } else if let Some((sent, _)) = process.sent.take_if(|(_, it)| *it == number) {
                        process.holder.answered(sent, now, leases);
                        process.next_round = now + process.holder.pause();
                    }
                }
            }
        }
    }

    /// One process's turn.
    fn work(&mut self, index: usize) {
        let (now, tick) = (self.now(index), self.tick);
        let length = 1 + self.random(400);
        let process = &mut self.processes[index];
        match process.life {
            Life::Gone => return process.connections.retain(|end| *end > tick),
            Life::Running | Life::Leaving if process.asleep_until > tick => return,
            Life::Running | Life::Leaving => {}
        }
        let ceiling = process.holder.ceilings(now).get(&SERVER).copied().unwrap_or_default();
        process.ceiling = ceiling.seats;
        let mut excess = process.connections.len().saturating_sub(ceiling.seats);
        let is_leaving = process.life == Life::Leaving;
        // Idle ones go first; of those in use, only if they must.
        process.connections.retain(|end| {
            let goes = *end <= tick && (excess > 0 || is_leaving);
            excess -= usize::from(goes && excess > 0);
            !goes
        });
        if ceiling.is_cut {
            for end in process.connections.iter_mut().rev().take(excess) {
                *end = (*end).min(tick + CLOSING);
            }
        }
        let busy = process.connections.iter().filter(|end| **end > tick).count();
        if !is_leaving && busy < process.demand {
            if let Some(end) = process.connections.iter_mut().find(|end| **end <= tick) {
                *end = tick + length;
            } else if process.connections.len() < ceiling.seats {
                process.connections.push(tick + length);
            }
        }
        self.ask(index, now);
    }

    fn ask(&mut self, index: usize, now: Instant) {
        let tick = self.tick;
        let delay = self.random(3);
        let process = &mut self.processes[index];
        if process.sent.is_some_and(|(sent, _)| now.duration_since(sent) >= ROUND_MAX) {
            process.sent = None;
            process.next_round = now + process.holder.pause();
        }
        if process.sent.is_some() || process.next_round > now {
            return;
        }
        let is_last = process.life == Life::Leaving && process.connections.is_empty();
        let round = if is_last {
            process.life = Life::Gone;
            process.ceiling = 0;
            process.holder.farewell()
        } else {
            let usage = Usage {
                budget: process.ceiling,
                taken: process.connections.len(),
                wanted: process.demand,
            };
            process.holder.round(now, &BTreeMap::from([(SERVER, usage)]))
        };
        process.sent = Some((now, round.number));
        if process.cut_off_until > tick {
            return;
        }
        // A slow message comes to the control database long after it was given up.
        let delay = if process.slow_until > tick { 50 * delay } else { delay };
        self.messages.push((tick + delay, Message::Ask(index, round)));
    }

    pub(super) fn now(&self, index: usize) -> Instant {
        let true_time = TICK * u32::try_from(self.tick).unwrap();
        self.begun + true_time * self.processes[index].rate / 1_000
    }

    fn random(&mut self, below: u64) -> u64 {
        self.chance = self
            .chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % below
    }
}
