//! What one process has answered since its start.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Up to so many seconds an answer takes, for each class; the last class is of those that take longer.
pub const DURATION_SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const CLASSES: usize = DURATION_SECONDS.len() + 1;

/// Counts. Cheap to clone: all clones count together.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    requests: AtomicU64,
    errors: AtomicU64,
    durations: [AtomicU64; CLASSES],
}

/// At one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub requests: i64,
    /// Answered with a status of 500 or above.
    pub errors: i64,
    /// By class of duration.
    pub durations: Vec<i64>,
}

impl Tally {
    pub fn count(&self, took: Duration, is_error: bool) {
        let class = DURATION_SECONDS.partition_point(|it| *it < took.as_secs_f64());
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        self.0.durations[class].fetch_add(1, Ordering::Relaxed);
        if is_error {
            self.0.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn totals(&self) -> Totals {
        let read = |it: &AtomicU64| i64::try_from(it.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        Totals {
            requests: read(&self.0.requests),
            errors: read(&self.0.errors),
            durations: self.0.durations.iter().map(read).collect(),
        }
    }
}

impl Totals {
    /// Of a process that has just started.
    pub fn zero() -> Self {
        Self { durations: vec![0; CLASSES], ..Self::default() }
    }
}
