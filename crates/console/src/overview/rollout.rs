//! The newest rollout: its waves, filling up.

use cloison_control::rollout::RolloutView;
use cloison_model::WaveCount;
use jiff::Timestamp;

use crate::format;
use crate::i18n::{Lang, Say};

pub(super) struct Rollout {
    pub(super) title: String,
    pub(super) stage: &'static str,
    pub(super) is_bad: bool,
    /// When it was ordered.
    pub(super) ordered: String,
    /// What it waits for, or why it stands.
    pub(super) why: Option<String>,
    pub(super) waves: Vec<Wave>,
}

pub(super) struct Wave {
    pub(super) name: String,
    /// Of a hundred, for the bar.
    pub(super) done: u32,
    pub(super) failed: u32,
    pub(super) running: u32,
    /// The same in words.
    pub(super) told: String,
}

impl Rollout {
    pub(super) fn of(lang: Lang, it: &RolloutView, now: Timestamp) -> Self {
        let stage = it.stage_word();
        let ordered = now.duration_since(it.created_at).as_secs_f64();
        Self {
            title: lang.t_with(
                "rollout-title",
                [
                    ("number", it.number.to_string().into()),
                    ("from", it.from.to_string().into()),
                    ("to", it.to.to_string().into()),
                ],
            ),
            stage,
            is_bad: matches!(stage, "HALTED" | "FAILED"),
            ordered: lang.t1("backups-ago", "age", format::duration(lang, ordered)),
            why: it
                .error
                .clone()
                .or_else(|| it.paused.as_ref().map(|it| it.1.clone()))
                .or_else(|| it.waiting.clone()),
            waves: it
                .waves
                .iter()
                .enumerate()
                .map(|(place, wave)| Wave::of(lang, name(lang, it, place), wave))
                .collect(),
        }
    }
}

/// The canaries come first.
fn name(lang: Lang, rollout: &RolloutView, place: usize) -> String {
    match place.checked_sub(1).and_then(|it| rollout.policy.waves.get(it)) {
        Some(share) => lang.t1("rollout-wave-up-to", "share", i64::from(*share)),
        None => lang.t("rollout-canaries"),
    }
}

impl Wave {
    fn of(lang: Lang, name: String, it: &WaveCount) -> Self {
        let through = it.done + it.skipped;
        let all = through + it.pending + it.running + it.failed;
        let share = |part: u32| part.saturating_mul(100).checked_div(all).unwrap_or(0);
        let mut told = lang.t2("rollout-done", "done", i64::from(through), "all", i64::from(all));
        for (key, count) in [("rollout-running", it.running), ("rollout-failed", it.failed)] {
            if count > 0 {
                told = format!("{told}, {}", lang.t1(key, "count", i64::from(count)));
            }
        }
        Self {
            name,
            done: share(through),
            failed: share(it.failed),
            running: share(it.running),
            told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_fills_up() {
        let check = |pending, running, done, failed| {
            let count = WaveCount { pending, running, done, failed, skipped: 1 };
            let wave = Wave::of(Lang::En, String::new(), &count);
            (wave.done, wave.running, wave.failed, wave.told)
        };
        assert_eq!(check(0, 0, 0, 0), (100, 0, 0, "1 of 1".to_owned()));
        assert_eq!(check(5, 1, 2, 1), (30, 10, 10, "3 of 10, 1 running, 1 failed".to_owned()));
        let empty = Wave::of(Lang::Fr, String::new(), &WaveCount::default());
        assert_eq!((empty.done, empty.told.as_str()), (0, "0 sur 0"));
    }
}
