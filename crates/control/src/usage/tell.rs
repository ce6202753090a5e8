//! Telling that a tenant has come near a limit of its plan, or to it.

use cloison_catalog::Transaction;
use cloison_model::{EventType, Limit, TenantId};
use serde_json::json;

use crate::events;

/// It was not there before.
pub(super) struct Crossing<'a> {
    pub(super) event: EventType,
    pub(super) limit: Limit,
    pub(super) tenant: TenantId,
    pub(super) subdomain: &'a str,
    pub(super) day: String,
    pub(super) used: u64,
    pub(super) max: u64,
}

/// In the transaction in which it becomes so, as its last statement.
pub(super) async fn tell(
    txn: &Transaction<'_>,
    it: &Crossing<'_>,
) -> Result<(), tokio_postgres::Error> {
    let data = json!({ "limit": it.limit.as_str(), "day": it.day, "used": it.used, "max": it.max });
    events::tell(txn, it.event, Some((it.tenant, it.subdomain)), &data).await
}
