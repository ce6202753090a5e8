//! What becomes of one process's seats of one server in one round of leasing.
//!
//! The rule that everything rests on: a row grows out of free seats only, and shrinks only to what its holder has said
//! it holds. So the rows of a server never add up to more than its budget, and never to less than what is held.

use std::collections::BTreeMap;

use crate::ids::NodeId;
use crate::seat_share::{SeatWish, seat_shares};

/// One process's seats of one server, as the control database has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatRow {
    pub seats: usize,
    /// How many of them it may use while it cannot ask.
    pub kept: usize,
    pub wanted: usize,
    /// Others have taken what it did not keep, since it had not been heard of. It is no sharer until it is again.
    pub is_silent: bool,
}

/// What a process says of itself in a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatReport {
    /// Its connections, or as many as it may open without asking, whichever is more.
    pub held: usize,
    /// How many of them it believes to be kept.
    pub kept: usize,
    /// How many it has had a use for.
    pub wanted: usize,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The row as it is from now on.
    pub row: SeatRow,
    /// How many seats it should have. With fewer, the rest comes as others give it up; with more, it gives them up.
    pub share: usize,
    /// How many it keeps from now on, at most `row.kept`.
    pub kept: usize,
}

/// The part of a server's budget that one process keeps. A small one: if the process dies, nobody can use it for long.
const KEPT_DIVISOR: usize = 8;

/// All processes together keep at most this part, and whoever comes later keeps nothing.
const KEPT_SUM_DIVISOR: usize = 2;

/// The rows are those of the server, this node's among them if it has one; `budget` is the server's.
///
/// If the budget has been lowered, rows may be more than it; then nobody grows until they are not.
pub fn settle(
    budget: usize,
    node: NodeId,
    rows: &BTreeMap<NodeId, SeatRow>,
    report: SeatReport,
) -> Settled {
    let before = rows.get(&node).copied().unwrap_or_default();
    let others = || rows.iter().filter(|(it, _)| **it != node).map(|(_, row)| row);
    let share = share(budget, node, rows, report);

    let free = budget.saturating_sub(others().map(|it| it.seats).sum());
    let held = report.held.min(before.seats);
    let seats = held.max(share.min(free));

    let ration = (budget / KEPT_DIVISOR).max(1);
    let room = budget.div_ceil(KEPT_SUM_DIVISOR).saturating_sub(others().map(|it| it.kept).sum());
    let may_keep = if room < ration { 0 } else { ration.min(seats).min(share) };
    let kept = may_keep.max(report.kept.min(before.kept));

    let row = SeatRow { seats, kept, wanted: report.wanted, is_silent: false };
    Settled { row, share, kept: may_keep }
}

/// Of what is left after those that are silent.
fn share(
    budget: usize,
    node: NodeId,
    rows: &BTreeMap<NodeId, SeatRow>,
    report: SeatReport,
) -> usize {
    let own = rows.get(&node).copied().unwrap_or_default();
    let own = SeatRow { wanted: report.wanted, is_silent: false, ..own };
    let mut sharers: BTreeMap<_, _> =
        rows.iter().filter(|(_, row)| !row.is_silent).map(|(id, row)| (*id, *row)).collect();
    sharers.insert(node, own);
    let silent = rows.iter().filter(|(id, row)| row.is_silent && **id != node);
    let seats = budget.saturating_sub(silent.map(|(_, row)| row.seats).sum());
    let wishes: Vec<_> =
        sharers.values().map(|it| SeatWish { floor: it.kept.max(1), wanted: it.wanted }).collect();
    let shares = seat_shares(seats, &wishes);
    sharers.keys().zip(shares).find(|(id, _)| **id == node).map_or(0, |(_, share)| share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// The rows are one word a node: `seats/kept/wanted`, silent with a `!`. The report is the first node's:
    /// `held/kept/wanted`. The answer is the row, and the share after a colon.
    fn check(budget: usize, rows: &str, report: &str) -> String {
        let numbers = |word: &str| -> Vec<usize> {
            word.trim_end_matches('!').split('/').map(|it| it.parse().unwrap()).collect()
        };
        let node = |number| NodeId(Uuid::from_u128(number));
        let row = |word: &str| {
            let [seats, kept, wanted] = numbers(word)[..] else { panic!("three in {word}") };
            SeatRow { seats, kept, wanted, is_silent: word.ends_with('!') }
        };
        let rows = rows.split_whitespace().zip(1..).map(|(word, number)| (node(number), row(word)));
        let [held, kept, wanted] = numbers(report)[..] else { panic!("three in {report}") };
        let settled = settle(budget, node(1), &rows.collect(), SeatReport { held, kept, wanted });
        let SeatRow { seats, kept, .. } = settled.row;
        format!("{seats}/{kept}:{}", settled.share)
    }

    #[test]
    fn a_process_that_is_alone_gets_everything_and_keeps_an_eighth() {
        assert_eq!(check(16, "", "0/0/0"), "16/2:16");
        assert_eq!(check(16, "16/2/0", "16/2/90"), "16/2:16");
        assert_eq!(check(1, "", "0/0/0"), "1/1:1");
    }

    #[test]
    fn a_second_one_waits_for_what_the_first_gives_up() {
        assert_eq!(check(16, "0/0/0 16/2/0", "0/0/5"), "0/0:10");
        assert_eq!(check(16, "16/2/9 0/0/9", "16/2/9"), "16/2:8", "told, but it still holds them");
        assert_eq!(check(16, "16/2/9 0/0/9", "12/2/9"), "12/2:8");
        assert_eq!(check(16, "0/0/9 12/2/9", "0/0/9"), "4/2:8", "all that is free");
    }

    #[test]
    fn what_is_silent_is_not_shared_with() {
        assert_eq!(check(16, "8/2/9 2/2/0!", "8/2/9"), "14/2:14");
        assert_eq!(check(16, "2/2/0! 14/2/9", "2/2/9"), "2/2:8", "back again");
    }

    #[test]
    fn nobody_grows_while_the_budget_is_overdrawn() {
        assert_eq!(check(8, "6/1/9 8/1/9", "6/1/9"), "6/1:4");
        assert_eq!(check(8, "2/1/9 8/1/9", "2/1/9"), "2/1:4");
        assert_eq!(check(8, "2/1/9 6/1/9", "2/1/9"), "2/1:4");
        assert_eq!(check(8, "2/1/9 4/1/9", "2/1/9"), "4/1:4");
    }

    #[test]
    fn a_row_that_was_lost_is_not_made_up_from_what_is_claimed() {
        assert_eq!(check(8, "0/0/0 6/1/9", "8/1/9"), "2/1:4");
    }

    #[test]
    fn half_of_the_budget_is_kept_at_most() {
        assert_eq!(check(16, "4/0/9 4/2/9 4/3/9 4/2/9", "4/0/9"), "4/0:4");
        assert_eq!(check(16, "4/0/9 4/2/9 4/2/9 4/2/9", "4/0/9"), "4/2:4");
    }
}
