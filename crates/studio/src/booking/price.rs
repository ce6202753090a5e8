//! What a session costs before extras: hours that really pass, so the night the clocks go forward bills one
//! hour less. Day rates, minimums and overtime are not here yet.

use jiff::SignedDuration;

/// By the minute, half cents rounded up. Saturates instead of overflowing.
pub fn price_cents(hourly_rate_cents: i64, duration: SignedDuration) -> i64 {
    let minutes = i128::from(duration.as_secs() / 60);
    let cents = (i128::from(hourly_rate_cents) * minutes + 30).div_euclid(60);
    i64::try_from(cents).unwrap_or(if cents < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_billed_to_the_cent() {
        let check = |rate, minutes| price_cents(rate, SignedDuration::from_mins(minutes));
        assert_eq!(check(8000, 240), 32_000);
        assert_eq!(check(4500, 15), 1_125);
        assert_eq!(check(4999, 1), 83);
        assert_eq!(check(1, 30), 1);
        assert_eq!(check(1, 29), 0);
        assert_eq!(check(i64::MAX, 600), i64::MAX);
    }
}
