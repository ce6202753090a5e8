//! A rollout as the API tells of it: its stage as a word, and how fast it goes.

use cloison_api::{Quarantine, Rollout, RolloutPause, RolloutPolicy, RolloutWave};
use cloison_control::rollout::{RolloutView, Stage};
use cloison_model::WaveCount;
use jiff::Timestamp;

/// Who has paused a rollout that has halted.
const PLATFORM: &str = "cloison";

pub(in crate::v1) fn shown(view: RolloutView, failures: Vec<Quarantine>) -> Rollout {
    let stage = match (view.stage, &view.paused) {
        (Stage::Checking, _) => "CHECKING",
        (Stage::Running, _) => "RUNNING",
        (Stage::Paused, Some((by, _))) if by == PLATFORM => "HALTED",
        (Stage::Paused, _) => "PAUSED",
        (Stage::Ended(state), _) => state.as_str(),
    };
    // Whoever waits for a first request comes at no rate.
    let is_lazy = view.lazy_until.is_some_and(|it| it > Timestamp::now());
    let pace = view
        .started_at
        .map(|started| pace(&view.waves, started, view.finished_at.unwrap_or_else(Timestamp::now)));
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
            .and_then(|it| it.eta_seconds)
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
    eta_seconds: Option<u64>,
}

/// Counts pauses as time that has passed.
fn pace(waves: &[WaveCount], from: Timestamp, until: Timestamp) -> Pace {
    let through: u32 = waves.iter().map(|it| it.done + it.failed + it.skipped).sum();
    let left: u32 = waves.iter().map(|it| it.pending + it.running).sum();
    // A first look comes within a moment: by then there is no rate to speak of.
    let seconds = until.duration_since(from).as_secs_f64().max(0.1);
    let eta_seconds = (through > 0).then(|| {
        let eta = f64::from(left) * seconds / f64::from(through);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is not negative, and a cast saturates"
        )]
        let eta = eta.ceil() as u64;
        eta
    });
    Pace { rate_per_second: f64::from(through) / seconds, eta_seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(done: u32, pending: u32, milliseconds: i64) -> (f64, Option<u64>) {
        let waves = [
            WaveCount { done: 1, ..WaveCount::default() },
            WaveCount { done, pending, ..WaveCount::default() },
        ];
        let until = Timestamp::from_millisecond(milliseconds).unwrap();
        let pace = pace(&waves, Timestamp::UNIX_EPOCH, until);
        (pace.rate_per_second, pace.eta_seconds)
    }

    #[test]
    fn the_rate_is_that_since_the_start() {
        assert_eq!(check(19, 80, 10_000), (2.0, Some(40)));
        assert_eq!(check(19, 1, 10_000), (2.0, Some(1)));
        assert_eq!(check(19, 0, 10_000), (2.0, Some(0)));
        assert_eq!(check(0, 5, 0), (10.0, Some(1)), "no time has passed");
        let nobody = pace(&[], Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
        assert_eq!(nobody, Pace { rate_per_second: 0.0, eta_seconds: None });
    }

    #[test]
    fn a_wave_has_its_share_and_the_canaries_have_none() {
        let shown = waves(&[WaveCount::default(); 3], &[10, 100]);
        let percents: Vec<_> = shown.iter().map(|it| it.percent).collect();
        assert_eq!(percents, [None, Some(10), Some(100)]);
    }
}
