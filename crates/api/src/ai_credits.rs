//! `/v1/ai-credits` and a tenant's own: what may be spent on AI, what is held, and what became of each credit.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a tenant stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCredits {
    /// Neither spent nor held.
    pub available: i64,
    /// By reservations that nobody has closed yet.
    pub held: i64,
    /// The month of UTC that `spent` and `features` are of, as in `2026-11`.
    pub period: String,
    pub spent: i64,
    /// What the plan grants in a month; absent if it grants none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_month: Option<i64>,
    /// What credits were spent on, the most first: twenty at most.
    pub features: Vec<AiCreditsFeature>,
    /// Those that have something left, the oldest first.
    pub grants: Vec<AiCreditsGrant>,
}

/// What was spent on one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsFeature {
    pub feature: String,
    pub spent: i64,
    /// How many reservations were settled.
    pub reservations: i64,
}

/// Credits that came at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsGrant {
    pub id: Uuid,
    /// PLAN, TOPUP, PROMO, REFUND or ADJUSTMENT.
    pub source: String,
    pub amount: i64,
    /// Neither spent nor held.
    pub remaining: i64,
    /// Absent if they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The month that a plan's credits are for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    pub reason: String,
    pub granted_by: String,
    pub granted_at: Timestamp,
    /// EXPIRED or VOIDED, once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
}

/// The body of `POST /v1/tenants/{subdomain}/ai-credits/grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantAiCredits {
    /// TOPUP, PROMO, REFUND or ADJUSTMENT. What a plan grants comes by itself.
    pub source: String,
    pub amount: i64,
    /// To the second; absent if they do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Why, for whoever looks later.
    pub reason: String,
}

/// Credits that nobody else can spend for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsReservation {
    pub id: Uuid,
    pub request_id: String,
    pub feature: String,
    pub amount: i64,
    /// HELD, SETTLED, RELEASED, or EXPIRED if nobody has closed it in time.
    pub state: String,
    /// Of the amount, once it is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<i64>,
    pub reserved_at: Timestamp,
    /// If it is held then, it is released.
    pub expires_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

/// The body of `POST /v1/tenants/{subdomain}/ai-credits/reservations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReserveAiCredits {
    /// What the caller calls it. The same again, for ever, is the same reservation.
    pub request_id: String,
    /// The most that it can cost.
    pub amount: i64,
    /// What they are for, as in `transcription`.
    pub feature: String,
    /// How long they are held, up to a day; ten minutes if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
}

/// The body of `POST .../reservations/{id}/settle`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleAiCredits {
    /// What it has cost: no more than was reserved. The rest goes back.
    pub spent: i64,
}

/// One entry of a ledger. None is ever changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsEntry {
    /// From 1, without a gap.
    pub number: i64,
    pub at: Timestamp,
    /// GRANT, RESERVE, SETTLE, RELEASE, EXPIRE or VOID.
    pub kind: String,
    pub available_change: i64,
    pub held_change: i64,
    pub available_after: i64,
    pub held_after: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Uuid>,
    pub actor: String,
}

/// Who spends the most this month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsReport {
    /// In UTC.
    pub period: String,
    /// How many have had credits, of whom these are the first.
    pub tenants_total: i64,
    pub tenants: Vec<AiCreditsSpender>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AiCreditsSpender {
    pub subdomain: String,
    pub plan: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_month: Option<i64>,
    pub spent: i64,
    pub available: i64,
    pub held: i64,
}
