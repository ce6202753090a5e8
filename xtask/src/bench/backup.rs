//! `backup`: many tenants backed up through the product, and once more when nothing has changed.
//!
//! The floor is `pg_dump -Fc` of the same databases to local files, as many at a time. It neither encrypts nor counts nor
//! compares anything; it packs with gzip, as it does unless told otherwise.

pub(super) mod dump;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::CreateBackups;
use serde_json::json;
use tokio::time::sleep;

use super::machine::Machine;
use super::platform::Platform;
use super::sample::rounded;
use super::{Report, tell};
use crate::clusters::connect;
use crate::product::{self, Content, Profile};
use crate::workspace::Temporary;

/// At once on the server, of both: the product's default.
const AT_ONCE: usize = 2;
/// Between two looks at whether all are done, at first.
const PAUSE_MIN: Duration = Duration::from_millis(10);
/// Looks are as far apart as a hundredth of the time that has passed: the looking is not to be part of what is measured.
const LOOKS: u32 = 100;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Tenants in all
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(12..=2_000))]
    tenants: u32,
    /// Of these, with a year of data
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    busy: u32,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    let directory = Temporary::create()?;
    let content = Content::Demo("busy");
    tell(&format!("make {} tenants, {} with a year of data", options.tenants, options.busy));
    let platform = Platform::start(&program, directory.path().join("data"), content, &[]).await?;
    platform.grow(options.tenants).await?;
    let bytes = fill(&platform, options.busy as usize).await.context("copy the demo's year")?;
    let databases = platform.databases().await?;
    let baseline = async || {
        platform.settle().await?;
        dump::all(&platform.server, &databases, directory.path(), AT_ONCE).await
    };

    tell("pg_dump by itself");
    let before = baseline().await?;
    platform.settle().await?;
    tell("all tenants through the product");
    let first = pass(&platform).await?;
    tell("again, with nothing changed");
    let second = pass(&platform).await?;
    tell("all tenants through the product once more, each with a row written");
    change(&platform, &databases).await.context("write a row of each tenant")?;
    platform.settle().await?;
    let once_more = pass(&platform).await?;
    tell("pg_dump by itself once more");
    // The machine is never quite the same: of each, the better of two counts.
    let alone = before.min(baseline().await?);
    let full = first.min(once_more);
    let version = platform.version().await?;
    platform.stop()?;

    let [first, second, alone, full] = [first, second, alone, full].map(|it| it.as_secs_f64());
    let vs_pg_dump = rounded(full / alone);
    let unchanged_speedup = rounded(first / second);
    let tenants_per_minute = rounded(f64::from(options.tenants) / full * 60.0);
    let table = [
        format!(
            "backup: {} tenants, {} of them with a year of data, {:.0} MB of databases, {AT_ONCE} at a time",
            options.tenants,
            options.busy,
            bytes / 1_000_000.0
        ),
        format!("{:<52}{full:>9.2} s", "all backed up: encrypted, counted, hashed, signed"),
        format!("{:<52}{alone:>9.2} s", "pg_dump -Fc to local files (baseline)"),
        format!("{:<52}{second:>9.2} s", "again, with nothing changed"),
        format!(
            "ratio to pg_dump: {vs_pg_dump}; nothing changed is {unchanged_speedup} times as fast; {tenants_per_minute} tenants a minute"
        ),
    ];
    let figures = json!({
        "name": "backup",
        "n": options.tenants,
        "busy": options.busy,
        "database_mb": rounded(bytes / 1_000_000.0),
        "at_once": AT_ONCE,
        "full_s": rounded(full),
        "first_s": rounded(first),
        "second_s": rounded(second),
        "pg_dump_s": rounded(alone),
        "vs_pg_dump": vs_pg_dump,
        "unchanged_speedup": unchanged_speedup,
        "tenants_per_minute": tenants_per_minute,
    });
    Ok(Report { table: table.join("\n"), machine: Machine::look(version), figures })
}

/// So that all of them have something to be backed up.
async fn change(platform: &Platform<'_>, databases: &[String]) -> Result<()> {
    for database in databases {
        let client = connect(&platform.server.database(database)).await?;
        client.execute("update studio_settings set name = name", &[]).await?;
    }
    Ok(())
}

/// Until everybody who was asked for has a backup, or needs none.
async fn pass(platform: &Platform<'_>) -> Result<Duration> {
    let api = &platform.caller.api;
    let started = Instant::now();
    api.backups_create(&CreateBackups::default()).await?;
    loop {
        let status = api.backups_status_brief().await?;
        if status.failing_count > 0 {
            bail!("{} backups have failed: {:?}", status.failing_count, status.failing.first());
        }
        if status.wanted == 0 && status.running == 0 {
            return Ok(started.elapsed());
        }
        sleep(PAUSE_MIN.max(started.elapsed() / LOOKS)).await;
    }
}

/// Puts copies of the largest database, the demo's year, in the place of others until so many have it. Answers the bytes
/// of all databases.
async fn fill(platform: &Platform<'_>, busy: usize) -> Result<f64> {
    let admin = &platform.admin;
    let sizes = "select datname::text, pg_database_size(oid)
        from pg_database
        where datname::text = any ($1)
        order by pg_database_size(oid) desc, datname";
    let databases = platform.databases().await?;
    let rows = admin.query(sizes, &[&databases]).await?;
    let (source, largest): (String, i64) = (rows[0].get(0), rows[0].get(1));
    let is_busy = |bytes: i64| bytes > largest / 2;
    let there = rows.iter().filter(|it| is_busy(it.get(1))).count();
    let close = format!("alter database {source} allow_connections false");
    admin.execute(&close, &[]).await?;
    let clear = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1";
    admin.query(clear, &[&source]).await?;
    for row in rows.iter().filter(|it| !is_busy(it.get(1))).take(busy.saturating_sub(there)) {
        let name: String = row.get(0);
        admin.execute(&format!("drop database {name} with (force)"), &[]).await?;
        let copy = format!(
            "create database {name} template {source} strategy wal_log owner cloison_owner"
        );
        admin.execute(&copy, &[]).await?;
    }
    admin.execute(&format!("alter database {source} allow_connections true"), &[]).await?;
    let rows = admin.query(sizes, &[&databases]).await?;
    #[expect(clippy::cast_precision_loss, reason = "it is told in megabytes")]
    Ok(rows.iter().map(|it| it.get::<_, i64>(1) as f64).sum())
}
