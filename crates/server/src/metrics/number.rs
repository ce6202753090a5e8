//! Counts as the numbers that Prometheus knows, which has no others.

/// Exact up to 2^53, which no count here comes to.
#[expect(clippy::cast_precision_loss, reason = "Prometheus has no other numbers")]
pub(super) fn count(it: u64) -> f64 {
    it as f64
}

/// As [`count`].
#[expect(clippy::cast_precision_loss, reason = "Prometheus has no other numbers")]
pub(super) fn size(it: usize) -> f64 {
    it as f64
}

/// As [`count`].
#[expect(clippy::cast_precision_loss, reason = "Prometheus has no other numbers")]
pub(super) fn signed(it: i64) -> f64 {
    it as f64
}

pub(super) fn truth(it: bool) -> f64 {
    f64::from(u8::from(it))
}
