//! Whose turn it is when a seat comes free: deficit round robin over the tenants that wait.
//!
//! After M. Shreedhar and G. Varghese, "Efficient fair queuing using deficit round robin" (1995). What is
//! shared is the time that seats are held, not the number of requests: a tenant of slow queries must
//! not get more than one of fast ones. Since nobody knows beforehand how long a connection will be
//! held, it is charged afterwards, so a tenant may owe; its turn is passed over until its quanta have
//! paid for it.
//!
//! A quantum is about what one new connection costs. So a tenant that still has requests keeps its
//! connection for at most as long as handing the seat on would take, and at most half of the server's
//! seats' time is lost to connecting.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use cloison_model::TenantId;

use super::holding::Holding;

/// Seat time that a tenant of weight 1 may use in one turn. A cold connection with a password takes 5
/// to 7 ms on PostgreSQL 15.
pub(super) const QUANTUM: Duration = Duration::from_millis(10);

/// A tenant owes at most so many turns: one query of a minute must not shut it out for a minute.
pub(super) const DEBT_TURNS_MAX: i64 = 20;

/// The tenants that wait for a seat they do not have, the next first.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    round: VecDeque<TenantId>,
    /// Who stands in the round.
    standing: HashSet<TenantId>,
}

impl Turns {
    /// The tenant wants a seat. At the end of the round, unless it stands there already.
    pub(super) fn join(&mut self, tenant: TenantId) {
        if self.standing.insert(tenant) {
            self.round.push_back(tenant);
        }
    }

    /// Whose turn it is; nobody's, if nobody could take a seat.
    pub(super) fn next(&mut self, tenants: &mut HashMap<TenantId, Holding>) -> Option<TenantId> {
        // It ends: whoever is passed over owes a quantum less, and debts are limited.
        loop {
            let tenant = self.round.pop_front()?;
            match tenants.get_mut(&tenant) {
                Some(holding) if holding.demand > 0 => {
                    let is_served = holding.begin_turn();
                    self.round.push_back(tenant);
                    if is_served {
                        return Some(tenant);
                    }
                }
                Some(_) | None => {
                    self.standing.remove(&tenant);
                }
            }
        }
    }
}
