//! The part of the day in which backups are made, and each tenant's own moment in it.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::calendar::{DAY_SECONDS, UnixSeconds};
use crate::ids::TenantId;

/// A part of each day of UTC, written `22:00-06:00`.
///
/// Invariant: `start` is a second of the day, and `length` is from a minute to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NightWindow {
    start: i64,
    length: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no part of the day; write from when to when in UTC, as in 22:00-06:00")]
pub struct WindowError(String);

impl Default for NightWindow {
    fn default() -> Self {
        Self { start: 22 * 3_600, length: 8 * 3_600 }
    }
}

impl NightWindow {
    pub fn length_seconds(self) -> i64 {
        self.length
    }

    /// The tenant's last moment up to `now`.
    ///
    /// A tenant's moments are a day apart and never change, and those of many tenants are spread over the window, since a
    /// hash of the id chooses them.
    pub fn moment_before(self, tenant: TenantId, now: UnixSeconds) -> UnixSeconds {
        let second_of_day = self.start + self.offset(tenant);
        let since = now.0.saturating_sub(second_of_day).rem_euclid(DAY_SECONDS);
        now.plus(-since)
    }

    /// The tenant's first moment after `now`.
    pub fn moment_after(self, tenant: TenantId, now: UnixSeconds) -> UnixSeconds {
        self.moment_before(tenant, now).plus(DAY_SECONDS)
    }

    /// The end of the window that the tenant's `moment` is in.
    pub(super) fn end_of(self, tenant: TenantId, moment: UnixSeconds) -> UnixSeconds {
        moment.plus(self.length - self.offset(tenant))
    }

    /// Seconds from the start of the window to the tenant's moment.
    fn offset(self, tenant: TenantId) -> i64 {
        let hash = Sha256::digest(tenant.0.as_bytes());
        i64::from(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])) % self.length
    }
}

impl FromStr for NightWindow {
    type Err = WindowError;

    /// From one minute to another; `00:00-00:00` is the whole day.
    fn from_str(text: &str) -> Result<Self, WindowError> {
        let bounds = || {
            let (start, end) = text.trim().split_once('-')?;
            Some((second_of_day(start)?, second_of_day(end)?))
        };
        let (start, end) = bounds().ok_or_else(|| WindowError(text.to_owned()))?;
        let length = (end - start).rem_euclid(DAY_SECONDS);
        Ok(Self { start, length: if length == 0 { DAY_SECONDS } else { length } })
    }
}

/// Of `06:30`.
fn second_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str, below: i64| {
        let is_two = digits.len() == 2 && digits.bytes().all(|it| it.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|it| is_two && *it < below)
    };
    Some(number(hour, 24)? * 3_600 + number(minute, 60)? * 60)
}

impl fmt::Display for NightWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = (self.start + self.length) % DAY_SECONDS;
        let minute = |second: i64| (second / 3_600, second / 60 % 60);
        let ((from_hour, from_minute), (hour, minute)) = (minute(self.start), minute(end));
        write!(f, "{from_hour:02}:{from_minute:02}-{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_window_reads_back() {
        for text in ["22:00-06:00", "00:00-00:00", "09:30-17:45", "23:59-00:00"] {
            assert_eq!(text.parse::<NightWindow>().unwrap().to_string(), text);
        }
        assert_eq!("22:00-06:00".parse(), Ok(NightWindow::default()));
        for text in ["", "22-6", "22:00", "24:00-06:00", "22:60-06:00", "+2:00-06:00", "22:00+8h"] {
            assert_eq!(text.parse::<NightWindow>(), Err(WindowError(text.to_owned())), "{text}");
        }
        assert_eq!(
            WindowError("at night".to_owned()).to_string(),
            "'at night' is no part of the day; write from when to when in UTC, as in 22:00-06:00"
        );
    }

    #[test]
    fn a_tenant_has_its_moment_for_ever() {
        // People plan around it, and a new build must not move the whole fleet.
        let moment =
            |it: &str| NightWindow::default().moment_before(TenantId::of_key(it), UnixSeconds(0));
        assert_eq!(moment("acme").to_string(), "1969-12-31 03:55:14 UTC");
        assert_eq!(moment("globex").to_string(), "1969-12-31 05:34:07 UTC");
    }

    #[test]
    fn a_thousand_tenants_are_spread() {
        let mut minutes: BTreeMap<i64, usize> = BTreeMap::new();
        for key in 0..1_000 {
            let tenant = TenantId::of_key(&key.to_string());
            let moment = NightWindow::default().moment_before(tenant, UnixSeconds(0));
            *minutes.entry(moment.0.div_euclid(60)).or_default() += 1;
        }
        // On average two; were they free to choose, no minute would have more than ten in any likely fleet.
        assert!(minutes.values().all(|it| *it <= 10), "{minutes:?}");
        assert!(minutes.len() > 400, "of 480 minutes only {}", minutes.len());
    }

    fn window() -> impl Strategy<Value = NightWindow> {
        (0_i64..1_440, 1_i64..=1_440)
            .prop_map(|(start, length)| NightWindow { start: start * 60, length: length * 60 })
    }

    proptest! {
        #[test]
        fn moments_are_in_the_window_and_a_day_apart(
            window in window(), tenant in any::<u128>(), now in -100_000_000_000_i64..100_000_000_000
        ) {
            let (tenant, now) = (TenantId(Uuid::from_u128(tenant)), UnixSeconds(now));
            let moment = window.moment_before(tenant, now);
            prop_assert!(moment <= now && now < window.moment_after(tenant, now));
            prop_assert_eq!(window.moment_before(tenant, moment), moment);
            prop_assert_eq!(window.moment_before(tenant, moment.plus(-1)), moment.plus(-DAY_SECONDS));
            let since_start = (moment.0 - window.start).rem_euclid(DAY_SECONDS);
            prop_assert!(since_start < window.length);
            prop_assert_eq!(window.end_of(tenant, moment).0 - moment.0, window.length - since_start);
        }

        #[test]
        fn what_is_printed_is_what_it_is(window in window()) {
            prop_assert_eq!(window.to_string().parse(), Ok(window));
        }
    }
}
