//! Figures of one interval, and how they are written: rates, shares, times.

use serde::Serialize;

/// How often something happened in an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Rate {
    pub(super) count: u64,
    pub(super) per_second: f64,
}

impl Rate {
    pub(super) fn new(count: u64, interval_us: u64) -> Self {
        Self { count, per_second: ratio(count, interval_us) * 1e6 }
    }
}

/// Within which time so many of all had what they wanted. No more is known than the bucket that it fell into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Quantile {
    AtMostUs(u64),
    MoreThanUs(u64),
}

/// The time of the bucket in which the so many thousandth of all is; `None` if there are none.
pub(super) fn quantile(bounds_us: &[u64], counts: &[u64], thousandths: u64) -> Option<Quantile> {
    let total: u64 = counts.iter().sum();
    let rank = total.checked_mul(thousandths)?.div_ceil(1_000);
    let mut seen = 0;
    let bucket = counts.iter().position(|count| {
        seen += count;
        rank > 0 && seen >= rank
    })?;
    match bounds_us.get(bucket) {
        Some(bound) => Some(Quantile::AtMostUs(*bound)),
        None => bounds_us.last().copied().map(Quantile::MoreThanUs),
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody looks at the sixteenth digit")]
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One that is not zero never looks like zero.
pub(super) fn rate(rate: Rate) -> String {
    let it = rate.per_second;
    if rate.count == 0 {
        "0".to_owned()
    } else if it < 0.095 {
        format!("{:.3}", it.max(0.001))
    } else if it < 99.95 {
        format!("{it:.1}")
    } else {
        format!("{it:.0}")
    }
}

pub(in crate::commands) fn percent(it: f64) -> String {
    if it > 0.0 && it < 1.0 { "<1 %".to_owned() } else { format!("{it:.0} %") }
}

pub(super) fn bound(it: Quantile) -> String {
    match it {
        Quantile::AtMostUs(it) => format!("≤{}", time(it)),
        Quantile::MoreThanUs(it) => format!(">{}", time(it)),
    }
}

/// Something short, in the unit that fits it.
pub(in crate::commands) fn time(us: u64) -> String {
    let in_unit = |unit_us: u64, unit: &str| {
        let tenths = us / (unit_us / 10);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole} {unit}"),
            (whole, tenth) => format!("{whole}.{tenth} {unit}"),
        }
    };
    match us {
        0 => "0".to_owned(),
        1..1_000 => format!("{us} µs"),
        1_000..1_000_000 => in_unit(1_000, "ms"),
        1_000_000.. => in_unit(1_000_000, "s"),
    }
}

/// Something long, in two units.
pub(in crate::commands) fn age(us: u64) -> String {
    let seconds = us / 1_000_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    if days > 0 {
        format!("{days} d {} h", hours % 24)
    } else if hours > 0 {
        format!("{hours} h {} min", minutes % 60)
    } else if minutes > 0 {
        format!("{minutes} min {} s", seconds % 60)
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_short_and_never_falsely_zero() {
        let check = |count, seconds: u64| rate(Rate::new(count, seconds * 1_000_000));
        assert_eq!(check(0, 1), "0");
        assert_eq!(check(1, 60), "0.017");
        assert_eq!(check(1, 3_600), "0.001");
        assert_eq!(check(1, 10), "0.1");
        assert_eq!(check(25, 2), "12.5");
        assert_eq!(check(12_345, 10), "1234");
        assert_eq!(Rate::new(3, 1_500_000), Rate { count: 3, per_second: 2.0 });
        assert_eq!(rate(Rate::new(3, 0)), "0.001", "two looks at the same moment");
    }

    /// Counts of the buckets up to 10, up to 100 and above.
    fn check(counts: [u64; 3], thousandths: u64) -> String {
        quantile(&[10, 100], &counts, thousandths).map_or_else(|| "-".to_owned(), bound)
    }

    #[test]
    fn a_quantile_is_the_bound_of_its_bucket() {
        assert_eq!(check([0, 0, 0], 500), "-");
        assert_eq!(check([1, 0, 0], 500), "≤10 µs");
        assert_eq!(check([50, 50, 0], 500), "≤10 µs");
        assert_eq!(check([49, 51, 0], 500), "≤100 µs");
        assert_eq!(check([99, 0, 1], 990), "≤10 µs");
        assert_eq!(check([98, 0, 2], 990), ">100 µs");
        assert_eq!(check([0, 0, 1], 500), ">100 µs");
        assert_eq!(quantile(&[], &[], 500), None);
    }

    #[test]
    fn times_are_in_the_unit_that_fits() {
        assert_eq!(time(0), "0");
        assert_eq!(time(250), "250 µs");
        assert_eq!(time(1_000), "1 ms");
        assert_eq!(time(1_290), "1.2 ms");
        assert_eq!(time(2_500_000), "2.5 s");
        assert_eq!(age(12_900_000), "12 s");
        assert_eq!(age(61_000_000), "1 min 1 s");
        assert_eq!(age(7_320_000_000), "2 h 2 min");
        assert_eq!(age(90_000_000_000), "1 d 1 h");
    }

    #[test]
    fn a_small_part_is_not_nothing() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.2), "<1 %");
        assert_eq!(percent(41.6), "42 %");
    }
}
