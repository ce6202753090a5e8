//! When a tenant's data may go: after a grace period, never while somebody has to keep it, and, of a customer who left long
//! ago, only once an archive of it has been proven.

use crate::calendar::{DAY_SECONDS, UnixSeconds};
use crate::ids::TenantId;
use crate::tenant::{Billing, Phase};

/// Between asking for an erasure and its beginning, if nobody says otherwise: long enough to notice a mistake.
pub const ERASURE_GRACE_SECONDS: u32 = 7 * 24 * 60 * 60;

/// Whoever asks for their data to be erased has a right to it within a month (GDPR, article 12), and the erasure and its
/// certificate need some days of that. A longer grace period counts as this one.
pub const ERASURE_GRACE_SECONDS_MAX: u32 = 21 * 24 * 60 * 60;

/// A tenant cancelled for longer than this is archived: over a year, in a leap year too.
const CANCELLED_SECONDS_MAX: i64 = 366 * DAY_SECONDS;

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

/// A tenant, with what archiving depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveCandidate {
    pub tenant: TenantId,
    pub billing: Billing,
    pub phase: Phase,
    /// When it became CANCELLED.
    pub cancelled_at: Option<UnixSeconds>,
    pub held_by: Option<LegalHold>,
    /// Since when nobody can write to its database.
    pub fenced_at: Option<UnixSeconds>,
    /// When the newest of its archives was taken that is good and was restored and compared.
    pub verified_at: Option<UnixSeconds>,
}

/// What archiving does about a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveDue {
    /// It is a customer's, or its database is not simply there.
    No,
    WaitUntil(UnixSeconds),
    Held {
        why: String,
    },
    /// To be closed to everybody, archived, and the archive verified.
    Archive,
    /// It is closed, and a verified archive has all that it held: the database can go.
    Drop,
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

/// Whether a tenant's database gives way to an archive. Asked again before the drop: only an archive taken after the
/// database was closed has everything, and only a verified one is known to.
pub fn archive_due(it: &ArchiveCandidate, now: UnixSeconds) -> ArchiveDue {
    let (Billing::Cancelled, Phase::Ready, Some(since)) = (it.billing, it.phase, it.cancelled_at)
    else {
        return ArchiveDue::No;
    };
    let due = since.plus(CANCELLED_SECONDS_MAX);
    if let Some(hold) = &it.held_by {
        ArchiveDue::Held { why: hold.sentence() }
    } else if now < due {
        ArchiveDue::WaitUntil(due)
    } else if it.fenced_at.is_some_and(|fenced| it.verified_at.is_some_and(|at| at > fenced)) {
        ArchiveDue::Drop
    } else {
        ArchiveDue::Archive
    }
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
    use uuid::Uuid;

    use super::*;

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

    /// Cancelled for 400 days, closed two days ago, with an archive verified that was taken a day ago.
    fn ready() -> ArchiveCandidate {
        ArchiveCandidate {
            tenant: TenantId(Uuid::nil()),
            billing: Billing::Cancelled,
            phase: Phase::Ready,
            cancelled_at: Some(NOW.plus(-400 * DAY_SECONDS)),
            held_by: None,
            fenced_at: Some(NOW.plus(-2 * DAY_SECONDS)),
            verified_at: Some(NOW.plus(-DAY_SECONDS)),
        }
    }

    #[test]
    fn a_year_after_the_customer_left() {
        let cancelled = |days_ago: i64| ArchiveCandidate {
            cancelled_at: Some(NOW.plus(-days_ago * DAY_SECONDS)),
            fenced_at: None,
            verified_at: None,
            ..ready()
        };
        assert_eq!(archive_due(&cancelled(365), NOW), ArchiveDue::WaitUntil(NOW.plus(DAY_SECONDS)));
        assert_eq!(archive_due(&cancelled(366), NOW), ArchiveDue::Archive);
    }

    #[test]
    fn dropped_only_with_a_verified_archive_of_the_end() {
        assert_eq!(archive_due(&ready(), NOW), ArchiveDue::Drop);
        // Within one second nobody can tell which was first.
        let with_the_fence = Some(NOW.plus(-2 * DAY_SECONDS));
        for it in [
            ArchiveCandidate { verified_at: None, ..ready() },
            ArchiveCandidate { verified_at: with_the_fence, ..ready() },
            ArchiveCandidate { fenced_at: None, ..ready() },
        ] {
            assert_eq!(archive_due(&it, NOW), ArchiveDue::Archive, "{it:?}");
        }
    }

    #[test]
    fn a_hold_keeps_even_the_archived() {
        let held = ArchiveCandidate { held_by: Some(hold()), ..ready() };
        assert!(matches!(archive_due(&held, NOW), ArchiveDue::Held { .. }));
    }

    #[test]
    fn never_of_a_customer_nor_of_what_is_under_way() {
        for billing in Billing::ALL {
            for phase in Phase::ALL {
                let it = ArchiveCandidate { billing: *billing, phase: *phase, ..ready() };
                let is_simply_there = *billing == Billing::Cancelled && *phase == Phase::Ready;
                assert_eq!(archive_due(&it, NOW) == ArchiveDue::Drop, is_simply_there, "{it:?}");
            }
        }
        assert_eq!(
            archive_due(&ArchiveCandidate { cancelled_at: None, ..ready() }, NOW),
            ArchiveDue::No
        );
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
