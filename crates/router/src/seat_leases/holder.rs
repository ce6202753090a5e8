//! What one process may have, as a function of what it was answered and of its clock.
//!
//! Nothing here asks, waits or reads a clock; `seat_leases` does. That all processes together never have more than
//! there is, is what the tests beside this look at, whatever happens to clocks, messages and processes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use cloison_model::{NodeId, SeatReport, ServerId};

use super::silence::Silence;
use super::terms::{CUT, DEMAND_WINDOW, DOUBT, KEPT, PAUSE, PAUSE_FAILED, PAUSE_SHORT};
use crate::directory::{SeatLease, SeatLeases, SeatRound};

#[cfg(test)]
mod tests;

#[derive(Debug)]
pub(crate) struct Holder {
    node: NodeId,
    number: i64,
    /// What was said in the round that is under way or has come to nothing.
    asked: Option<BTreeMap<ServerId, SeatReport>>,
    answer: Option<Answer>,
    demand: BTreeMap<ServerId, VecDeque<(Instant, usize)>>,
    silence: Silence,
}

#[derive(Debug)]
struct Answer {
    /// Before the round was sent.
    at: Instant,
    own: BTreeMap<ServerId, SeatLease>,
    /// Where it has less than it held. Others counted it among the dead.
    lost: BTreeSet<ServerId>,
}

/// What the pool says of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// So many connections the pool may have.
    pub(crate) budget: usize,
    /// So many it has, in whatever state.
    pub(crate) taken: usize,
    /// The most that were in use or waited for at once since it was last asked.
    pub(crate) wanted: usize,
}

/// How sure a process is of its seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Term {
    /// It has been answered a moment ago.
    Sure,
    /// It opens no more than it keeps.
    Doubt,
    /// It has no more than it keeps.
    Cut,
    /// It has nothing.
    Over,
}

/// What the pool may have of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ceiling {
    pub(crate) seats: usize,
    /// Whether connections over it are closed though they are in use.
    pub(crate) is_cut: bool,
}

impl Holder {
    pub(crate) fn new(node: NodeId) -> Self {
        Self {
            node,
            number: 0,
            asked: None,
            answer: None,
            demand: BTreeMap::new(),
            silence: Silence::default(),
        }
    }

    /// The next round. From now on, and until it is answered, the pool must not have more than it has or may have at
    /// this moment.
    pub(crate) fn round(&mut self, now: Instant, usage: &BTreeMap<ServerId, Usage>) -> SeatRound {
        self.number += 1;
        let reports: BTreeMap<_, _> = usage
            .iter()
            .map(|(server, usage)| (*server, self.report(now, *server, usage)))
            .collect();
        self.asked = Some(reports.clone());
        SeatRound {
            node: self.node,
            number: self.number,
            reports,
            silent: self.silence.over(),
            is_last: false,
        }
    }

    /// The last round: the pool is empty and remains so.
    pub(crate) fn farewell(&mut self) -> SeatRound {
        self.number += 1;
        self.answer = None;
        SeatRound {
            node: self.node,
            number: self.number,
            reports: BTreeMap::new(),
            silent: Vec::new(),
            is_last: true,
        }
    }

    /// The answer to the newest round, which was sent no earlier than at `sent`.
    pub(crate) fn answered(&mut self, sent: Instant, now: Instant, leases: SeatLeases) {
        let asked = self.asked.take().unwrap_or_default();
        let has = |server| leases.own.get(server).map_or(0, |it: &SeatLease| it.seats);
        let lost = asked.iter().filter(|(server, it)| it.held > has(server));
        let lost = lost.map(|(server, _)| *server).collect();
        self.silence.look(now, &leases.others);
        self.answer = Some(Answer { at: sent, own: leases.own, lost });
    }

    /// What the pool may have now. Of a server that is not there, nothing.
    pub(crate) fn ceilings(&self, now: Instant) -> BTreeMap<ServerId, Ceiling> {
        let Some(answer) = &self.answer else { return BTreeMap::new() };
        let term = self.term(now);
        let ceiling = |(server, lease): (&ServerId, &SeatLease)| {
            let seats = match term {
                Term::Sure => lease.seats.min(lease.share),
                Term::Doubt | Term::Cut => lease.kept,
                Term::Over => 0,
            };
            let is_cut = term >= Term::Cut || answer.lost.contains(server);
            (*server, Ceiling { seats, is_cut })
        };
        answer.own.iter().map(ceiling).collect()
    }

    pub(crate) fn term(&self, now: Instant) -> Term {
        let Some(answer) = &self.answer else { return Term::Over };
        match now.saturating_duration_since(answer.at) {
            age if age < DOUBT => Term::Sure,
            age if age < CUT => Term::Doubt,
            age if age < KEPT => Term::Cut,
            _ => Term::Over,
        }
    }

    /// When [`Self::ceilings`] will be others, if no answer comes.
    pub(crate) fn next_change(&self, now: Instant) -> Option<Instant> {
        let at = self.answer.as_ref()?.at;
        [DOUBT, CUT, KEPT].into_iter().map(|it| at + it).find(|it| *it > now)
    }

    /// How long to wait before the next round.
    pub(crate) fn pause(&self) -> Duration {
        if self.asked.is_some() {
            return PAUSE_FAILED;
        }
        let is_settled = |it: &Answer| it.own.values().all(|it| it.seats == it.share);
        if self.answer.as_ref().is_some_and(is_settled) { PAUSE } else { PAUSE_SHORT }
    }

    fn report(&mut self, now: Instant, server: ServerId, usage: &Usage) -> SeatReport {
        let lease = self.answer.as_ref().and_then(|it| it.own.get(&server));
        let kept = match self.term(now) {
            Term::Sure | Term::Doubt | Term::Cut => lease.map_or(0, |it| it.kept),
            Term::Over => 0,
        };
        let peaks = self.demand.entry(server).or_default();
        peaks.push_back((now, usage.wanted));
        peaks.retain(|(at, _)| now.saturating_duration_since(*at) < DEMAND_WINDOW);
        SeatReport {
            held: usage.taken.max(usage.budget).max(kept),
            kept,
            wanted: peaks.iter().map(|(_, wanted)| *wanted).max().unwrap_or(0),
        }
    }
}
