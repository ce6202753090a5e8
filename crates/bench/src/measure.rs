//! Callers that ask one layout for a while, and the times that it took.
//!
//! Each caller asks, waits for the answer, and asks again. A time begins before a connection is asked for, so waiting
//! for one counts.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::calls::{Caller, Kind, Slots};
use crate::layout::Layout;
use crate::studios::Studio;

/// One layout under way, with what it has been asked to book.
pub(crate) struct Contestant {
    pub(crate) layout: Layout,
    pub(crate) slots: Arc<Slots>,
    pub(crate) times: Times,
}

#[derive(Default)]
pub(crate) struct Times {
    calls: Vec<(Kind, Duration)>,
    measured: Duration,
}

impl Times {
    pub(crate) fn add(&mut self, other: Self) {
        self.calls.extend(other.calls);
        self.measured += other.measured;
    }

    pub(crate) fn len(&self) -> usize {
        self.calls.len()
    }

    /// Sorted.
    pub(crate) fn of(&self, kind: Kind) -> Vec<Duration> {
        let calls = self.calls.iter().filter(|(it, _)| *it == kind);
        let mut times: Vec<Duration> = calls.map(|(_, took)| *took).collect();
        times.sort_unstable();
        times
    }

    pub(crate) fn measured(&self) -> Duration {
        self.measured
    }
}

/// By nearest rank: a time that was really measured. `sorted` must not be empty.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted[rank.saturating_sub(1)]
}

/// So many callers for so long. The same seed draws the same calls for every layout; a faster one gets further.
pub(crate) async fn slice(
    contestant: &Contestant,
    studios: &Arc<[Studio]>,
    callers: u16,
    duration: Duration,
    seed: u64,
) -> Result<Times> {
    let started = Instant::now();
    let mut calling = JoinSet::new();
    for number in 0..u64::from(callers) {
        let (layout, slots) = (contestant.layout.clone(), Arc::clone(&contestant.slots));
        let studios = Arc::clone(studios);
        let mut caller = Caller::new(studios.len(), seed.wrapping_add(number))?;
        calling.spawn(async move {
            let mut calls = Vec::new();
            while started.elapsed() < duration {
                let (studio, kind, call) = caller.next(&studios, &slots)?;
                let asked = Instant::now();
                layout
                    .call(studio, &call)
                    .await
                    .with_context(|| format!("{} in {}", kind.name(), layout.name()))?;
                calls.push((kind, asked.elapsed()));
            }
            anyhow::Ok(calls)
        });
    }
    let mut times = Times::default();
    while let Some(called) = calling.join_next().await {
        times.calls.extend(called??);
    }
    times.measured = started.elapsed();
    Ok(times)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::percentile;

    #[test]
    fn percentiles_are_measured_times() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
    }
}
