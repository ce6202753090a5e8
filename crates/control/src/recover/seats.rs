//! Connections of processes that have survived the control database.
//!
//! Of each server they keep so many seats that all of them together have half of the budget at most, and use them for twenty hours without
//! asking. The backup does not say who they are: its rows are as old as it is. So the rows go, and in their place one process that nobody has
//! heard of holds that half. Whoever comes back asks for its seats anew, out of the other half, and closes what it is not given. After 24
//! hours of silence others take the half, as they would a dead process's; by then whoever had seats of it has closed its connections.

use std::time::Duration;

use cloison_catalog::queries::recover as queries;
use uuid::Uuid;

use super::error::RecoverError;
use crate::control::Control;

/// What people read where processes are listed.
const NAME: &str = "whoever served before the control database was recovered";

/// Until then a process that has lost the control database uses more than it keeps.
pub(super) const CUT_OFF_AFTER: Duration = Duration::from_secs(15);

/// Nobody has seats.
pub(super) async fn clear(control: &Control) -> Result<(), RecoverError> {
    let client = control.catalog.client().await?;
    queries::recovered_nodes_clear().bind(&client).await?;
    Ok(())
}

/// Nobody has any but those that may still serve.
pub(super) async fn reserve(control: &Control) -> Result<(), RecoverError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let node = Uuid::now_v7();
    queries::recovered_nodes_clear().bind(&txn).await?;
    queries::recovered_node_insert().bind(&txn, &node, &NAME).await?;
    queries::recovered_seats_reserve().bind(&txn, &node).await?;
    txn.commit().await?;
    Ok(())
}
