//! What a run that was cut off has left on the servers.

use cloison_catalog::queries::servers;

use crate::control::{Control, SERVERS_MAX};
use crate::operations::StepError;
use crate::pg::ddl;

/// Drops it, on all servers that answer; sessions that still work there are ended.
pub(crate) async fn drop_leftovers(control: &Control) -> Result<(), StepError> {
    let catalog = control.catalog.client().await?;
    for server in servers::server_list().bind(&catalog, &SERVERS_MAX).all().await? {
        // What is left on one that is away is found by a later run.
        let Ok(client) = control.admin_of(&server)?.connect("postgres").await else { continue };
        let dropped = ddl::shadow_databases_drop(&client)
            .await
            .map_err(StepError::server("drop what a shadow run has left"))?;
        if dropped > 0 {
            tracing::info!(server = %server.name, "dropped {dropped} databases that a shadow run had left on server {}", server.name);
        }
    }
    Ok(())
}
