//! `/v1/usage` and a tenant's own: what is used, day by day, and where that stands with the plan.

use axum::extract::{Path, State};
use cloison_api::{
    Code, TenantUsage, UsageDay, UsageHistory, UsageLimit, UsageReport, UsageSource,
};
use cloison_catalog::queries::usage as queries;
use cloison_catalog::{Client, GenericClient};
use cloison_control::usage::{USAGE_DAYS, day_of};
use cloison_model::{Limit, standing};
use jiff::Timestamp;
use serde::Deserialize;

use super::pages::tenants_at_most;
use super::router::SERVERS_MAX;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// Today alone, and a month of one tenant.
const DAYS: i32 = 1;
const DAYS_OF_TENANT: i32 = 30;
/// By what tenants can be put in order.
const ORDERS: [&str; 5] = ["requests", "query-time", "rows", "bytes", "connections"];

#[derive(Deserialize)]
pub(super) struct Listing {
    by: Option<String>,
    days: Option<i32>,
    limit: Option<i64>,
}

pub(super) async fn top(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<UsageReport>, ApiError> {
    let by = order(listing.by.as_deref())?;
    let days = days(listing.days, DAYS)?;
    let limit = tenants_at_most(listing.limit)?;
    let today = day_of(Timestamp::now()).to_string();
    let client = platform.control.catalog.client().await?;
    let rows = top_of(&client, &today, days, None, by, limit).await?;
    let tenants_total = rows.first().map_or(0, |it| it.tenants);
    Ok(Json(UsageReport {
        today,
        days,
        by: by.to_owned(),
        tenants_total,
        tenants: rows.into_iter().map(shown).collect(),
        sources: sources(&client).await?,
    }))
}

pub(super) async fn of_tenant(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
    Query(listing): Query<Listing>,
) -> Result<Json<UsageHistory>, ApiError> {
    let days = days(listing.days, DAYS_OF_TENANT)?;
    let today = day_of(Timestamp::now()).to_string();
    let client = platform.control.catalog.client().await?;
    let missing = || ApiError::not_found(format!("There is no tenant '{subdomain}'."));
    let found = top_of(&client, &today, days, Some(&subdomain), ORDERS[0], 1).await?;
    let usage = found.into_iter().next().map(shown).ok_or_else(missing)?;
    let rows = queries::usage_days_of()
        .bind(&client, &subdomain, &today.as_str(), &days, &i64::from(days))
        .all()
        .await?;
    let server = usage.server.clone();
    Ok(Json(UsageHistory {
        today,
        days,
        usage,
        history: rows.into_iter().map(shown_day).collect(),
        sources: sources(&client).await?.into_iter().filter(|it| it.server == server).collect(),
    }))
}

/// One tenant's, of so many days.
pub(super) async fn used_by(
    client: &Client,
    subdomain: &str,
    days: i32,
) -> Result<Option<TenantUsage>, ApiError> {
    let today = day_of(Timestamp::now()).to_string();
    let rows = top_of(client, &today, days, Some(subdomain), ORDERS[0], 1).await?;
    Ok(rows.into_iter().next().map(shown))
}

async fn top_of(
    client: &impl GenericClient,
    today: &str,
    days: i32,
    subdomain: Option<&str>,
    by: &str,
    limit: i64,
) -> Result<Vec<queries::Used>, ApiError> {
    let top = queries::usage_top();
    Ok(top.bind(client, &today, &days, &subdomain, &by, &limit).all().await?)
}

async fn sources(client: &impl GenericClient) -> Result<Vec<UsageSource>, ApiError> {
    let rows = queries::usage_source_list().bind(client, &SERVERS_MAX).all().await?;
    let shown = |it: queries::Source| UsageSource {
        server: it.server,
        read_at: it.collected_at,
        query_time_from: "pg_stat_database".to_owned(),
        statements_from: it.counts_statements.then(|| "pg_stat_statements".to_owned()),
    };
    Ok(rows.into_iter().map(shown).collect())
}

fn order(asked: Option<&str>) -> Result<&'static str, ApiError> {
    let Some(asked) = asked else { return Ok(ORDERS[0]) };
    let known = ORDERS.into_iter().find(|it| *it == asked);
    known.ok_or_else(|| {
        let words = format!("There is no order by '{asked}'. There are: {}.", ORDERS.join(", "));
        ApiError::new(Code::InvalidField, words).of_field("by", "known")
    })
}

fn days(asked: Option<i32>, default: i32) -> Result<i32, ApiError> {
    match asked.unwrap_or(default) {
        days @ 1..=USAGE_DAYS => Ok(days),
        _out_of_range => {
            let words = format!("Usage is kept for {USAGE_DAYS} days; `days` is 1 to that.");
            Err(ApiError::new(Code::InvalidField, words).of_field("days", "range"))
        }
    }
}

fn shown(it: queries::Used) -> TenantUsage {
    let limits = [
        (Limit::RequestsPerDay, Some(it.requests_today), it.requests_per_day_max),
        (Limit::DatabaseBytes, it.database_bytes, it.database_bytes_max),
    ];
    TenantUsage {
        subdomain: it.subdomain,
        server: it.server,
        plan: it.plan,
        requests: it.requests,
        requests_today: it.requests_today,
        busy_us: it.busy_us,
        sent_bytes: it.sent_bytes,
        transactions: it.transactions,
        rows_changed: it.rows_changed,
        query_us: it.query_us,
        sessions: it.sessions,
        temp_bytes: it.temp_bytes,
        deadlocks: it.deadlocks,
        statements: it.statements,
        statement_us: it.statement_us,
        connections_max: it.connections_max,
        connection_limit: it.connection_limit.into(),
        database_bytes: it.database_bytes,
        limits: limits.into_iter().filter_map(|(it, used, max)| limited(it, used?, max?)).collect(),
    }
}

/// Where a tenant stands with a limit that its plan has.
fn limited(limit: Limit, used: i64, max: i64) -> Option<UsageLimit> {
    let (count, of) = (u64::try_from(used).ok()?, u64::try_from(max).ok()?);
    Some(UsageLimit {
        limit: limit.to_string(),
        used,
        max,
        standing: standing(count, Some(of)).to_string(),
    })
}

fn shown_day(it: queries::UsedDay) -> UsageDay {
    UsageDay {
        day: it.day.to_string(),
        requests: it.requests,
        busy_us: it.busy_us,
        sent_bytes: it.sent_bytes,
        transactions: it.transactions,
        rows_changed: it.rows_changed,
        query_us: it.query_us,
        sessions: it.sessions,
        temp_bytes: it.temp_bytes,
        deadlocks: it.deadlocks,
        statements: it.statements,
        statement_us: it.statement_us,
        connections_max: it.connections_max,
        database_bytes: it.database_bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_has_bounds() {
        assert_eq!(order(None).unwrap(), "requests");
        assert_eq!(order(Some("query-time")).unwrap(), "query-time");
        assert!(order(Some("name")).is_err());
        assert_eq!((days(None, 30).unwrap(), days(Some(400), 1).unwrap()), (30, 400));
        assert!(days(Some(0), 1).is_err() && days(Some(401), 1).is_err());
    }

    #[test]
    fn what_is_near_says_so() {
        let stands = |used| limited(Limit::DatabaseBytes, used, 10).unwrap().standing;
        assert_eq!([7, 8, 10].map(stands), ["WITHIN", "NEAR", "OVER"]);
    }
}
