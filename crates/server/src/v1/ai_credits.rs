//! `/v1/ai-credits` and a tenant's own: granted, reserved, settled, and looked at.

use axum::extract::{Path, State};
use cloison_api::{
    AiCredits, AiCreditsEntry, AiCreditsFeature, AiCreditsGrant, AiCreditsReport,
    AiCreditsReservation, AiCreditsSpender, Code, GrantAiCredits, Page, ReserveAiCredits,
    SettleAiCredits,
};
use cloison_catalog::GenericClient;
use cloison_catalog::queries::ai_credits as queries;
use cloison_control::ai_credits::{self, AiCreditsError, NewGrant, NewReservation, tenant_named};
use cloison_model::{
    AI_CREDITS_MAX, AI_RESERVATION_SECONDS, AI_RESERVATION_SECONDS_MAX, CreditSource, Month,
    ReservationState, Subdomain, TenantId, UnixSeconds,
};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::pages::{Cursor, PAGE, page, tenants_at_most};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// What fits on a screen.
const FEATURES: i64 = 20;
/// More than a tenant may have.
const GRANTS: i64 = 1_000;
/// As the tables have them.
const REQUEST_ID_CHARS_MAX: usize = 200;
const FEATURE_CHARS_MAX: usize = 60;
const REASON_CHARS_MAX: usize = 500;

#[derive(Deserialize)]
pub(super) struct Listing {
    limit: Option<i64>,
}

pub(super) async fn top(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<AiCreditsReport>, ApiError> {
    let limit = tenants_at_most(listing.limit)?;
    let client = platform.control.catalog.client().await?;
    let period = month(&client).await?.to_string();
    let rows = queries::ai_credits_top().bind(&client, &period.as_str(), &limit).all().await?;
    let tenants_total = rows.first().map_or(0, |it| it.tenants);
    let shown = |it: queries::AiSpender| AiCreditsSpender {
        subdomain: it.subdomain,
        plan: it.plan,
        per_month: it.ai_credits_per_month,
        spent: it.spent,
        available: it.available,
        held: it.held,
    };
    let tenants = rows.into_iter().map(shown).collect();
    Ok(Json(AiCreditsReport { period, tenants_total, tenants }))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<AiCredits>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let TenantId(id) = tenant(&client, &subdomain).await?;
    let month = month(&client).await?;
    let period = month.to_string();
    // Whoever has never had any has no account.
    let account = queries::ai_credits_account_fetch().bind(&client, &id).opt().await?;
    let per_month = queries::ai_credits_of_plan().bind(&client, &id).opt().await?.flatten();
    let grants = queries::ai_credits_grants_remaining().bind(&client, &id, &GRANTS).all().await?;
    let since = Timestamp::from_second(month.begins_at().0).unwrap_or_default();
    let features = queries::ai_credits_features();
    let features = features.bind(&client, &id, &since, &FEATURES).all().await?;
    let feature = |it: queries::AiCreditsFeatures| AiCreditsFeature {
        feature: it.feature,
        spent: it.spent,
        reservations: it.reservations,
    };
    let of_month = account.as_ref().filter(|it| it.period == period);
    Ok(Json(AiCredits {
        available: account.as_ref().map_or(0, |it| it.available),
        held: account.as_ref().map_or(0, |it| it.held),
        spent: of_month.map_or(0, |it| it.spent),
        period,
        per_month,
        features: features.into_iter().map(feature).collect(),
        grants: grants.into_iter().map(shown_grant).collect(),
    }))
}

pub(super) async fn ledger(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<AiCreditsEntry>>, ApiError> {
    let before = cursor.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_not_a_number| {
        ApiError::new(Code::BadRequest, "The cursor is not one of this list.")
    })?;
    let client = platform.control.catalog.client().await?;
    let TenantId(id) = tenant(&client, &subdomain).await?;
    let rows = queries::ai_credits_ledger_page().bind(&client, &id, &before, &PAGE).all().await?;
    let shown = |it: queries::AiEntry| {
        Ok(AiCreditsEntry {
            number: it.number,
            at: it.at,
            kind: it.kind,
            available_change: it.available_change,
            held_change: it.held_change,
            available_after: it.available_after,
            held_after: it.held_after,
            grant: it.grant_id,
            reservation: it.reservation_id,
            actor: it.actor,
        })
    };
    page(rows, |it| it.number.to_string(), shown).map(Json)
}

pub(super) async fn grant(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Json(body): Json<GrantAiCredits>,
) -> Result<Json<AiCreditsGrant>, ApiError> {
    // To the second, so that the answer is what is kept.
    let to_the_second = |it: Timestamp| Timestamp::from_second(it.as_second()).unwrap_or(it);
    let new = NewGrant {
        source: parse_source(&body.source)?,
        credits: parse_credits("amount", body.amount, 1)?,
        expires_at: body.expires_at.map(to_the_second),
        reason: parse_text("reason", &body.reason, REASON_CHARS_MAX)?,
    };
    let name = named(&subdomain)?;
    let granted = ai_credits::grant(&platform.control, &actor.call, &name, &new).await;
    granted.map(|it| Json(shown_grant(it))).map_err(|it| refuse(&subdomain, it))
}

pub(super) async fn void(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let name = named(&subdomain)?;
    let id = id.parse().map_err(|_not_an_id| refuse(&subdomain, AiCreditsError::NoGrant))?;
    let voided = ai_credits::void(&platform.control, &actor.call, &name, id).await;
    voided.map(|()| StatusCode::NO_CONTENT).map_err(|it| refuse(&subdomain, it))
}

pub(super) async fn reserve(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Json(body): Json<ReserveAiCredits>,
) -> Result<Json<AiCreditsReservation>, ApiError> {
    let new = NewReservation {
        request_id: parse_text("request_id", &body.request_id, REQUEST_ID_CHARS_MAX)?,
        feature: parse_text("feature", &body.feature, FEATURE_CHARS_MAX)?,
        credits: parse_credits("amount", body.amount, 1)?,
        seconds: parse_seconds(body.seconds)?,
    };
    let name = named(&subdomain)?;
    let reserved = ai_credits::reserve(&platform.control, &actor.call, &name, new).await;
    reserved.map(|it| Json(shown(it))).map_err(|it| refuse(&subdomain, it))
}

pub(super) async fn reservation(
    State(platform): State<Platform>,
    Path((subdomain, id)): Path<(String, String)>,
) -> Result<Json<AiCreditsReservation>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let tenant = tenant(&client, &subdomain).await?;
    let missing = || refuse(&subdomain, AiCreditsError::NoReservation);
    let id = parse_reservation(&subdomain, &id)?;
    let row = queries::ai_credits_reservation_fetch().bind(&client, &tenant.0, &id).opt().await?;
    row.map(|it| Json(shown(it))).ok_or_else(missing)
}

pub(super) async fn settle(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
    Json(body): Json<SettleAiCredits>,
) -> Result<Json<AiCreditsReservation>, ApiError> {
    let (name, id) = (named(&subdomain)?, parse_reservation(&subdomain, &id)?);
    let spent = parse_credits("spent", body.spent, 0)?;
    let settled = ai_credits::settle(&platform.control, &actor.call, &name, id, spent).await;
    settled.map(|it| Json(shown(it))).map_err(|it| refuse(&subdomain, it))
}

pub(super) async fn release(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, id)): Path<(String, String)>,
) -> Result<Json<AiCreditsReservation>, ApiError> {
    let (name, id) = (named(&subdomain)?, parse_reservation(&subdomain, &id)?);
    let released = ai_credits::release(&platform.control, &actor.call, &name, id).await;
    released.map(|it| Json(shown(it))).map_err(|it| refuse(&subdomain, it))
}

/// By the clock that credits are counted by.
async fn month(client: &impl GenericClient) -> Result<Month, ApiError> {
    let now = queries::ai_credits_now().bind(client).one().await?;
    Ok(UnixSeconds(now.as_second()).month())
}

async fn tenant(client: &impl GenericClient, subdomain: &str) -> Result<TenantId, ApiError> {
    let name = named(subdomain)?;
    tenant_named(client, &name).await.map_err(|it| refuse(subdomain, it))
}

fn named(subdomain: &str) -> Result<Subdomain, ApiError> {
    subdomain.parse().map_err(|_not_a_name| refuse(subdomain, AiCreditsError::NoTenant))
}

fn parse_reservation(subdomain: &str, text: &str) -> Result<Uuid, ApiError> {
    text.parse().map_err(|_not_an_id| refuse(subdomain, AiCreditsError::NoReservation))
}

/// What people and programs grant. A plan's come by themselves.
fn parse_source(word: &str) -> Result<CreditSource, ApiError> {
    match word.parse() {
        Ok(CreditSource::Plan) | Err(_) => {
            let words = "A grant is a TOPUP, PROMO, REFUND or ADJUSTMENT. What a plan grants comes by itself.";
            Err(ApiError::new(Code::InvalidField, words).of_field("source", "known"))
        }
        Ok(source) => Ok(source),
    }
}

fn parse_credits(field: &str, credits: i64, least: i64) -> Result<i64, ApiError> {
    if (least..=AI_CREDITS_MAX).contains(&credits) {
        return Ok(credits);
    }
    let words = format!("'{field}' is a whole number of credits, {least} to {AI_CREDITS_MAX}.");
    Err(ApiError::new(Code::InvalidField, words).of_field(field, "range"))
}

fn parse_text<'a>(field: &str, text: &'a str, chars_max: usize) -> Result<&'a str, ApiError> {
    let text = text.trim();
    let has_length = (1..=chars_max).contains(&text.chars().count());
    if has_length && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    let words =
        format!("'{field}' has 1 to {chars_max} characters, none of them a control character.");
    Err(ApiError::new(Code::InvalidField, words).of_field(field, "length"))
}

fn parse_seconds(asked: Option<i64>) -> Result<i64, ApiError> {
    match asked.unwrap_or(AI_RESERVATION_SECONDS) {
        seconds @ 1..=AI_RESERVATION_SECONDS_MAX => Ok(seconds),
        _out_of_range => {
            let words = format!(
                "Credits are held for 1 to {AI_RESERVATION_SECONDS_MAX} seconds; {AI_RESERVATION_SECONDS} if it is not said."
            );
            Err(ApiError::new(Code::InvalidField, words).of_field("seconds", "range"))
        }
    }
}

fn shown_grant(it: queries::AiGrant) -> AiCreditsGrant {
    AiCreditsGrant {
        id: it.id,
        source: it.source,
        amount: it.amount,
        remaining: it.remaining,
        expires_at: it.expires_at,
        period: it.period,
        reason: it.reason,
        granted_by: it.granted_by,
        granted_at: it.granted_at,
        ended: it.ended,
    }
}

fn shown(it: queries::AiReservation) -> AiCreditsReservation {
    AiCreditsReservation {
        id: it.id,
        request_id: it.request_id,
        feature: it.feature,
        amount: it.amount,
        state: it.state,
        spent: it.spent,
        reserved_at: it.reserved_at,
        expires_at: it.expires_at,
        closed_at: it.closed_at,
    }
}

fn refuse(subdomain: &str, error: AiCreditsError) -> ApiError {
    match error {
        AiCreditsError::NoTenant => {
            ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()))
        }
        AiCreditsError::NoGrant => ApiError::not_found(format!("{subdomain} has no such grant.")),
        AiCreditsError::NoReservation => {
            ApiError::not_found(format!("{subdomain} has no such reservation."))
        }
        AiCreditsError::TooFew { amount, available, held } => ApiError::new(
            Code::TooFewAiCredits,
            format!(
                "{subdomain} has {available} AI credits available, and {amount} were asked for; {held} more are held by other requests. Ask for less, wait for those, or grant some."
            ),
        ),
        AiCreditsError::RequestReused => ApiError::new(
            Code::RequestIdReused,
            "There is a reservation with this request id, of another amount or for another feature. Another piece of work needs another id.",
        )
        .of_field("request_id", "unique"),
        AiCreditsError::Closed { state, spent } => {
            ApiError::new(Code::ReservationClosed, closed(state, spent))
        }
        AiCreditsError::MoreThanReserved { amount } => ApiError::new(
            Code::InvalidField,
            format!("The reservation is of {amount} credits, and no more can be spent of it. Reserve the most that something can cost."),
        )
        .of_field("spent", "range"),
        AiCreditsError::InThePast => {
            ApiError::new(Code::InvalidField, "The grant would have expired already.")
                .of_field("expires_at", "future")
        }
        AiCreditsError::GrantExpired => ApiError::new(
            Code::GrantExpired,
            "The grant has expired, so nothing is left of it to take back.",
        ),
        AiCreditsError::TooManyGrants { max } => ApiError::new(
            Code::TooManyGrants,
            format!("{subdomain} has {max} grants that have something left. Take back some, and grant more at once."),
        ),
        AiCreditsError::Call(error) => error.into(),
        AiCreditsError::Unavailable(error) => error.into(),
        AiCreditsError::Database(error) => error.into(),
        AiCreditsError::Newer(error) => ApiError::internal(error),
    }
}

fn closed(state: ReservationState, spent: Option<i64>) -> String {
    match state {
        // Nobody is told this of one that is held.
        ReservationState::Held | ReservationState::Settled => format!(
            "The reservation was settled already: {} were spent. That stays as it is; what was spent in vain can be granted as a REFUND.",
            spent.unwrap_or_default()
        ),
        ReservationState::Released => {
            "The reservation was released already, and its credits may be spent by now. Reserve them again.".to_owned()
        }
        ReservationState::Expired => {
            "The reservation's time has run out, and its credits may be spent by now. Reserve them again, for longer.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_has_bounds() {
        assert!(parse_credits("amount", 0, 1).is_err() && parse_credits("spent", 0, 0).is_ok());
        assert!(parse_credits("amount", AI_CREDITS_MAX, 1).is_ok());
        assert!(parse_credits("amount", AI_CREDITS_MAX + 1, 1).is_err());
        assert_eq!(
            (parse_seconds(None).unwrap(), parse_seconds(Some(86_400)).unwrap()),
            (600, 86_400)
        );
        assert!(parse_seconds(Some(0)).is_err() && parse_seconds(Some(86_401)).is_err());
        assert_eq!(parse_text("feature", " mastering ", 9).unwrap(), "mastering");
        assert!(
            parse_text("feature", "mastering!", 9).is_err()
                && parse_text("feature", " ", 9).is_err()
        );
        assert!(parse_text("feature", "a\nb", 9).is_err());
        assert!(parse_source("PLAN").is_err() && parse_source("topup").is_err());
        assert_eq!(parse_source("REFUND").unwrap(), CreditSource::Refund);
    }
}
