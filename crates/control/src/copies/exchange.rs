//! A copy and the tenant's own database trade places.

use cloison_model::OperationKind;

use super::copy::Copy;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError, Target};
use crate::pg::Turn;
use crate::pg::ddl::{self, InPlace};

/// Which database visitors are to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// None has been exchanged.
    AsItWas,
    /// The copy, and what was there before is the copy now.
    Exchanged,
    /// The copy, which has taken the place of a database that was gone.
    Replaced,
}

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

/// The step `admit_tenant`: finds out which of the two has the tenant's name. What was put in the place of a tenant that was
/// archived is its own from then on.
pub(crate) async fn admit(
    control: &Control,
    claimed: &Claimed,
    target: &Target,
    turn: &Turn,
) -> Result<Made, StepError> {
    let failed = StepError::server("see which database is the tenant's");
    let live = &target.database;
    let is_ours = ddl::in_place(turn, live).await.map_err(&failed)? == InPlace::By(claimed.id());
    let admitted = match claimed.kind {
        OperationKind::Swap if is_ours => {
            let copy = Copy::load(control, claimed).await?;
            let has_other = ddl::database_exists(turn, &copy.database).await.map_err(&failed)?;
            if has_other { Admitted::Exchanged } else { Admitted::Replaced }
        }
        _ => {
            if is_ours {
                ddl::placed_forget(turn, live).await.map_err(&failed)?;
            }
            Admitted::AsItWas
        }
    };
    Ok(Made::Admitted(admitted))
}
