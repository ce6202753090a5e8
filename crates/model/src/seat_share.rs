//! How many of a server's seats each process should have: max-min fair, as a function of what each wants.
//!
//! Not here: how one gets there without ever having more than there are, which is `seat_ledger`'s.

/// What one process asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatWish {
    /// What it gets before anybody gets more than that.
    pub floor: usize,
    /// What it has a use for.
    pub wanted: usize,
}

/// Each one's share, in the order of the wishes; together they are all the seats, if anybody is there.
///
/// First everybody gets one, then their floor, then the one that has least gets the next, until nobody wants more.
/// What is left is spread evenly: whoever is alone has everything. Of two that are equal the first one gets the odd
/// seat.
pub fn seat_shares(seats: usize, wishes: &[SeatWish]) -> Vec<usize> {
    let mut shares = vec![0; wishes.len()];
    let mut left = seats;
    left = fill(&mut shares, left, |index| wishes[index].floor.min(1));
    left = fill(&mut shares, left, |index| wishes[index].floor);
    left = fill(&mut shares, left, |index| wishes[index].floor.max(wishes[index].wanted));
    let sharers = shares.len().max(1);
    for (index, share) in shares.iter_mut().enumerate() {
        *share += left / sharers + usize::from(index < left % sharers);
    }
    shares
}

/// One seat at a time to the one that has least and has room; answers what is left.
fn fill(shares: &mut [usize], mut left: usize, room: impl Fn(usize) -> usize) -> usize {
    while left > 0 {
        let open = shares.iter_mut().enumerate().filter(|(index, share)| **share < room(*index));
        let Some((_, least)) = open.min_by_key(|(_, share)| **share) else { break };
        *least += 1;
        left -= 1;
    }
    left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A wish is one word: `floor/wanted`.
    fn check(seats: usize, wishes: &str) -> Vec<usize> {
        let wish = |word: &str| {
            let (floor, wanted) = word.split_once('/').unwrap();
            SeatWish { floor: floor.parse().unwrap(), wanted: wanted.parse().unwrap() }
        };
        seat_shares(seats, &wishes.split_whitespace().map(wish).collect::<Vec<_>>())
    }

    #[test]
    fn whoever_needs_more_gets_what_others_leave() {
        assert_eq!(check(10, "1/0"), [10], "alone");
        assert_eq!(check(10, "1/0 1/0"), [5, 5], "nobody wants any");
        assert_eq!(check(10, "1/9 1/9"), [5, 5], "both want too much");
        assert_eq!(check(10, "1/2 1/90"), [2, 8], "one wants little");
        assert_eq!(check(10, "1/0 1/90 1/90"), [1, 5, 4], "one for whoever wants nothing");
        assert_eq!(check(12, "1/2 1/6"), [4, 8], "enough for both, and the rest is halved");
        assert_eq!(check(10, "4/0 1/90"), [4, 6], "a floor");
        assert_eq!(check(2, "4/9 1/9 1/9"), [1, 1, 0], "too few");
        assert_eq!(check(3, ""), [0; 0]);
    }

    fn wishes() -> impl Strategy<Value = Vec<SeatWish>> {
        let wish = (0_usize..6, 0_usize..40).prop_map(|(floor, wanted)| SeatWish { floor, wanted });
        proptest::collection::vec(wish, 1..8)
    }

    proptest! {
        #[test]
        fn all_seats_are_given_and_no_more(seats in 0_usize..100, wishes in wishes()) {
            prop_assert_eq!(seat_shares(seats, &wishes).iter().sum::<usize>(), seats);
        }

        #[test]
        fn everybody_has_one_while_there_are_enough(seats in 0_usize..100, wishes in wishes()) {
            let wishes: Vec<_> =
                wishes.into_iter().map(|it| SeatWish { floor: it.floor.max(1), ..it }).collect();
            let shares = seat_shares(seats, &wishes);
            prop_assert!(seats < wishes.len() || shares.iter().all(|it| *it >= 1));
        }

        #[test]
        fn nobody_is_short_while_another_has_more_than_that(seats in 0_usize..100, wishes in wishes()) {
            let shares = seat_shares(seats, &wishes);
            for (short, share) in wishes.iter().zip(&shares).filter(|(it, share)| **share < it.wanted) {
                for (other, other_share) in wishes.iter().zip(&shares) {
                    let is_floor = *other_share <= other.floor;
                    prop_assert!(is_floor || *other_share <= share + 1, "{short:?} has {share}: {shares:?}");
                }
            }
        }

        #[test]
        fn wanting_more_never_gets_less(seats in 0_usize..100, mut wishes in wishes(), who in 0_usize..8) {
            let who = who % wishes.len();
            let before = seat_shares(seats, &wishes)[who];
            wishes[who].wanted += 1;
            prop_assert!(seat_shares(seats, &wishes)[who] >= before);
        }

        #[test]
        fn more_seats_are_less_for_nobody(seats in 0_usize..100, wishes in wishes()) {
            let before = seat_shares(seats, &wishes);
            let after = seat_shares(seats + 1, &wishes);
            prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after));
        }
    }
}
