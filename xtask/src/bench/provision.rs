//! `provision`: from asking for a tenant to its first page, and many tenants at once.
//!
//! All of it goes through HTTP, as a customer's order does: `POST /v1/tenants?wait=30s`, then the new studio's sign-in
//! page. The floor under many at once is `create database` by itself, on the same server and from the same template, at
//! the concurrency that is best for it.

mod raw;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use reqwest::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_postgres::Client;

use super::Report;
use super::machine::Machine;
use super::sample::{Sample, header, rounded};
use crate::caller::{Caller, WAIT};
use crate::clusters::{Cluster, connect};
use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::workspace::Temporary;

/// Callers at the same time, where many are created.
const CALLERS: usize = 8;
/// A spare that is not ready by then will not be.
const SPARE_WITHIN: Duration = Duration::from_secs(30);

#[derive(clap::Args)]
pub(super) struct Options {
    /// Tenants to create one at a time, each once a spare is ready
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..))]
    warm: u32,
    /// Tenants to create one at a time without spares
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..))]
    cold: u32,
    /// Tenants to create at once
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(8..))]
    bulk: u32,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    let directory = Temporary::create()?;

    let cold = {
        let data_dir = directory.path().join("cold");
        let settings = [("CLOISON_WORK_SPARES_PER_SERVER", "0"), ("CLOISON_LOG", "warn")];
        let product = start(&program, &data_dir, &settings)?;
        let cold = time_creates(&Caller::new(&product)?, "cold", options.cold, None).await?;
        product.stop()?;
        cold
    };

    let data_dir = directory.path().join("warm");
    let product = start(&program, &data_dir, &[("CLOISON_LOG", "warn")])?;
    let caller = Caller::new(&product)?;
    let catalog = connect(&Cluster::control(&data_dir)?.database("studio_platform_master")).await?;
    let warm = time_creates(&caller, "warm", options.warm, Some(&catalog)).await?;

    // The machine is never quite the same: the better of before and after counts.
    let server = Cluster::tenants(&data_dir)?;
    let raw = raw::Raw::new(&server).await?;
    let before = raw.per_second(options.bulk).await?;
    let bulk = creates_per_second(&caller, options.bulk).await?;
    let after = raw.per_second(options.bulk).await?;
    let raw_per_second = before.max(after);

    let ratio = rounded(bulk / raw_per_second);
    let table = [
        "provision: from POST /v1/tenants?wait=30s to the studio's first page with status 200"
            .to_owned(),
        "warm waits before each create, outside the time, until a spare is ready".to_owned(),
        header(),
        warm.row("warm, one at a time"),
        cold.row("cold (no spares), one at a time"),
        format!(
            "{:<44}{bulk:>12.2}",
            format!("creates per second, {} by {CALLERS} callers", options.bulk)
        ),
        format!(
            "{:<44}{raw_per_second:>12.2}",
            format!("create database alone, {} at a time (baseline)", raw.concurrency)
        ),
        format!("ratio of creates to baseline: {ratio}"),
    ];
    let figures = json!({
        "name": "provision",
        "n": warm.len(),
        "p50_ms": warm.milliseconds(50),
        "p95_ms": warm.milliseconds(95),
        "p99_ms": warm.milliseconds(99),
        "warm_p50_ms": warm.milliseconds(50),
        "warm_p95_ms": warm.milliseconds(95),
        "warm_p99_ms": warm.milliseconds(99),
        "cold_n": cold.len(),
        "cold_p50_ms": cold.milliseconds(50),
        "cold_p95_ms": cold.milliseconds(95),
        "cold_p99_ms": cold.milliseconds(99),
        "bulk_n": options.bulk,
        "bulk_callers": CALLERS,
        "bulk_per_s": rounded(bulk),
        "raw_create_per_s": rounded(raw_per_second),
        "raw_concurrency": raw.concurrency,
        "ratio": ratio,
    });
    let version: String = catalog.query_one("show server_version", &[]).await?.get(0);
    let machine = Machine::look(version.split(' ').next().unwrap_or_default().to_owned());
    product.stop()?;
    Ok(Report { table: table.join("\n"), machine, figures })
}

fn start(program: &Path, data_dir: &Path, settings: &[(&str, &str)]) -> Result<Product> {
    let product = Product::start(&Start {
        program,
        data_dir,
        content: Content::Nothing,
        settings,
        ports: Ports::free(),
    })?;
    // What making new clusters has left to be written is not to be written in their time.
    rustix::fs::sync();
    Ok(product)
}

/// One after the other, from the request until the page is there. With `catalog`, each waits for a spare first.
async fn time_creates(
    caller: &Caller,
    name: &str,
    count: u32,
    catalog: Option<&Client>,
) -> Result<Sample> {
    let mut times = Vec::new();
    for number in 0..count {
        if let Some(catalog) = catalog {
            wait_for_spare(catalog).await?;
        }
        let subdomain = format!("{name}-{number}");
        let started = Instant::now();
        create(caller, &subdomain).await?;
        let status = caller.front_door(&subdomain).await?;
        times.push(started.elapsed());
        if status != StatusCode::OK {
            bail!("the new studio {subdomain} answers {status}");
        }
    }
    Ok(Sample::new(times))
}

async fn create(caller: &Caller, subdomain: &str) -> Result<()> {
    let made = caller.create(subdomain, Some(WAIT), None).await;
    let operation = made.with_context(|| format!("create {subdomain}"))?.operation;
    if operation.state != "DONE" {
        bail!("{subdomain} is {}: {}", operation.state, operation.error.unwrap_or_default());
    }
    Ok(())
}

async fn wait_for_spare(catalog: &Client) -> Result<()> {
    let waiting = Instant::now();
    let ready = "select exists(select from spares where state = 'READY')";
    while !catalog.query_one(ready, &[]).await?.get::<_, bool>(0) {
        if waiting.elapsed() > SPARE_WITHIN {
            bail!("no spare gets ready");
        }
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// Until the last of them is ready.
async fn creates_per_second(caller: &Caller, count: u32) -> Result<f64> {
    let next = Arc::new(AtomicU32::new(0));
    let mut callers = JoinSet::new();
    let started = Instant::now();
    for _ in 0..CALLERS {
        let (caller, next) = (caller.clone(), Arc::clone(&next));
        callers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return anyhow::Ok(());
                }
                create(&caller, &format!("bulk-{number}")).await?;
            }
        });
    }
    while let Some(called) = callers.join_next().await {
        called??;
    }
    let took = started.elapsed();
    let tenants = caller.tenants().await?;
    let ready = tenants
        .iter()
        .filter(|it| it.subdomain.starts_with("bulk-") && it.infrastructure == "READY");
    let ready = ready.count();
    if ready != count as usize {
        bail!("{ready} of {count} tenants are ready");
    }
    Ok(f64::from(count) / took.as_secs_f64())
}
