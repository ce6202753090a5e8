//! `/v1/router`: what the process that answers is doing for tenants' requests, as numbers.
//!
//! Not here: rates. What is a total only grows while the process runs, so whoever asks twice subtracts, and
//! divides by what `uptime_us` has grown.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of `GET /v1/router`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterReport {
    /// Totals of another process, or of the same one started again, cannot be subtracted.
    pub process: RouterProcess,
    /// Those that it has been asked for since its start, by name.
    pub servers: Vec<RouterServer>,
    /// Every process that shares the servers' connections, the one that answers too; the oldest first.
    pub nodes: Vec<RouterNode>,
    /// Tenants that it had migrated on their requests.
    pub bring_ups: RouterBringUps,
    /// Those that have a connection or wait for one, the busiest first.
    pub tenants: Vec<RouterTenant>,
}

/// The process that answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterProcess {
    /// Its machine, its number there and what it is, as in `studio-1/4711 serve`.
    pub name: String,
    pub started_at: Timestamp,
    /// How long it has been running, by a clock that nobody sets.
    pub uptime_us: u64,
}

/// How often a request made its tenant be migrated, as totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterBringUps {
    /// Those that went well, in time or not.
    pub brought_up: u64,
    /// Those that failed, in time or not.
    pub failed: u64,
    /// Those that took longer than a request waits; each ends as one of the others, too.
    pub timed_out: u64,
}

/// A process that has seats, as the control database knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterNode {
    pub name: String,
    pub started_at: Timestamp,
    /// How long before the node that was heard of last this one was. Each is heard of every few seconds.
    pub silent_for_us: u64,
    /// By name.
    pub servers: Vec<RouterNodeSeats>,
}

/// A node's seats on one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterNodeSeats {
    pub server: String,
    /// So many connections may it have there.
    pub seats: u64,
    /// So many of them it keeps even when it is not heard of.
    pub kept: u64,
    /// So many it has a use for.
    pub wanted: u64,
    /// Whether it has not been heard of for so long that others have got what it does not keep.
    pub is_silent: bool,
}

/// The connections of this process to one server. What is not said to be a total is of this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterServer {
    pub server: String,
    /// Whether it lets nobody in at the moment: it cannot be reached, does not answer, or is not ready.
    pub is_down: bool,
    /// Seats in all: as many connections may this process have there.
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
    /// Total of connections that were opened, or tried to.
    pub connects: u64,
    /// Total of those that failed.
    pub connect_failures: u64,
    /// Total of idle connections that were closed because another tenant needed the seat.
    pub evictions: u64,
    /// Total of requests that waited in vain.
    pub timeouts: u64,
    /// Total of requests turned away at once: too many waited, or the server had been down for long.
    pub refused: u64,
    /// Totals of requests that had to wait, by the reason.
    pub waits: RouterWaits,
    /// How long requests that got a connection had to wait for it; their number is the total of acquires.
    pub acquire: Histogram,
}

/// Why requests had to wait: a total of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterWaits {
    /// The tenant had all the seats that it may have.
    pub share: u64,
    /// The server's seats were all taken.
    pub budget: u64,
    /// As many connections were being opened as may be at the same time.
    pub connecting: u64,
    /// The server let nobody in.
    pub outage: u64,
}

/// A number of durations by size, as totals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Histogram {
    /// The upper bounds of the buckets but the last, which has none.
    pub bounds_us: Vec<u64>,
    /// How many are in each bucket: not larger than its bound, larger than the bound before.
    pub counts: Vec<u64>,
    /// All of them together.
    pub sum_us: u64,
}

/// One tenant's part of one server. Its totals begin anew when it has had neither a connection nor a request for a
/// while, so a total that has become smaller began at zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouterTenant {
    pub subdomain: String,
    pub server: String,
    /// Seats that it holds.
    pub seats: usize,
    /// Those of them whose connection is idle.
    pub idle: usize,
    /// Its requests that wait.
    pub waiting: usize,
    /// Total of connections that it was given.
    pub acquires: u64,
    /// For how long those waited for a seat, in total.
    pub waited_us: u64,
    /// For how long it held those that it has given back, in total.
    pub held_us: u64,
}
