//! How full each server's pool is, as numbers that cost nothing to take.

use cloison_model::ServerId;

/// One server's pool at one moment. The first four are gauges, the others only grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerStats {
    /// Which server.
    pub server: ServerId,
    /// Seats in all.
    pub budget: usize,
    /// Seats whose connection is in use, being opened or being closed.
    pub in_use: usize,
    /// Seats whose connection waits for its tenant's next request.
    pub idle: usize,
    /// Requests that wait for a seat.
    pub waiting: usize,
    /// Connections opened since the start.
    pub connects: u64,
    /// Idle connections closed because another tenant needed the seat.
    pub evictions: u64,
}
