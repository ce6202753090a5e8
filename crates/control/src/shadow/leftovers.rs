//! What a run that was cut off has left on the servers: customers' data that nobody needs.
//!
//! A reconciler, like the one of spares: it remembers nothing, so it does not matter how a rollout came to its end.

use std::time::Duration;

use cloison_catalog::queries::{servers, shadows};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::control::{Control, SERVERS_MAX};
use crate::operations::{StepError, sentence};
use crate::pg::ddl::{self, ShadowsOf};

/// The first look is made at once, for whoever left something may have been this process before. A look is a connection
/// to each server.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// Until shutdown.
pub(crate) async fn clear_up(control: Control, shutdown: CancellationToken) {
    loop {
        let looked = tokio::select! {
            looked = look(&control) => looked,
            () = shutdown.cancelled() => return,
        };
        if let Err(error) = looked {
            tracing::info!(
                "a shadow run's copies are left for the next look: {}",
                sentence(&error)
            );
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// The rollout that is at its shadow run keeps what it has.
async fn look(control: &Control) -> Result<(), StepError> {
    let past = shadows::shadows_past().bind(&control.catalog.client().await?).one().await?;
    drop_leftovers(control, ShadowsOf::RolloutsTo(past)).await
}

/// Drops it, on all servers that answer; sessions that still work there are ended. An error is the first server's that
/// refused.
pub(crate) async fn drop_leftovers(control: &Control, of: ShadowsOf) -> Result<(), StepError> {
    let servers = {
        let catalog = control.catalog.client().await?;
        servers::server_list().bind(&catalog, &SERVERS_MAX).all().await?
    };
    let mut refused = None;
    for server in servers {
        // What is left on one that is away is found by a later look.
        let Ok(client) = control.admin_of(&server)?.connect("postgres").await else { continue };
        match ddl::shadow_databases_drop(&client, of).await {
            Ok(0) => {}
            Ok(dropped) => {
                tracing::info!(server = %server.name, "dropped {dropped} databases that a shadow run had left on server {}", server.name);
            }
            Err(source) => {
                let verb = "drop what a shadow run has left";
                refused.get_or_insert(StepError::Server { verb, source });
            }
        }
    }
    refused.map_or(Ok(()), Err)
}
