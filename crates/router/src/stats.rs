//! What a router is doing, as numbers that cost nothing to take.

use std::time::Duration;

use cloison_model::{ServerId, Subdomain, TenantId};

/// One server's pool at one moment. The numbers up to `is_down` are of this moment, the others are
/// totals since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerStats {
    /// Which server.
    pub server: ServerId,
    /// Seats in all.
    pub budget: usize,
    /// Seats whose connection is in use, being opened or being closed.
    pub in_use: usize,
    /// Those of `in_use` that are being opened.
    pub connecting: usize,
    /// Those of `in_use` that are being closed.
    pub closing: usize,
    /// Seats whose connection waits for its tenant's next request.
    pub idle: usize,
    /// Requests that wait for a seat.
    pub waiting: usize,
    /// Whether the server lets nobody in at the moment.
    pub is_down: bool,
    /// Connections opened, or tried to.
    pub connects: u64,
    /// Attempts to connect that failed.
    pub connect_failures: u64,
    /// Idle connections closed because another tenant needed the seat.
    pub evictions: u64,
    /// Requests that had to wait, by the reason.
    pub waits: Waits,
    /// Requests that waited in vain.
    pub timeouts: u64,
    /// Requests turned away at once: the queue was full, or the server had been down for long.
    pub refused: u64,
    /// How long requests that got a connection had to wait for it.
    pub acquire: Histogram,
}

/// Why requests had to wait: their number since the start, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waits {
    /// The tenant had all the seats that it may have.
    pub share: u64,
    /// The server's budget was used up.
    pub budget: u64,
    /// As many connections were being opened as may be at the same time.
    pub connecting: u64,
    /// The server let nobody in.
    pub outage: u64,
}

/// One tenant's part of one server, at one moment. Totals begin anew when the tenant has had neither a
/// connection nor a request for a while, so a total that has become smaller began at zero.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TenantStats {
    /// Which tenant.
    pub tenant: TenantId,
    /// Its label.
    pub subdomain: Subdomain,
    /// Seats that it holds.
    pub seats: usize,
    /// Those of them whose connection is idle.
    pub idle: usize,
    /// Its requests that wait.
    pub waiting: usize,
    /// Connections that it was given, in total.
    pub acquired: u64,
    /// For how long those waited, in total.
    pub waited: Duration,
    /// For how long it held them, in total.
    pub held: Duration,
}

/// How often tenants were brought up on their requests ([`crate::Directory::bring_up`]), since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BringUpStats {
    /// Tenants that are what their route awaited, in time or not.
    pub brought_up: u64,
    /// Attempts that failed, in time or not.
    pub failed: u64,
    /// Attempts that took longer than a request waits; each ends as one of the others, too.
    pub timed_out: u64,
}

/// A number of durations, by size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Histogram {
    counts: [u64; Self::BOUNDS_US.len() + 1],
    sum: Duration,
}

impl Histogram {
    /// The upper bounds of the buckets but the last, in microseconds; the last has none. From a
    /// connection that was there to one that nobody waits for any more.
    pub const BOUNDS_US: [u64; 15] = [
        10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000,
        2_500_000,
    ];

    /// How many durations are in each bucket: not larger than its bound, larger than the bound before.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many there are in all.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// All of them together.
    pub fn sum(&self) -> Duration {
        self.sum
    }

    pub(crate) fn add(&mut self, duration: Duration) {
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.counts[Self::BOUNDS_US.partition_point(|it| *it < microseconds)] += 1;
        self.sum += duration;
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: [0; Self::BOUNDS_US.len() + 1], sum: Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_its_own_bucket() {
        let mut histogram = Histogram::default();
        for microseconds in [0, 10, 11, 25, 2_500_000, 2_500_001, u64::MAX] {
            histogram.add(Duration::from_micros(microseconds));
        }
        let counts = histogram.counts();
        assert_eq!(counts[..3], [2, 2, 0]);
        assert_eq!(counts[counts.len() - 2..], [1, 2]);
        assert_eq!(histogram.count(), 7);
    }
}
