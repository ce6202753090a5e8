//! What steps on copies write when they are committed.

use cloison_catalog::Transaction;
use cloison_catalog::queries::copies as queries;
use cloison_model::{OperationKind, Step};
use serde_json::Value;
use tokio_postgres::types::Json;

use super::copy::id_of;
use super::exchange::Admitted;
use super::fill::Filled;
use crate::backups::release_archived;
use crate::operations::{Claimed, StepError};

/// What was the tenant's own until a swap goes by itself after so long.
pub(super) const FORMER_DAYS: i32 = 7;

pub(crate) async fn keep_filled(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    filled: &Filled,
) -> Result<(), StepError> {
    if claimed.kind == OperationKind::Unarchive {
        return Ok(());
    }
    let id = id_of(claimed)?;
    queries::copy_filled().bind(txn, &filled.holds_at, &filled.schema_version, &id).await?;
    if claimed.kind == OperationKind::Drill {
        queries::drill_measured().bind(txn, &filled.holds_at, &filled.seconds, &id).await?;
    }
    Ok(())
}

pub(crate) async fn keep_checked(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    checked: &Value,
) -> Result<(), StepError> {
    if claimed.kind == OperationKind::Drill {
        queries::drill_checked().bind(txn, &Json(checked), &claimed.id().0).await?;
    }
    Ok(())
}

/// Of the steps that are nothing but their commit.
pub(crate) async fn keep(txn: &Transaction<'_>, claimed: &Claimed) -> Result<(), StepError> {
    let id = id_of(claimed)?;
    match claimed.step {
        Step::KeepCopy => queries::copy_keep().bind(txn, &id).await?,
        Step::NoteDrill => {
            let why =
                claimed.error.as_deref().or(claimed.cancelled_by.as_deref().map(|_| CANCELLED));
            queries::drill_note().bind(txn, &why, &id).await?;
            queries::copy_delete().bind(txn, &id).await?
        }
        _forgotten => queries::copy_delete().bind(txn, &id).await?,
    };
    Ok(())
}

/// A swap has ended and has exchanged nothing.
pub(crate) async fn free(txn: &Transaction<'_>, claimed: &Claimed) -> Result<(), StepError> {
    queries::copy_free().bind(txn, &id_of(claimed)?).await?;
    Ok(())
}

const CANCELLED: &str = "it was cancelled";

/// The rows follow what happened on the server.
pub(crate) async fn keep_admitted(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    admitted: Admitted,
) -> Result<(), StepError> {
    let was_archived = matches!(claimed.kind, OperationKind::Archive | OperationKind::Unarchive);
    if let Some(tenant) = claimed.tenant.filter(|_| was_archived) {
        release_archived(txn, tenant).await?;
    }
    match admitted {
        Admitted::AsItWas if claimed.kind == OperationKind::Swap => free(txn, claimed).await?,
        Admitted::AsItWas => {}
        Admitted::Exchanged => {
            queries::copy_exchange().bind(txn, &id_of(claimed)?, &FORMER_DAYS).await?;
        }
        Admitted::Replaced => {
            queries::copy_replace().bind(txn, &id_of(claimed)?).await?;
        }
    }
    Ok(())
}
