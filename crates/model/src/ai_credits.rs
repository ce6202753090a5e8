//! AI credits: which grants are burnt first, what goes back, and when few are left.
//!
//! A credit is in one place at a time: left in a grant, held by a reservation, spent, or gone with its grant. Not here: the account
//! that all of it is counted in, which `control` locks.

#[cfg(test)]
mod tests;

use uuid::Uuid;

use crate::calendar::UnixSeconds;
use crate::words::words;

/// Of one grant and of one reservation: far more than anybody sells, and a thousand of them can be added up.
pub const AI_CREDITS_MAX: i64 = 1_000_000_000_000;
/// With something left in them, of one tenant. A reservation reads them all.
pub const AI_GRANTS_MAX: i64 = 500;
/// How long a reservation is held if nobody says otherwise, and at most: the longest piece of work, and whoever was killed in the middle
/// of it.
pub const AI_RESERVATION_SECONDS: i64 = 600;
pub const AI_RESERVATION_SECONDS_MAX: i64 = 24 * 60 * 60;
/// Of what a plan grants in a month: what is below it is few.
const FEW_PERCENT: i64 = 10;

words! {
    /// Why credits were granted.
    CreditSource {
        /// The month's, of the plan.
        Plan = "PLAN",
        /// Bought.
        Topup = "TOPUP",
        Promo = "PROMO",
        /// Instead of some that were spent in vain.
        Refund = "REFUND",
        Adjustment = "ADJUSTMENT",
    }
}

words! {
    ReservationState {
        Held = "HELD",
        Settled = "SETTLED",
        Released = "RELEASED",
        /// Nobody has closed it in time, and it was released.
        Expired = "EXPIRED",
    }
}

words! {
    /// How a grant has ended. Nothing goes back into one that has.
    GrantEnd {
        Expired = "EXPIRED",
        /// Taken back by somebody.
        Voided = "VOIDED",
    }
}

words! {
    /// What an entry of the ledger is about.
    CreditEntry {
        Grant = "GRANT",
        Reserve = "RESERVE",
        /// What does not come back is spent.
        Settle = "SETTLE",
        Release = "RELEASE",
        /// Gone with a grant that has expired.
        Expire = "EXPIRE",
        /// Gone with one that was taken back.
        Void = "VOID",
    }
}

/// A grant and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenGrant {
    pub id: Uuid,
    pub source: CreditSource,
    pub expires_at: Option<UnixSeconds>,
    pub credits: i64,
}

/// So many credits of one grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurntPart {
    pub grant: Uuid,
    pub credits: i64,
}

/// There are less than were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FewCredits {
    pub available: i64,
}

/// What a reservation holds of a grant, and how that stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldPart {
    pub of: OpenGrant,
    pub ended: Option<GrantEnd>,
}

/// What is not spent of a part: it goes back to its grant, or is lost with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnedPart {
    pub grant: Uuid,
    pub credits: i64,
    pub lost: Option<GrantEnd>,
}

impl CreditSource {
    /// What was given is burnt before what was paid for.
    fn rank(self) -> u8 {
        match self {
            Self::Plan | Self::Promo | Self::Adjustment => 0,
            Self::Topup | Self::Refund => 1,
        }
    }
}

impl OpenGrant {
    fn has_expired(&self, now: UnixSeconds) -> bool {
        self.expires_at.is_some_and(|it| it <= now)
    }

    /// What was given first, of that what expires first, of that the oldest.
    fn order(&self) -> impl Ord + use<> {
        (self.source.rank(), self.expires_at.is_none(), self.expires_at, self.id)
    }
}

/// Which grants an amount is taken from: all of it, or nothing.
pub fn burn(
    grants: &[OpenGrant],
    amount: i64,
    now: UnixSeconds,
) -> Result<Vec<BurntPart>, FewCredits> {
    let mut open: Vec<_> =
        grants.iter().filter(|it| it.credits > 0 && !it.has_expired(now)).collect();
    let available = open.iter().map(|it| it.credits).sum();
    if available < amount {
        return Err(FewCredits { available });
    }
    open.sort_unstable_by_key(|it| it.order());
    let mut wanted = amount;
    let mut parts = Vec::new();
    for grant in open {
        let credits = wanted.min(grant.credits);
        if credits == 0 {
            break;
        }
        parts.push(BurntPart { grant: grant.id, credits });
        wanted -= credits;
    }
    Ok(parts)
}

/// What becomes of all that a reservation holds and has not spent. It is spent in the order in which it was burnt, so what goes back
/// goes to the grants that last longest.
pub fn give_back(parts: &[HeldPart], spent: i64, now: UnixSeconds) -> Vec<ReturnedPart> {
    let mut parts: Vec<_> = parts.iter().collect();
    parts.sort_unstable_by_key(|it| it.of.order());
    let mut to_spend = spent;
    let mut returned = Vec::new();
    for HeldPart { of, ended } in parts {
        let spent = to_spend.min(of.credits);
        to_spend -= spent;
        let credits = of.credits - spent;
        if credits > 0 {
            let lost = ended.or(of.has_expired(now).then_some(GrantEnd::Expired));
            returned.push(ReturnedPart { grant: of.id, credits, lost });
        }
    }
    returned
}

/// Whether so many, held ones among them, are few beside what the plan has granted for the month. Without that nothing is few.
pub fn are_few(left: i64, granted_by_plan: Option<i64>) -> bool {
    granted_by_plan.is_some_and(|it| left.saturating_mul(100) < it.saturating_mul(FEW_PERCENT))
}
