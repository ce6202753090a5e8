//! The log of what became of tenants and of the fleet, for programs outside.
//!
//! An event is written in the transaction in which it becomes so, as its last statement, so that there is none of what was rolled
//! back and none is missing. What is told at which step is decided in `model`. Not here: who is told ([`crate::webhooks`]).

mod forget;
mod read;

use cloison_catalog::Transaction;
use cloison_catalog::queries::events as queries;
use cloison_catalog::queries::{migrations, rollouts};
use cloison_model::{EventType, OperationKind, Step, TenantId};
use serde_json::{Map, Value, json};
use tokio_postgres::types::Json;
use uuid::Uuid;

pub use forget::forget;
pub use read::{EventPage, EventsOf, LoggedEvent, page};

pub(crate) use forget::clear_up;
pub(crate) use read::with_tenant;

use crate::copies::Admitted;
use crate::operations::{Claimed, Made, StepError};

/// What a commit is going to overwrite, and an event says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before {
    /// The schema that a tenant is migrated from.
    version: Option<i64>,
}

impl Before {
    pub(crate) async fn look(txn: &Transaction<'_>, claimed: &Claimed) -> Result<Self, StepError> {
        let Some(tenant) = claimed.tenant.filter(|_| claimed.step == Step::MigrateTenant) else {
            return Ok(Self::default());
        };
        let row = migrations::tenant_schema_of().bind(txn, &tenant.0).opt().await?;
        Ok(Self { version: row.map(|it| it.schema_version) })
    }
}

/// Beside a step that is done.
pub(crate) async fn tell_done(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    event: EventType,
    (made, before): (&Made, Before),
) -> Result<(), StepError> {
    // It had begun, and its tenant has what it had.
    if let (EventType::TenantRestored, Made::Admitted(Admitted::AsItWas)) = (event, made) {
        return Ok(());
    }
    let mut data = data_of(txn, claimed, event).await?;
    if let Made::Schema { version } = made {
        data.insert("schema_version".to_owned(), json!(version));
    }
    if let Made::Migrated { version } = made {
        data.insert("from".to_owned(), json!(before.version));
        data.insert("to".to_owned(), json!(version));
    }
    tell(txn, event, subject(claimed), &data.into()).await?;
    Ok(())
}

/// Beside the end of an operation that has not come to its own.
pub(crate) async fn tell_stopped(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    event: EventType,
    error: Option<&StepError>,
) -> Result<(), StepError> {
    let mut data = data_of(txn, claimed, event).await?;
    if let Some(sqlstate) = error.and_then(StepError::sqlstate) {
        data.insert("sqlstate".to_owned(), json!(sqlstate));
    }
    tell(txn, event, subject(claimed), &data.into()).await?;
    Ok(())
}

/// A rollout that was halted, in a transaction of its own.
pub(crate) async fn tell_halted(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    failed: u32,
) -> Result<(), StepError> {
    let mut data = data_of(txn, claimed, EventType::RolloutHalted).await?;
    data.insert("failed".to_owned(), json!(failed));
    tell(txn, EventType::RolloutHalted, None, &data.into()).await?;
    Ok(())
}

/// Writes one. The last statement of the transaction: from here to the commit whoever else has something to tell waits.
///
/// `data` holds no secret and nothing about a person, and no message of an error, which may hold either.
pub(crate) async fn tell(
    txn: &Transaction<'_>,
    event: EventType,
    of: Option<(TenantId, &str)>,
    data: &Value,
) -> Result<(), tokio_postgres::Error> {
    let (tenant, subdomain) = of.map(|(tenant, subdomain)| (tenant.0, subdomain)).unzip();
    queries::event_append()
        .bind(txn, &Uuid::now_v7(), &event.as_str(), &tenant, &subdomain, &Json(data))
        .one()
        .await?;
    Ok(())
}

fn subject(claimed: &Claimed) -> Option<(TenantId, &str)> {
    claimed.tenant.zip(claimed.subdomain.as_deref())
}

/// The operation, and what else was asked for that is nobody's secret.
async fn data_of(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    event: EventType,
) -> Result<Map<String, Value>, StepError> {
    let mut data = Map::new();
    data.insert("operation".to_owned(), json!(claimed.id().to_string()));
    let asked: &[&str] = match event {
        EventType::TenantCreated => &["region", "plan"],
        EventType::TenantSuspended | EventType::TenantResumed | EventType::TenantCancelled => {
            &["access"]
        }
        EventType::TenantMigrated => &["rollout"],
        EventType::TenantMigrationFailed => &["rollout", "to"],
        EventType::TenantRestored => &["copy"],
        EventType::RolloutStarted
        | EventType::RolloutHalted
        | EventType::RolloutCompleted
        | EventType::RolloutFailed
        | EventType::RolloutCancelled => &["from", "to", "direction"],
        EventType::TenantArchived
        | EventType::TenantUnarchived
        | EventType::TenantErasureRequested
        | EventType::TenantErasureWithdrawn
        | EventType::TenantErased
        | EventType::TenantExported
        | EventType::TenantBackupFailed
        | EventType::TenantLimitNear
        | EventType::TenantLimitReached
        | EventType::TenantDomainVerified
        | EventType::TenantDomainFailing
        | EventType::TenantDomainRecovered
        | EventType::TenantDomainRemoved
        | EventType::TenantAiCreditsLow
        | EventType::TenantAiCreditsExhausted => &[],
    };
    for name in asked {
        data.insert((*name).to_owned(), claimed.input[*name].clone());
    }
    if claimed.kind == OperationKind::Rollout {
        let row = rollouts::rollout_of_operation().bind(txn, &claimed.id().0).opt().await?;
        data.insert("rollout".to_owned(), json!(row.map(|it| it.number)));
    }
    Ok(data)
}
