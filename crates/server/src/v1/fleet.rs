//! `/v1/servers` and `/v1/plans`.

use std::collections::BTreeMap;

use axum::extract::State;
use cloison_api::{Page, Plan, Server};
use cloison_catalog::queries::servers::{plan_newest, server_load, server_stock};

use crate::error::ApiError;
use crate::extract::Json;
use crate::platform::Platform;

/// More servers, and more plans, than there are.
const ROWS_MAX: i64 = 1_000;

pub(super) async fn servers(
    State(platform): State<Platform>,
) -> Result<Json<Page<Server>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let stock: BTreeMap<_, _> = server_stock()
        .bind(&client, &ROWS_MAX)
        .all()
        .await?
        .into_iter()
        .map(|it| (it.server_id, it.spares))
        .collect();
    let rows = server_load().bind(&client, &ROWS_MAX).all().await?;
    let shown = rows.into_iter().map(|it| Server {
        spares: stock.get(&it.id).copied().unwrap_or_default(),
        name: it.name,
        region: it.region,
        state: it.state,
        tenants: it.tenants,
        capacity: it.capacity,
        connection_budget: it.connection_budget,
    });
    Ok(Json(Page { items: shown.collect(), next: None }))
}

pub(super) async fn plans(State(platform): State<Platform>) -> Result<Json<Page<Plan>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let rows = plan_newest().bind(&client, &ROWS_MAX).all().await?;
    let shown = rows.into_iter().map(|it| Plan {
        code: it.code,
        version: it.version,
        name: it.name,
        price_cents: it.price_cents,
        currency: it.currency,
        connection_limit: it.connection_limit,
        statement_timeout_ms: it.statement_timeout_ms,
        database_bytes_max: it.database_bytes_max,
        requests_per_day_max: it.requests_per_day_max,
        ai_credits_per_month: it.ai_credits_per_month,
    });
    Ok(Json(Page { items: shown.collect(), next: None }))
}
