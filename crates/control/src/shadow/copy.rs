//! Copies one tenant's database with PostgreSQL's own programs.
//!
//! A clone (`create database .. template`) would need the tenant's database free of connections. A dump reads as any
//! transaction does, and nobody waits for it but whoever wants to change the schema meanwhile.

use std::time::Duration;

use cloison_archive::{ProgramFailure, Programs, pass_on};
use cloison_model::{DatabaseName, RetryClass, ShadowTenant};
use tokio::time::timeout;

use super::WORK_ON_COPY;
use super::survey::Server;
use crate::operations::StepError;
use crate::pg::ddl;

/// Fills the empty database `to`. Answers false if the tenant's database has gone meanwhile.
pub(super) async fn copy_tenant(
    server: &Server,
    tenant: &ShadowTenant,
    to: &DatabaseName,
    programs: &Programs,
    time_max: Duration,
) -> Result<bool, StepError> {
    let dump = server.admin.command(&programs.dump, &tenant.database);
    let restore = server.admin.command(&programs.restore, to.as_str());
    let ran = timeout(time_max, pass_on(dump, restore, to.as_str())).await;
    let Ok(ran) = ran else {
        let why = format!("it takes longer than {} s", time_max.as_secs());
        return Err(refused(tenant, &ProgramFailure::lasting(why)));
    };
    if let Err(failure) = ran {
        // A server that is away is tried again.
        let failed = StepError::server(WORK_ON_COPY);
        let client = server.admin.connect("postgres").await.map_err(&failed)?;
        let from: DatabaseName = tenant.database.parse()?;
        if !ddl::database_exists(&client, &from).await.map_err(&failed)? {
            return Ok(false);
        }
        return Err(refused(tenant, &failure));
    }
    let failed = StepError::server("count the rows of a copy");
    let client = server.admin.connect(to.as_str()).await.map_err(&failed)?;
    let cancel = client.cancel_on_drop(&server.admin);
    ddl::shadow_analyze(&client).await.map_err(&failed)?;
    cancel.disarm();
    Ok(true)
}

fn refused(tenant: &ShadowTenant, failure: &ProgramFailure) -> StepError {
    let ProgramFailure { why, class, .. } = failure;
    let words = format!(
        "{} cannot be copied for the shadow run: {why}; no tenant was touched: mend it and start again, or go without by --skip-shadow",
        tenant.subdomain
    );
    match class {
        RetryClass::Passing | RetryClass::Away => StepError::NotNow(words),
        RetryClass::Lasting => StepError::Refused(words),
    }
}
