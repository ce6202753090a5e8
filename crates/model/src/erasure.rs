//! When a tenant's data may be erased: after a grace period, and never while somebody has to keep it.

use crate::calendar::UnixSeconds;

/// Between asking for an erasure and its beginning, if nobody says otherwise: long enough to notice a mistake.
pub const ERASURE_GRACE_SECONDS: u32 = 7 * 24 * 60 * 60;

/// Whoever asks for their data to be erased has a right to it within a month (GDPR, article 12), and the erasure and its
/// certificate need some days of that. A longer grace period counts as this one.
pub const ERASURE_GRACE_SECONDS_MAX: u32 = 21 * 24 * 60 * 60;

/// Somebody has to keep the data, whatever else is asked for. It ends when it is released, never by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalHold {
    /// Who said so.
    pub by: String,
    pub reason: String,
    pub since: UnixSeconds,
}

/// An erasure that was asked for and has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRequest {
    pub held_by: Option<LegalHold>,
    pub requested_at: UnixSeconds,
    pub grace_seconds: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MayBegin {
    Now,
    /// The grace period ends then.
    WaitUntil(UnixSeconds),
    /// Not before the hold is released. The grace period has gone on meanwhile.
    Held {
        why: String,
    },
}

/// A hold comes before the clock: whoever asks is told of the reason that will not pass by itself.
pub fn erasure_may_begin(request: &ErasureRequest, now: UnixSeconds) -> MayBegin {
    if let Some(hold) = &request.held_by {
        return MayBegin::Held { why: hold.sentence() };
    }
    let grace = request.grace_seconds.min(ERASURE_GRACE_SECONDS_MAX);
    let end = request.requested_at.plus(i64::from(grace));
    if now < end { MayBegin::WaitUntil(end) } else { MayBegin::Now }
}

impl LegalHold {
    /// For people: who keeps it, since when and why.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.who(), self.reason)
    }

    /// Without the reason, which may name people, for what outlives the hold.
    pub fn who(&self) -> String {
        format!("{} has had it on hold since {}", self.by, self.since.day())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::DAY_SECONDS;

    /// 2026-11-22 14:00 UTC.
    const NOW: UnixSeconds = UnixSeconds(1_795_356_000);

    fn hold() -> LegalHold {
        LegalHold {
            by: "ada@example.com".to_owned(),
            reason: "lawsuit 12/345".to_owned(),
            since: NOW.plus(-3 * DAY_SECONDS),
        }
    }

    fn ask(held_by: Option<LegalHold>, days_ago: i64, grace_days: u32) -> MayBegin {
        let requested_at = NOW.plus(-days_ago * DAY_SECONDS);
        let grace_seconds = grace_days.saturating_mul(86_400);
        erasure_may_begin(&ErasureRequest { held_by, requested_at, grace_seconds }, NOW)
    }

    #[test]
    fn after_the_grace_period_and_not_before() {
        assert_eq!(ask(None, 7, 7), MayBegin::Now);
        assert_eq!(ask(None, 6, 7), MayBegin::WaitUntil(NOW.plus(DAY_SECONDS)));
        assert_eq!(ask(None, 0, 0), MayBegin::Now, "without a grace period, at once");
        assert_eq!(ask(None, 21, u32::MAX), MayBegin::Now, "the law's month comes first");
    }

    #[test]
    fn never_while_it_is_held() {
        let why = "ada@example.com has had it on hold since 2026-11-19: lawsuit 12/345";
        for days_ago in [0, 7, 4_000] {
            assert_eq!(ask(Some(hold()), days_ago, 7), MayBegin::Held { why: why.to_owned() });
        }
        assert_eq!(ask(None, 7, 7), MayBegin::Now, "the time under hold counts");
    }

    proptest! {
        /// What is answered is what will be so.
        #[test]
        fn the_wait_ends_when_it_says(
            requested in -100_000_000_i64..100_000_000, grace in any::<u32>()
        ) {
            let requested_at = NOW.plus(requested);
            let request = ErasureRequest { held_by: None, requested_at, grace_seconds: grace };
            if let MayBegin::WaitUntil(end) = erasure_may_begin(&request, NOW) {
                prop_assert!(end > NOW);
                prop_assert_eq!(erasure_may_begin(&request, end), MayBegin::Now);
                let just_before = end.plus(-1);
                prop_assert_eq!(erasure_may_begin(&request, just_before), MayBegin::WaitUntil(end));
            }
        }
    }
}
