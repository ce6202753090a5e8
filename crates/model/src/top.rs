//! Which few of many are told of by name.

use std::cmp::Reverse;

/// One of many, by two measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    pub bytes: u64,
    pub activity: u64,
}

/// The places of the `n` largest and the `n` busiest, so of `2 n` at most, in order. Of those that weigh the same, the first.
/// Who does nothing is not busy.
pub fn top(weights: &[Weight], n: usize) -> Vec<usize> {
    let heaviest = |weight: fn(&Weight) -> u64| {
        let mut places: Vec<usize> =
            (0..weights.len()).filter(|it| weight(&weights[*it]) > 0).collect();
        let by_weight = |it: &usize| (Reverse(weight(&weights[*it])), *it);
        if n < places.len() {
            places.select_nth_unstable_by_key(n, by_weight);
            places.truncate(n);
        }
        places
    };
    let mut chosen = heaviest(|it| it.bytes);
    chosen.extend(heaviest(|it| it.activity));
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `bytes:activity` each.
    fn check(weights: &str, n: usize) -> Vec<usize> {
        let weights: Vec<_> = weights
            .split_whitespace()
            .map(|it| {
                let (bytes, activity) = it.split_once(':').unwrap();
                Weight { bytes: bytes.parse().unwrap(), activity: activity.parse().unwrap() }
            })
            .collect();
        top(&weights, n)
    }

    #[test]
    fn the_largest_and_the_busiest() {
        assert_eq!(check("", 3), [0_usize; 0]);
        assert_eq!(check("1:0 5:0 3:9 4:1", 1), [1, 2]);
        assert_eq!(check("1:0 5:0 3:9 4:1", 2), [1, 2, 3]);
        assert_eq!(check("7:0 7:0 7:0", 2), [0, 1]);
        assert_eq!(check("7:7", 0), [0_usize; 0]);
    }

    proptest! {
        #[test]
        fn however_many_there_are_few_are_told_of(
            weights in prop::collection::vec((0_u64..50, 0_u64..50), 0..300), n in 0_usize..20
        ) {
            let weights: Vec<_> =
                weights.into_iter().map(|(bytes, activity)| Weight { bytes, activity }).collect();
            let chosen = top(&weights, n);
            prop_assert!(chosen.len() <= 2 * n && chosen.is_sorted());
            let outweighs = |it: &Weight, measure: fn(&Weight) -> u64| {
                weights.iter().filter(|other| measure(other) > measure(it)).count()
            };
            for (place, it) in weights.iter().enumerate() {
                let is_chosen = chosen.contains(&place);
                // Among the n heaviest whatever the order of equals, and so in.
                let equals = |measure: fn(&Weight) -> u64| {
                    weights[..place].iter().filter(|other| measure(other) == measure(it)).count()
                };
                let belongs = |measure: fn(&Weight) -> u64| {
                    measure(it) > 0 && outweighs(it, measure) + equals(measure) < n
                };
                prop_assert_eq!(is_chosen, belongs(|it| it.bytes) || belongs(|it| it.activity));
            }
        }
    }
}
