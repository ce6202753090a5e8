//! Times, sorted, and what is said about them.

use std::time::Duration;

pub(super) struct Sample(Vec<Duration>);

impl Sample {
    /// There must be one time at least.
    pub(super) fn new(mut times: Vec<Duration>) -> Self {
        assert!(!times.is_empty(), "a benchmark times something");
        times.sort_unstable();
        Self(times)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// By nearest rank: a time that was really measured.
    pub(super) fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0[rank.saturating_sub(1)]
    }

    /// In milliseconds, to the microsecond.
    pub(super) fn milliseconds(&self, percent: usize) -> f64 {
        rounded(self.percentile(percent).as_secs_f64() * 1_000.0)
    }

    /// In seconds, to the millisecond.
    pub(super) fn seconds(&self, percent: usize) -> f64 {
        rounded(self.percentile(percent).as_secs_f64())
    }

    pub(super) fn row(&self, name: &str) -> String {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| self.milliseconds(percent));
        format!("{name:<28}{:>7}{p50:>12.3}{p95:>12.3}{p99:>12.3}", self.len())
    }
}

pub(super) fn header() -> String {
    format!("{:<28}{:>7}{:>12}{:>12}{:>12}", "", "n", "p50 ms", "p95 ms", "p99 ms")
}

pub(super) fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Sample;

    fn check(milliseconds: impl Iterator<Item = u64>, percent: usize) -> Duration {
        Sample::new(milliseconds.map(Duration::from_millis).collect()).percentile(percent)
    }

    #[test]
    fn percentiles_are_measured_times() {
        assert_eq!(check((1..=100).rev(), 50), Duration::from_millis(50));
        assert_eq!(check(1..=100, 99), Duration::from_millis(99));
        assert_eq!(check(1..=3, 99), Duration::from_millis(3));
        assert_eq!(check(1..=3, 50), Duration::from_millis(2));
        assert_eq!(check(7..=7, 50), Duration::from_millis(7));
    }
}
