//! What a server's seats are like at one moment, for errors and for those who watch.

use std::time::Instant;

use cloison_model::TenantId;

use super::Seats;
use crate::error::Load;
use crate::stats::{TenantStats, Waits};

/// What only grows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) connects: u64,
    pub(crate) connect_failures: u64,
    pub(crate) evictions: u64,
    pub(crate) refused: u64,
    pub(crate) waits: Waits,
}

/// What goes up and down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gauges {
    pub(crate) budget: usize,
    pub(crate) busy: usize,
    pub(crate) connecting: usize,
    pub(crate) closing: usize,
    pub(crate) idle: usize,
    pub(crate) waiting: usize,
}

/// How many tenants an error names.
const HOLDERS_MAX: usize = 5;

impl Seats {
    /// What this tenant's error says.
    pub(crate) fn load(&self, tenant: TenantId) -> Load {
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
            share: self.share(tenant),
            held: self.tenants.get(&tenant).map_or(0, |it| it.seats),
            waiting: self.waiting,
            holders,
        }
    }

    pub(crate) fn budget(&self) -> usize {
        self.budget
    }

    /// Seats in any state.
    pub(crate) fn taken_count(&self) -> usize {
        self.taken.len()
    }

    /// How many seats there is a use for at this moment.
    pub(crate) fn wanted_count(&self) -> usize {
        self.taken.len() - self.idle.len() + self.waiting
    }

    pub(crate) fn gauges(&self) -> Gauges {
        Gauges {
            budget: self.budget,
            busy: self.taken.len() - self.idle.len(),
            connecting: self.connecting,
            closing: self.closing,
            idle: self.idle.len(),
            waiting: self.waiting,
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether the server lets nobody in.
    pub(crate) fn is_down(&self, now: Instant) -> bool {
        self.breaker.down_for(now).is_some()
    }

    /// Every tenant that has a seat or a request here.
    pub(crate) fn tenant_stats(&self) -> impl Iterator<Item = TenantStats> {
        self.tenants.iter().map(|(&tenant, it)| TenantStats {
            tenant,
            subdomain: it.subdomain.clone(),
            seats: it.seats,
            idle: it.idle.len(),
            waiting: it.waiting_count(),
            acquired: it.acquired,
            waited: it.waited,
            held: it.held,
        })
    }

    /// Why the request has to wait; the first reason that would remain without the others.
    pub(super) fn count_wait(&mut self, tenant: TenantId, now: Instant) {
        let is_share = self.has_all_its_seats(tenant);
        let is_outage = self.breaker.down_for(now).is_some();
        let is_connecting = self.attempts(now) == 0 || self.room(tenant) == 0;
        let waits = &mut self.counts.waits;
        let reason = if is_share {
            &mut waits.share
        } else if is_outage {
            &mut waits.outage
        } else if is_connecting {
            &mut waits.connecting
        } else {
            &mut waits.budget
        };
        *reason += 1;
    }
}
