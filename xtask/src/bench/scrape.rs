//! `scrape`: what Prometheus waits for when it asks about many databases.
//!
//! The baseline is Debian's `prometheus-postgres-exporter` on the same cluster, told to look into every database, which is how sizes and
//! statistics of each are had with it. It keeps a connection to each, so the cluster is given as many for this.
//!
//! How many queries a scrape costs the server is read from the server's own count of transactions in the database that we connect to.

mod exporter;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tokio::time::sleep;

use self::exporter::Exporter;
use super::machine::Machine;
use super::platform::Platform;
use super::sample::{Sample, header, rounded};
use super::{Report, tell};
use crate::product::{self, Content, Profile};
use crate::workspace::Temporary;

/// For administrators and for the product, beside one for each database.
const CONNECTIONS_BESIDE: u32 = 200;
/// A server tells so much later what was done in connections that stay.
const TOLD_AFTER: Duration = Duration::from_secs(12);

#[derive(clap::Args)]
pub(super) struct Options {
    /// Tenants, each with a database
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    tenants: u32,
    /// Scrapes of ours to time
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(20..=1_000))]
    scrapes: u32,
    /// Scrapes of the exporter's to time
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    exporter_scrapes: u32,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    let directory = Temporary::create()?;
    tell(&format!("make {} tenants", options.tenants));
    let data_dir = directory.path().join("data");
    let platform = Platform::start(&program, data_dir, Content::Nothing, &[]).await?;
    platform.grow(options.tenants).await?;
    let connections = options.tenants + CONNECTIONS_BESIDE;
    let more = format!("alter system set max_connections = {connections}");
    platform.admin.execute(&more, &[]).await.context("allow the exporter its connections")?;
    // Else stopping writes what a thousand new databases have left to be written.
    platform.settle().await?;
    let platform = platform.start_again().await?;
    let url = format!("http://127.0.0.1:{}/metrics", platform.product().ops_port());

    tell("wait until databases are measured");
    let client = reqwest::Client::builder().no_proxy().build().context("make a client")?;
    let mut text = String::new();
    while !text.contains("cloison_tenant_database_bytes{tenant=\"tenant-") {
        text = timed(&client, &url).await?.1;
        sleep(Duration::from_millis(100)).await;
    }

    tell("ours");
    sleep(TOLD_AFTER).await;
    let (before, idle) = transactions_and_pace(&platform).await?;
    let began = Instant::now();
    let mut ours = Vec::new();
    for _ in 0..options.scrapes {
        let (took, answer) = timed(&client, &url).await?;
        ours.push(took);
        text = answer;
    }
    sleep(TOLD_AFTER).await;
    let elsewhere = idle * began.elapsed().as_secs_f64();
    let done = transactions(&platform).await? - before;
    let queries = (done - elsewhere).max(0.0) / f64::from(options.scrapes);

    tell("prometheus-postgres-exporter, with each database");
    let exporter = Exporter::start(&platform.server).await?;
    let mut theirs = Vec::new();
    let mut seen = 0;
    for _ in 0..options.exporter_scrapes {
        let (took, answer) = timed(&client, exporter.url()).await?;
        theirs.push(took);
        seen = exporter::databases(&answer);
    }
    drop(exporter);
    if seen < options.tenants as usize {
        bail!("the exporter has seen {seen} databases of {}", options.tenants);
    }
    let version = platform.version().await?;
    platform.stop()?;

    let (ours, theirs) = (Sample::new(ours), Sample::new(theirs));
    let series = text.lines().filter(|it| !it.starts_with('#')).count();
    let vs_exporter =
        rounded(theirs.percentile(50).as_secs_f64() / ours.percentile(50).as_secs_f64());
    let table = [
        format!("scrape: {} tenants on one server", options.tenants),
        header(),
        ours.row("ours"),
        theirs.row("exporter (baseline)"),
        format!(
            "{series} series; {queries:.1} queries of the server a scrape; the exporter takes {vs_exporter} times as long"
        ),
    ];
    let figures = json!({
        "name": "scrape",
        "n": options.scrapes,
        "tenants": options.tenants,
        "scrape_p50_ms": ours.milliseconds(50),
        "scrape_p95_ms": ours.milliseconds(95),
        "scrape_p99_ms": ours.milliseconds(99),
        "queries_per_server": rounded(queries),
        "series": series,
        "exporter_p50_ms": theirs.milliseconds(50),
        "exporter_databases": seen,
        "vs_postgres_exporter": vs_exporter,
    });
    Ok(Report { table: table.join("\n"), machine: Machine::look(version), figures })
}

async fn timed(client: &reqwest::Client, url: &str) -> Result<(Duration, String)> {
    let began = Instant::now();
    let answer = client.get(url).send().await.context("ask for metrics")?.error_for_status()?;
    let text = answer.text().await.context("read metrics")?;
    Ok((began.elapsed(), text))
}

/// What was done so far, and how much of it comes without any scrape in a second.
async fn transactions_and_pace(platform: &Platform<'_>) -> Result<(f64, f64)> {
    let (first, began) = (transactions(platform).await?, Instant::now());
    sleep(TOLD_AFTER).await;
    let second = transactions(platform).await?;
    Ok((second, (second - first) / began.elapsed().as_secs_f64()))
}

/// Of the database that whoever looks at the server is connected to.
async fn transactions(platform: &Platform<'_>) -> Result<f64> {
    let done =
        "select xact_commit::double precision from pg_stat_database where datname = 'postgres'";
    Ok(platform.admin.query_one(done, &[]).await?.get(0))
}
