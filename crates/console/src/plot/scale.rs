//! From values to places, and which values are told beside the axes. Pure.

/// A line between two places, for the values between two others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) begin: f64,
    pub(super) end: f64,
}

impl Scale {
    /// What lies beyond the ends is drawn at the ends.
    pub(super) fn at(self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.begin + (self.end - self.begin) * share
    }
}

/// From zero to the most or a little more, in steps of 1, 2 or 5 of some power of ten, and no more than `ticks_max` of them.
pub(super) fn ticks(most: f64, step_min: f64, ticks_max: usize) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 { most } else { step_min };
    let steps_max = super::from_count(ticks_max.max(2) - 1);
    let least = (most / steps_max).max(step_min);
    let magnitude = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|it| it * magnitude)
        .into_iter()
        // A hair less is the same: 0.3 is not three tenths.
        .find(|it| *it >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * magnitude);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|it| *it < most * (1.0 - 1e-9)) && ticks.len() < 2 * ticks_max {
        ticks.push(step * super::from_count(ticks.len()));
    }
    ticks
}

/// Seconds at which a clock shows something round, from a second on and for so long; and how far they are apart.
pub(super) fn times(from: i64, seconds: f64, ticks_max: usize) -> (i64, Vec<i64>) {
    const STEPS: [i64; 9] =
        [600, 1_800, 3_600, 2 * 3_600, 4 * 3_600, 12 * 3_600, 86_400, 2 * 86_400, 7 * 86_400];
    let most = super::from_count(ticks_max);
    let fits = |step: &i64| seconds / super::to_float(*step) <= most;
    let step = STEPS.into_iter().find(fits).unwrap_or(7 * 86_400);
    let first = from + (-from).rem_euclid(step);
    let until = super::to_float(from) + seconds;
    let found = (0..).map(|it| first + it * step).take_while(|it| super::to_float(*it) <= until);
    (step, found.take(2 * ticks_max).collect())
}
