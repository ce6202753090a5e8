//! Who comes next: a few tenants often, most of them seldom.

use rand::RngExt;
use rand::rngs::StdRng;

/// Zipf's law with exponent 1.0: the tenant of rank k comes 1/k as often as the first.
pub(super) struct Zipf {
    /// The chance of this rank or a lower one, without a common divisor.
    cumulated: Vec<f64>,
}

impl Zipf {
    /// There must be one rank at least.
    pub(super) fn new(ranks: u32) -> Self {
        assert!(ranks > 0, "somebody comes");
        let mut sum = 0.0;
        let cumulated = (1..=ranks).map(|rank| {
            sum += 1.0 / f64::from(rank);
            sum
        });
        Self { cumulated: cumulated.collect() }
    }

    /// A rank, counted from 0.
    pub(super) fn draw(&self, dice: &mut StdRng) -> usize {
        self.rank(dice.random())
    }

    /// `chance` is in 0..1.
    fn rank(&self, chance: f64) -> usize {
        let last = self.cumulated.len() - 1;
        let wanted = chance * self.cumulated[last];
        self.cumulated.partition_point(|it| *it <= wanted).min(last)
    }
}

#[cfg(test)]
mod tests {
    use super::Zipf;

    #[test]
    fn the_first_comes_twice_as_often_as_the_second() {
        // 1, 1/2 and 1/3 of 11/6.
        let zipf = Zipf::new(3);
        let ranks = [0.0, 0.54, 0.55, 0.81, 0.82, 0.999].map(|chance| zipf.rank(chance));
        assert_eq!(ranks, [0, 0, 1, 1, 2, 2]);
        assert_eq!(Zipf::new(1).rank(0.999), 0);
    }
}
