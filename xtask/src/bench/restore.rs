//! `restore`: a studio with a year of data from its backup, and one of a hundred from its server's archive.
//!
//! The floor of the first is `create database` and `pg_restore` of a plain dump, by themselves on the same server; the product also decrypts,
//! and compares every row with the manifest afterwards. Of the second it is what visitors of the other studios notice that has a floor:
//! the same pages at the same rate while nothing is restored.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::{Client, CreateBackup, Operation, RestoreTenant};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::sleep;

use super::backup::dump;
use super::load::{Answered, Load};
use super::machine::Machine;
use super::platform::Platform;
use super::sample::{Sample, header, rounded};
use super::studios::Studios;
use super::{Report, tell};
use crate::product::{self, Content, Profile};
use crate::workspace::Temporary;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_mins(20);
/// Between two looks at an operation.
const PAUSE: Duration = Duration::from_millis(10);
/// So that what is wanted back is not the server's last commit.
const SETTLE: Duration = Duration::from_secs(3);

#[derive(clap::Args)]
pub(super) struct Options {
    /// Restores of each kind from a backup
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    runs: u32,
    /// Tenants of the server of which one is taken back to a point in time
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(3..=1_000))]
    studios: u32,
    /// Requests a second for the studios together, meanwhile
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rate: u32,
    /// Seconds of these before the restore
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    let directory = Temporary::create()?;
    let archive = from_backup(&program, directory.path(), options.runs).await?;
    let past = point_in_time(&program, directory.path(), options).await?;

    let vs_pg_restore = rounded(archive.product.seconds(50) / archive.alone.seconds(50));
    let neighbour_p99_ratio = rounded(past.during.milliseconds(99) / past.before.milliseconds(99));
    let pitr_s = rounded(past.took.as_secs_f64());
    let table = [
        "restore: one studio with a year of data, from its backup".to_owned(),
        header(),
        archive.product.row("restored and compared"),
        archive.alone.row("pg_restore alone (baseline)"),
        format!("ratio to pg_restore: {vs_pg_restore}"),
        String::new(),
        format!(
            "one of {} studios to a point in time in {pitr_s} s; the calendar of the others, {} requests a second",
            options.studios, options.rate
        ),
        header(),
        past.before.row("before (baseline)"),
        past.during.row("during the restore"),
        format!("ratio of p99: {neighbour_p99_ratio}; {} requests failed", past.failed),
    ];
    let figures = json!({
        "name": "restore",
        "n": archive.product.len(),
        "p50_s": archive.product.seconds(50),
        "pg_restore_p50_s": archive.alone.seconds(50),
        "vs_pg_restore": vs_pg_restore,
        "pitr_tenants": options.studios,
        "pitr_s": pitr_s,
        "before_n": past.before.len(),
        "before_p99_ms": past.before.milliseconds(99),
        "during_n": past.during.len(),
        "during_p99_ms": past.during.milliseconds(99),
        "neighbour_p99_ratio": neighbour_p99_ratio,
        "failed": past.failed,
    });
    Ok(Report { table: table.join("\n"), machine: Machine::look(past.version), figures })
}

struct FromBackup {
    product: Sample,
    alone: Sample,
}

/// In turns, so that both meet the same machine.
async fn from_backup(program: &Path, folder: &Path, runs: u32) -> Result<FromBackup> {
    tell("a studio with a year of data");
    let content = Content::Demo("busy");
    let platform = Platform::start(program, folder.join("backup"), content, &[]).await?;
    let largest = "select datname::text from pg_database
        where datname like 'studio%' order by pg_database_size(oid) desc limit 1";
    let database: String = platform.admin.query_one(largest, &[]).await?.get(0);
    let whose = "select organizations.subdomain::text
        from tenants join organizations on organizations.id = organization_id where database_name = $1";
    let subdomain: String = platform.catalog.query_one(whose, &[&database]).await?.get(0);
    let file = folder.join("alone.dump");
    dump::one(&platform.server, &database, &file).await?;
    let api = &platform.caller.api;
    let backed_up = api.backup_create(&subdomain, &CreateBackup::default(), None).await?;
    done(api, backed_up.operation.context("it was never backed up before")?).await?;

    let (mut product, mut alone) = (Vec::new(), Vec::new());
    for run in 1..=runs {
        tell(&format!("restore {run} of {runs}"));
        platform.settle().await?;
        let started = Instant::now();
        let begun = api.tenant_restore(&subdomain, &RestoreTenant::default(), None).await?;
        done(api, begun.operation).await?;
        product.push(started.elapsed());
        platform.settle().await?;
        let started = Instant::now();
        platform.admin.execute("create database alone template template0", &[]).await?;
        dump::restore(&platform.server, "alone", &file).await?;
        alone.push(started.elapsed());
        platform.admin.execute("drop database alone", &[]).await?;
    }
    platform.stop()?;
    Ok(FromBackup { product: Sample::new(product), alone: Sample::new(alone) })
}

struct Past {
    took: Duration,
    before: Sample,
    during: Sample,
    failed: usize,
    version: String,
}

async fn point_in_time(program: &Path, folder: &Path, options: &Options) -> Result<Past> {
    let (migrations, data_dir) = (folder.join("migrations"), folder.join("past"));
    let settings = [("CLOISON_POINT_IN_TIME", "true")];
    let studios =
        Studios::make(program, &migrations, &data_dir, options.studios, &settings).await?;
    tell("wait for the server's first backup");
    first_backup(&data_dir).await?;
    tell(&format!("{} requests a second for {} s", options.rate, options.seconds));
    let load = Load::begin(studios.visitors(), options.rate);
    let began = Instant::now();
    sleep(Duration::from_secs(options.seconds)).await;
    let at = Timestamp::now();
    sleep(SETTLE).await;
    let restoring = Instant::now();
    tell("one of them to a point in time");
    let api = &studios.platform.caller.api;
    let body = RestoreTenant { at: Some(at.to_string()), ..RestoreTenant::default() };
    done(api, api.tenant_restore("tenant-3", &body, None).await?.operation).await?;
    let ended = Instant::now();
    let answered = load.end().await;
    let within = |from: Instant, to: Instant| {
        let times: Vec<_> =
            answered.iter().filter(|it| (from..to).contains(&it.due)).map(|it| it.took).collect();
        (!times.is_empty()).then(|| Sample::new(times)).context("no request was due in that time")
    };
    let is_failed = |it: &&Answered| it.failure.is_some();
    let past = Past {
        took: ended - restoring,
        before: within(began, restoring)?,
        during: within(restoring, ended)?,
        failed: answered.iter().filter(is_failed).count(),
        version: studios.platform.version().await?,
    };
    studios.stop()?;
    Ok(past)
}

/// pgBackRest says so by this file.
async fn first_backup(data_dir: &Path) -> Result<()> {
    let parent = data_dir.join("point-in-time");
    let name = "server-eu-1";
    let elsewhere = std::fs::read_to_string(parent.join(format!("{name}-at"))).ok();
    let folder = elsewhere.map_or_else(|| parent.join(name), |it| it.trim_end().into());
    let info = folder.join("repository/backup").join(name).join("backup.info");
    let waiting = Instant::now();
    while !info.is_file() {
        if waiting.elapsed() > PATIENCE {
            bail!("the server is never backed up; is pgBackRest installed?");
        }
        sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

/// Follows an operation to its end, which must be a good one.
async fn done(api: &Client, mut operation: Operation) -> Result<()> {
    let waiting = Instant::now();
    while operation.state == "RUNNING" && waiting.elapsed() < PATIENCE {
        sleep(PAUSE).await;
        operation = api.operation_fetch(operation.id).await?;
    }
    if operation.state == "DONE" {
        return Ok(());
    }
    bail!("{} is {}: {}", operation.kind, operation.state, operation.error.unwrap_or_default());
}
