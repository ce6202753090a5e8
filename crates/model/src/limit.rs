//! What plans allow, and where a tenant stands.
//!
//! A limit informs. What a customer pays, what a tenant may do and where its database is are three things, and none of them follows
//! from a limit that is reached: that is decided by people.

use crate::event::EventType;
use crate::words::words;

/// The share of a limit from which a tenant is near it.
const NEAR_PERCENT: u64 = 80;

words! {
    /// What a plan may limit.
    Limit {
        DatabaseBytes = "database_bytes",
        /// Of UTC.
        RequestsPerDay = "requests_per_day",
    }
}

words! {
    /// Where a tenant stands with one limit of its plan.
    Standing {
        Within = "WITHIN",
        /// Four fifths of it are used.
        Near = "NEAR",
        /// All of it is.
        Over = "OVER",
    }
}

/// Without a limit, everybody is within.
pub fn standing(used: u64, max: Option<u64>) -> Standing {
    let Some(max) = max else { return Standing::Within };
    if used >= max {
        Standing::Over
    } else if u128::from(used) * 100 >= u128::from(max) * u128::from(NEAR_PERCENT) {
        Standing::Near
    } else {
        Standing::Within
    }
}

impl Standing {
    /// The further of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.rank() < other.rank() { other } else { self }
    }

    /// What others are told when a tenant comes to stand here. Whoever has been told that it is as far as this is not told again.
    pub fn news(self, told: Self) -> Option<EventType> {
        if self.rank() <= told.rank() {
            return None;
        }
        match self {
            Self::Within => None,
            Self::Near => Some(EventType::TenantLimitNear),
            Self::Over => Some(EventType::TenantLimitReached),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Within => 0,
            Self::Near => 1,
            Self::Over => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_fifths_are_near_and_all_of_it_is_over() {
        let stands = |used| standing(used, Some(10)).as_str();
        assert_eq!(
            [0, 7, 8, 9, 10, 11].map(stands),
            ["WITHIN", "WITHIN", "NEAR", "NEAR", "OVER", "OVER"]
        );
        assert_eq!(standing(799_999, Some(1_000_000)), Standing::Within);
        assert_eq!(standing(u64::MAX, Some(u64::MAX)), Standing::Over);
        assert_eq!(standing(u64::MAX, None), Standing::Within);
    }

    #[test]
    fn each_crossing_is_told_once() {
        use Standing::{Near, Over, Within};
        let news = |now: Standing, told| now.news(told).map_or("", EventType::as_str);
        for now in Standing::ALL.iter().copied() {
            assert_eq!(news(now, now), "", "it was told");
            assert_eq!(news(Within, now), "", "there is room again");
        }
        assert_eq!(news(Near, Within), "tenant.limit_near");
        assert_eq!(news(Over, Within), "tenant.limit_reached");
        assert_eq!(news(Over, Near), "tenant.limit_reached");
        assert_eq!(news(Near, Over), "");
        assert_eq!((Within.or(Near), Over.or(Near)), (Near, Over));
    }
}
