//! Spares: databases made ahead, so that a new customer waits for nothing. How many, and where: a pure plan.

use crate::ids::{ServerId, SpareId};
use crate::placement::ServerState;
use crate::words::words;

words! {
    /// How far a spare has come.
    SpareState {
        Making = "MAKING",
        /// A new tenant can take it.
        Ready = "READY",
        Dropping = "DROPPING",
    }
}

/// Spares that are made at once on one server. More would be ready no sooner than a customer's order that comes
/// meanwhile, and would keep it from the disk.
const MAKING_MAX: i64 = 1;

/// One server's spares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    pub server: ServerId,
    pub state: ServerState,
    /// Tenants that could still be placed there.
    pub room: i64,
    /// At this build's release: ready, and being made.
    pub ready: Vec<SpareId>,
    pub making: i64,
    /// Making one has failed of late: no more are ordered until that is a while ago.
    pub is_failing: bool,
    /// Ready at an older release, where no tenant of this build is to begin.
    pub outdated: Vec<SpareId>,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpareOrder {
    Make { server: ServerId },
    Drop { spare: SpareId },
}

/// What is missing is made, what is outdated or stands on a server that takes nobody is dropped.
///
/// More than wanted is left alone: another process may have been told to want more, and two that disagree must
/// not make and drop in turns.
pub fn plan_spares(wanted: u16, stocks: &[Stock]) -> Vec<SpareOrder> {
    stocks.iter().flat_map(|it| orders(wanted, it)).collect()
}

fn orders(wanted: u16, stock: &Stock) -> Vec<SpareOrder> {
    let drop = |spare: &SpareId| SpareOrder::Drop { spare: *spare };
    match stock.state {
        ServerState::Accepting => {
            let there = i64::try_from(stock.ready.len()).unwrap_or(i64::MAX) + stock.making;
            let wanted = if stock.is_failing { 0 } else { wanted };
            let missing = i64::from(wanted).min(stock.room) - there;
            let missing = missing.min(MAKING_MAX - stock.making);
            let make = (0..missing).map(|_| SpareOrder::Make { server: stock.server });
            stock.outdated.iter().map(drop).chain(make).collect()
        }
        ServerState::Draining => stock.outdated.iter().chain(&stock.ready).map(drop).collect(),
        ServerState::Offline => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// `ready/making/outdated of room`.
    fn check(wanted: u16, state: &str, stock: &str) -> String {
        let numbers: Vec<i64> = stock.split([' ', '/']).filter_map(|it| it.parse().ok()).collect();
        let spares = |count: i64, from: u128| {
            (0..count).zip(from..).map(|(_, it)| SpareId(Uuid::from_u128(it))).collect()
        };
        let stock = Stock {
            server: ServerId(Uuid::nil()),
            state: state.replace("FAILING", "ACCEPTING").parse().unwrap(),
            room: numbers[3],
            ready: spares(numbers[0], 1),
            making: numbers[1],
            is_failing: state == "FAILING",
            outdated: spares(numbers[2], 100),
        };
        let orders = plan_spares(wanted, &[stock]);
        let made = orders.iter().filter(|it| matches!(it, SpareOrder::Make { .. })).count();
        format!("make {made} drop {}", orders.len() - made)
    }

    #[test]
    fn as_many_as_wanted_and_no_more_than_there_is_room_for() {
        assert_eq!(check(3, "ACCEPTING", "0/0/0 of 100"), "make 1 drop 0");
        assert_eq!(check(3, "ACCEPTING", "2/0/0 of 100"), "make 1 drop 0");
        assert_eq!(check(3, "ACCEPTING", "3/0/0 of 100"), "make 0 drop 0");
        assert_eq!(check(3, "ACCEPTING", "1/1/0 of 100"), "make 0 drop 0");
        assert_eq!(check(3, "ACCEPTING", "2/1/0 of 100"), "make 0 drop 0");
        assert_eq!(check(3, "ACCEPTING", "5/0/0 of 100"), "make 0 drop 0");
        assert_eq!(check(3, "ACCEPTING", "0/0/0 of 2"), "make 1 drop 0");
        assert_eq!(check(3, "ACCEPTING", "0/0/0 of -1"), "make 0 drop 0");
        assert_eq!(check(0, "ACCEPTING", "0/0/0 of 100"), "make 0 drop 0");
        assert_eq!(check(3, "FAILING", "0/0/1 of 100"), "make 0 drop 1");
    }

    #[test]
    fn an_older_release_goes_and_a_draining_server_keeps_none() {
        assert_eq!(check(3, "ACCEPTING", "0/0/3 of 100"), "make 1 drop 3");
        assert_eq!(check(3, "DRAINING", "2/0/1 of 100"), "make 0 drop 3");
        assert_eq!(check(3, "OFFLINE", "2/0/1 of 100"), "make 0 drop 0");
    }
}
