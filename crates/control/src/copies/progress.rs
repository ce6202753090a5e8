//! How far a restore is, told while it goes on.

use std::time::Duration;

use cloison_archive::Meter;
use cloison_catalog::queries::operations::operation_event_insert;
use tokio::time::{Instant, interval_at};

use crate::control::Control;
use crate::operations::Claimed;

/// Between two looks at the meter. What is restored within it is told once it is done, and not before.
const EVERY: Duration = Duration::from_secs(5);
/// Of all of it, between two things that are told: a night has no more of them than a minute.
const PARTS: u64 = 20;

/// Does the work, which passes `of` bytes through the meter, and tells how far it is.
pub(super) async fn told<T>(
    control: &Control,
    claimed: &Claimed,
    meter: &Meter,
    of: u64,
    work: impl Future<Output = T>,
) -> T {
    tokio::pin!(work);
    let mut looks = interval_at(Instant::now() + EVERY, EVERY);
    let mut last = 0;
    loop {
        tokio::select! {
            done = &mut work => return done,
            _ = looks.tick() => {
                let now = meter.bytes();
                if is_worth_telling(last, now, of) {
                    last = now;
                    tell(control, claimed, &words(now, of)).await;
                }
            }
        }
    }
}

/// One line in the operation's story. Nothing rests on it, so what goes wrong with it is no matter.
pub(super) async fn tell(control: &Control, claimed: &Claimed, words: &str) {
    if let Ok(client) = control.catalog.client().await {
        drop(operation_event_insert().bind(&client, &claimed.id().0, &words).await);
        control.feed.tell(claimed.id(), false);
    }
}

fn is_worth_telling(last: u64, now: u64, of: u64) -> bool {
    now > last && now - last >= of / PARTS
}

fn words(now: u64, of: u64) -> String {
    let megabytes = |it: u64| it.div_ceil(1_000_000);
    let percent = (now.saturating_mul(100) / of.max(1)).min(100);
    format!("restored {} of {} MB of dump ({percent} %)", megabytes(now), megabytes(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_has_no_more_of_it_than_a_minute() {
        let of = 1_000_000_000;
        let mut told = Vec::new();
        for now in (0..=of).step_by(3_000_000) {
            if is_worth_telling(told.last().copied().unwrap_or_default(), now, of) {
                told.push(now);
            }
        }
        assert!((18..=20).contains(&told.len()), "{told:?}");
        assert!(!is_worth_telling(7, 7, 10), "it has not moved");
        assert_eq!(words(250_000_001, of), "restored 251 of 1000 MB of dump (25 %)");
        assert_eq!(words(5, 0), "restored 1 of 0 MB of dump (100 %)");
    }
}
