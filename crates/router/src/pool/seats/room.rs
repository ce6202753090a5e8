//! How much room there is on a server, for whom, and whose connection would make some.

use std::time::{Duration, Instant};

use cloison_model::TenantId;

use super::{SeatId, Seats, State};

/// A tenant gets at most this part of a server's seats, so that four greedy ones are needed to
/// take it all, and one alone leaves three quarters to the others.
const SHARE_DIVISOR: usize = 4;

/// One tenant may have this part of the places in the queue and of the attempts to connect. A tenant that
/// asks a thousand times, or whose database does not answer, leaves the other part to the others.
const CROWD_DIVISOR: usize = 2;

/// A tenant's only idle connection is closed if it has been unused for so many times as long as any second
/// one.
const ONLY_ONES_WORTH: u32 = 8;

impl Seats {
    /// The idle connection that will be missed least: the least recently used, but a tenant's only one
    /// rather not. If that is used again, somebody waits for a new one; if a second one is, its tenant
    /// has the first.
    pub(super) fn victim(&self, now: Instant) -> Option<SeatId> {
        let unused = |seat: &SeatId| match self.taken[seat].state {
            State::Idle { since, .. } => now.saturating_duration_since(since),
            State::Connecting | State::Lent { .. } | State::Closing => Duration::ZERO,
        };
        let (_, oldest) = self.idle.first_key_value()?;
        let spare = self.spare.first_key_value().map(|(_, seat)| seat);
        let spare = spare.filter(|it| unused(it) * ONLY_ONES_WORTH >= unused(oldest));
        Some(*spare.unwrap_or(oldest))
    }

    /// Whether so much demand is more than what comes free by itself. Not more room is made than can be
    /// connected at once: the other connections may yet be of use to their own tenants.
    pub(super) fn is_room_wanted(&self, demand: usize, now: Instant) -> bool {
        demand.min(self.attempts(now)) > self.soon_free()
    }

    pub(super) fn share(&self, tenant: TenantId) -> usize {
        let share = self.policy.tenant_seats_max.unwrap_or(self.budget / SHARE_DIVISOR);
        let limit = self.tenants.get(&tenant).and_then(|it| it.limit);
        limit.map_or(share, |it| it.min(share)).max(1)
    }

    /// How many more connections may be opened for the tenant now.
    pub(super) fn room(&self, tenant: TenantId) -> usize {
        let attempts_max = (self.policy.connecting_max / CROWD_DIVISOR).max(1);
        let holding = self.tenants.get(&tenant);
        let (seats, connecting) = holding.map_or((0, 0), |it| (it.seats, it.connecting));
        self.share(tenant).saturating_sub(seats).min(attempts_max.saturating_sub(connecting))
    }

    pub(super) fn has_all_its_seats(&self, tenant: TenantId) -> bool {
        self.tenants[&tenant].seats >= self.share(tenant)
    }

    pub(super) fn is_queue_full(&self, tenant: TenantId) -> bool {
        let its_max = self.policy.waiters_max.div_ceil(CROWD_DIVISOR);
        self.waiting >= self.policy.waiters_max || self.tenants[&tenant].waiting_count() >= its_max
    }

    /// For how long the server has let nobody in, and when it is tried again; if it is so.
    pub(crate) fn outage(&self, now: Instant) -> Option<(Duration, Duration)> {
        let since = self.breaker.down_for(now)?;
        let next_try = self.breaker.next_time(now).map_or(Duration::ZERO, |it| it - now);
        Some((since, next_try))
    }

    /// Seats whose connections are there to stay.
    pub(super) fn live(&self) -> usize {
        self.taken.len() - self.closing
    }

    pub(super) fn free(&self) -> usize {
        self.budget.saturating_sub(self.taken.len())
    }

    /// Seats that are free, or will be when what is closing has closed.
    pub(super) fn soon_free(&self) -> usize {
        self.budget.saturating_sub(self.live())
    }

    /// How many more attempts to connect may begin.
    pub(super) fn attempts(&self, now: Instant) -> usize {
        let allowed = self.breaker.allowance(now).min(self.policy.connecting_max);
        allowed.saturating_sub(self.connecting)
    }
}
