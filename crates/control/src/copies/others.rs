//! Work beside other work on the same tenant, and who does not go on before it has ended.

use std::time::Duration;

use cloison_catalog::Transaction;
use cloison_catalog::queries::copies as queries;
use cloison_model::{OperationKind, Step, TenantId};

use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);
/// One of a kind, and some restores.
const OTHERS_MAX: i64 = 100;

/// From here on the tenant is being erased: nothing is made of it any more.
pub(crate) async fn call_off_others(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
) -> Result<(), StepError> {
    queries::operations_beside_cancel()
        .bind(txn, &claimed.actor, &tenant.0, &claimed.id().0)
        .await?;
    Ok(())
}

/// Before what is left of a tenant is counted, nobody adds to it. Behind the fence, whoever reads the tenant's database
/// has been thrown out.
pub(crate) async fn wait_for_others(
    control: &Control,
    claimed: &Claimed,
) -> Result<Option<Made>, StepError> {
    let (OperationKind::Erase | OperationKind::Archive, Step::DropDatabase, Some(tenant)) =
        (claimed.kind, claimed.step, claimed.tenant)
    else {
        return Ok(None);
    };
    let client = control.catalog.client().await?;
    let others = queries::operations_beside()
        .bind(&client, &tenant.0, &claimed.id().0, &OTHERS_MAX)
        .all()
        .await?;
    Ok(others.first().map(|it| Made::Rest {
        wait: PAUSE,
        why: format!("waits for the end of operation {} ({})", it.id, it.kind),
    }))
}
