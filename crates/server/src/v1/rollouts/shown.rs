//! A rollout as the API tells of it: its stage as a word, and how fast it goes.

use cloison_api::{Quarantine, Rollout, RolloutPause, RolloutPolicy, RolloutWave};
use cloison_control::rollout::{RECENTLY, RolloutView, Stage};
use cloison_model::WaveCount;
use jiff::Timestamp;

pub(in crate::v1) fn shown(view: RolloutView, failures: Vec<Quarantine>) -> Rollout {
    let stage = view.stage_word();
    // Whoever waits for a first request comes at no rate.
    let is_lazy = view.lazy_until.is_some_and(|it| it > Timestamp::now());
    let pace = view.started_at.and_then(|started| match view.stage {
        Stage::Running => {
            let window = since(started, Timestamp::now()).min(RECENTLY.as_secs_f64());
            pace(&view.waves, view.recent, window)
        }
        Stage::Ended(_) => {
            pace(&view.waves, through(&view.waves), since(started, view.finished_at?))
        }
        Stage::Checking | Stage::Paused => None,
    });
    Rollout {
        number: view.number,
        operation: view.operation.0,
        direction: view.direction.as_str().to_owned(),
        stage: stage.to_owned(),
        from: view.from,
        to: view.to,
        rolls_back: view.rolls_back,
        waves: waves(&view.waves, &view.policy.waves),
        policy: RolloutPolicy {
            canaries: view.canaries,
            waves: view.policy.waves,
            max_failures: view.policy.max_failures,
            per_server: view.policy.per_server,
            in_total: view.policy.in_total,
        },
        lazy_until: view.lazy_until,
        paused: view.paused.map(|(by, why)| RolloutPause { by, why }),
        waiting: view.waiting,
        error: view.error,
        actor: view.actor,
        created_at: view.created_at,
        started_at: view.started_at,
        finished_at: view.finished_at,
        rate_per_second: pace.as_ref().map(|it| it.rate_per_second),
        eta_seconds: pace
            .map(|it| it.eta_seconds)
            .filter(|_| view.stage == Stage::Running && !is_lazy),
        shadow: view.shadow,
        failures,
    }
}

fn waves(counts: &[WaveCount], percents: &[u8]) -> Vec<RolloutWave> {
    let percents = std::iter::once(None).chain(percents.iter().copied().map(Some));
    let wave = |(it, percent): (&WaveCount, Option<u8>)| RolloutWave {
        percent,
        pending: it.pending,
        running: it.running,
        done: it.done,
        failed: it.failed,
        skipped: it.skipped,
    };
    counts.iter().zip(percents).map(wave).collect()
}

#[derive(Debug, PartialEq)]
struct Pace {
    rate_per_second: f64,
    eta_seconds: u64,
}

fn through(waves: &[WaveCount]) -> u32 {
    waves.iter().map(|it| it.done + it.failed + it.skipped).sum()
}

/// A first look comes within a moment: by then there is no rate to speak of.
fn since(from: Timestamp, until: Timestamp) -> f64 {
    until.duration_since(from).as_secs_f64().max(0.1)
}

/// From how many came through within so many seconds; nothing if nobody did.
fn pace(waves: &[WaveCount], through: u32, seconds: f64) -> Option<Pace> {
    let left: u32 = waves.iter().map(|it| it.pending + it.running).sum();
    let rate_per_second = f64::from(through) / seconds;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is not negative, and a cast saturates"
    )]
    let eta_seconds = (f64::from(left) / rate_per_second).ceil() as u64;
    (through > 0).then_some(Pace { rate_per_second, eta_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(recent: u32, pending: u32, seconds: f64) -> Option<(f64, u64)> {
        let waves = [WaveCount { done: recent, pending, ..WaveCount::default() }];
        pace(&waves, recent, seconds).map(|it| (it.rate_per_second, it.eta_seconds))
    }

    #[test]
    fn what_is_left_takes_as_long_as_what_went_before() {
        assert_eq!(check(20, 80, 10.0), Some((2.0, 40)));
        assert_eq!(check(20, 1, 10.0), Some((2.0, 1)));
        assert_eq!(check(20, 0, 10.0), Some((2.0, 0)));
        assert_eq!(check(0, 5, 60.0), None, "nobody in the last minute");
        let start = Timestamp::UNIX_EPOCH;
        assert_eq!(check(1, 5, since(start, start)), Some((10.0, 1)), "no time has passed");
    }

    #[test]
    fn a_wave_has_its_share_and_the_canaries_have_none() {
        let shown = waves(&[WaveCount::default(); 3], &[10, 100]);
        let percents: Vec<_> = shown.iter().map(|it| it.percent).collect();
        assert_eq!(percents, [None, Some(10), Some(100)]);
    }
}
