//! A copy and the tenant's own database trade places.

use super::copy::Copy;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError, Target};
use crate::pg::{Turn, ddl};

/// The step `exchange_databases`, behind the fence. It has been done when the tenant's database says that this operation did it.
pub(crate) async fn exchange(
    control: &Control,
    claimed: &Claimed,
    target: &Target,
    turn: &Turn,
) -> Result<(), StepError> {
    let copy = Copy::load(control, claimed).await?;
    let failed = StepError::server("exchange the databases");
    for database in [&target.database, &copy.database] {
        ddl::database_clear(turn, database).await.map_err(&failed)?;
    }
    ddl::databases_exchange(turn, &target.database, &copy.database, claimed.id())
        .await
        .map_err(failed)
}

/// The step `admit_tenant`: finds out which of the two has the tenant's name.
pub(crate) async fn admit(
    claimed: &Claimed,
    target: &Target,
    turn: &Turn,
) -> Result<Made, StepError> {
    let by = ddl::exchanged_by(turn, &target.database).await;
    let by = by.map_err(StepError::server("see which database is the tenant's"))?;
    Ok(Made::Admitted { is_exchanged: by == Some(claimed.id()) })
}
