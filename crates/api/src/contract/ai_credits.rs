//! The calls about AI credits.

use super::{CURSOR, Endpoint, of};
use crate::ai_credits::{
    AiCredits, AiCreditsEntry, AiCreditsGrant, AiCreditsReport, AiCreditsReservation,
    GrantAiCredits, ReserveAiCredits, SettleAiCredits,
};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("ai_credits_top", "/v1/ai-credits", "The tenants that spend the most AI credits this month")
        .query(&[("limit", "integer", "how many tenants, 1 to 1000; 20 if it is not said")])
        .answers(&[200], of::<AiCreditsReport>)
        .refuses(&[Code::InvalidField]),
    Endpoint::get(
        "ai_credits_fetch",
        "/v1/tenants/{subdomain}/ai-credits",
        "What a tenant may spend on AI, what is held, and what was spent this month",
    )
    .answers(&[200], of::<AiCredits>)
    .refuses(&[Code::NotFound]),
    Endpoint::get(
        "ai_credits_ledger",
        "/v1/tenants/{subdomain}/ai-credits/ledger",
        "What became of each credit, the newest first",
    )
    .query(&[CURSOR])
    .answers(&[200], of::<Page<AiCreditsEntry>>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "ai_credits_grant",
        "/v1/tenants/{subdomain}/ai-credits/grants",
        "Give a tenant AI credits",
    )
    .takes(of::<GrantAiCredits>)
    .answers(&[200], of::<AiCreditsGrant>)
    .refuses(&[Code::NotFound, Code::InvalidField, Code::TooManyGrants]),
    Endpoint::delete(
        "ai_credits_void",
        "/v1/tenants/{subdomain}/ai-credits/grants/{id}",
        "Take back what is left of a grant; what is held of it can still be spent",
    )
    .refuses(&[Code::NotFound, Code::GrantExpired]),
    Endpoint::post(
        "ai_credits_reserve",
        "/v1/tenants/{subdomain}/ai-credits/reservations",
        "Hold the most that something can cost; the same `request_id` again is the same reservation",
    )
    .takes(of::<ReserveAiCredits>)
    .answers(&[200], of::<AiCreditsReservation>)
    .refuses(&[
        Code::NotFound,
        Code::InvalidField,
        Code::TooFewAiCredits,
        Code::RequestIdReused,
    ]),
    Endpoint::get(
        "ai_credits_reservation",
        "/v1/tenants/{subdomain}/ai-credits/reservations/{id}",
        "One reservation",
    )
    .answers(&[200], of::<AiCreditsReservation>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "ai_credits_settle",
        "/v1/tenants/{subdomain}/ai-credits/reservations/{id}/settle",
        "Say what it has cost; the rest goes back",
    )
    .takes(of::<SettleAiCredits>)
    .answers(&[200], of::<AiCreditsReservation>)
    .refuses(&[Code::NotFound, Code::InvalidField, Code::ReservationClosed]),
    Endpoint::post(
        "ai_credits_release",
        "/v1/tenants/{subdomain}/ai-credits/reservations/{id}/release",
        "Nothing was spent; all of it goes back",
    )
    .answers(&[200], of::<AiCreditsReservation>)
    .refuses(&[Code::NotFound, Code::ReservationClosed]),
];
