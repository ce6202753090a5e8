//! How the processes that serve the same tenants share the connections that a server may have.
//!
//! The words of one round of leasing. When a round is made and what follows from its answer is in `seat_leases`.

use std::collections::BTreeMap;

use cloison_model::{NodeId, SeatReport, ServerId};

/// What one process says of itself, and asks for.
///
/// The rounds of a process are numbered. One that arrives after a later one must change nothing: the process has
/// acted on the later one's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRound {
    /// Who asks.
    pub node: NodeId,
    /// The next one's is higher.
    pub number: i64,
    /// What it holds of each server that it knows. Of any other it holds nothing.
    pub reports: BTreeMap<ServerId, SeatReport>,
    /// Whose seats are to be taken, since they have not been heard of for too long.
    pub silent: Vec<SilentLease>,
    /// It holds nothing any more and goes.
    pub is_last: bool,
}

/// Somebody's lease which has not been renewed. It is to be taken only if it has not been in the meantime either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilentLease {
    /// Of which server.
    pub server: ServerId,
    /// Whose.
    pub node: NodeId,
    /// At which renewal it has stood still.
    pub renewals: i64,
    /// How much of it.
    pub taken: Taken,
}

/// How much of a silent lease is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// What its holder does not keep while it cannot ask.
    Rest,
    /// Everything.
    All,
}

/// The answer to a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatLeases {
    /// What the asker has of every server that there is.
    pub own: BTreeMap<ServerId, SeatLease>,
    /// What all others have.
    pub others: Vec<OtherLease>,
}

/// What a process may have of one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatLease {
    /// It may have so many connections.
    pub seats: usize,
    /// It should have so many: with fewer seats, more may come; with more, it should give them up.
    pub share: usize,
    /// So many it may have for longer while it cannot ask.
    pub kept: usize,
}

/// Somebody else's lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherLease {
    /// Of which server.
    pub server: ServerId,
    /// Whose.
    pub node: NodeId,
    /// Another number means that it has been heard of.
    pub renewals: i64,
    /// Whether all but what its holder keeps has been taken already.
    pub is_silent: bool,
}
