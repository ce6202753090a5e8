//! Brings the tenants of an older release to this one, one after the other.
//!
//! Fleet migrations with waves, budgets and a way back are a rollout's business; this is what lets a newer build
//! start on an older data directory.

use anyhow::{Context, Result};
use cloison_catalog::queries::tenants;
use cloison_model::ServerId;

use crate::control::Control;
use crate::migrate::{Limits, Way, migrate};
use crate::pg::ddl;

/// Tenants read at a time.
const PAGE: i64 = 200;

/// Answers how many were brought up. A tenant that fails stops it, with the name in the error.
pub async fn catch_up(control: &Control) -> Result<usize> {
    let client = control.catalog.client().await?;
    let wanted = control.release.version();
    let mut done = 0;
    loop {
        let behind = tenants::tenant_behind().bind(&client, &wanted, &PAGE).all().await?;
        if behind.is_empty() {
            return Ok(done);
        }
        for tenant in behind {
            let admin = control.admin(&client, ServerId(tenant.server_id)).await?;
            let database = admin.connect(&tenant.database_name).await?;
            let newest = Way::Up { to: wanted };
            let migrated =
                migrate(&database, &control.release, ddl::OWNER, newest, &Limits::USUAL).await;
            let version = migrated
                .with_context(|| {
                    format!("migrate {} ({})", tenant.subdomain, tenant.database_name)
                })?
                .version;
            tenants::tenant_set_schema_version().bind(&client, &version, &tenant.id).await?;
            done += 1;
        }
    }
}
