//! A large fleet with nothing to do: how long that takes to find out, and that no tenant is asked.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::time::sleep;

use super::rollout;
use crate::bench::platform::Platform;
use crate::process;

/// A session counts once it rests or ends, and is told at most once a second.
const COUNTED_WITHIN: Duration = Duration::from_secs(2);

pub(super) struct Noop {
    pub(super) catalogued: u32,
    /// `cloison migrations status`, the process's start among it.
    pub(super) status: Duration,
    /// `POST /v1/rollouts`, answered that all are up to date.
    pub(super) rollout: Duration,
    /// Sessions on databases of tenants meanwhile.
    pub(super) sessions: i64,
}

pub(super) async fn measure(
    platform: &Platform<'_>,
    program: &Path,
    catalogued: u32,
) -> Result<Noop> {
    fill(platform, catalogued).await.context("write tenants into the catalog")?;
    let before = sessions(platform).await?;

    let started = Instant::now();
    let told = process::output(
        Command::new(program)
            .args(["migrations", "status", "--json"])
            .env("CLOISON_DATA_DIR", platform.data_dir()),
    )?;
    let status = started.elapsed();
    let told: serde_json::Value = serde_json::from_str(&told).context("read the fleet's status")?;
    let tenants: i64 = told["versions"]
        .as_array()
        .context("the status has versions")?
        .iter()
        .filter_map(|it| it["tenants"].as_i64())
        .sum();
    if tenants != i64::from(catalogued) {
        bail!("the status tells of {tenants} tenants, not of {catalogued}: {told}");
    }

    let started = Instant::now();
    let begun = platform.caller.api.rollout_start(&rollout::request(4)).await?;
    let rollout = started.elapsed();
    if !begun.up_to_date {
        bail!("the rollout finds something to do: {begun:?}");
    }
    let sessions = sessions(platform).await? - before;
    Ok(Noop { catalogued, status, rollout, sessions })
}

/// Tenants that are rows and nothing else, at the version of all, until there are so many.
async fn fill(platform: &Platform<'_>, wanted: u32) -> Result<()> {
    platform
        .catalog
        .simple_query(&format!(
            "begin;
             create temporary table missing on commit drop as
             select gen_random_uuid() as id, number + 1000000 as number
             from generate_series((select count(*) from tenants) + 1, {wanted}) as number;
             insert into organizations (id, number, subdomain, name, region)
             select id, number, 'catalogued-' || number, 'Catalogued ' || number, 'eu'
             from missing;
             insert into tenants
                 (organization_id, server_id, database_name, role_name, database_password_sealed,
                 database_password_verifier, phase, schema_version)
             select
                 missing.id, servers.id, 'studio_' || number || '_db', 'studio_' || number || '_db', '', '', 'READY',
                 fleet.schema_version
             from missing
             cross join fleet
             cross join (select id from servers limit 1) as servers;
             insert into subscriptions
                 (id, organization_id, plan_code, plan_version, status, period_starts_at, period_ends_at)
             select gen_random_uuid(), missing.id, plans.code, plans.version, 'ACTIVE', now(), now() + interval '1 year'
             from missing
             cross join (select code, version from plans where code = 'standard' order by version desc limit 1) as plans;
             commit;
             analyze"
        ))
        .await?;
    Ok(())
}

async fn sessions(platform: &Platform<'_>) -> Result<i64> {
    sleep(COUNTED_WITHIN).await;
    let sessions = "select coalesce(sum(sessions), 0)::bigint
                    from pg_stat_database
                    where datname like 'studio\\_%\\_db'";
    Ok(platform.admin.query_one(sessions, &[]).await?.get(0))
}
