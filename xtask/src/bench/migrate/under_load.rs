//! What the visitors of a hundred studios notice of a rollout: the same page at the same rate, before and meanwhile.
//!
//! Requests are sent when they are due, whether others were answered or not, and timed from when they were due: a server
//! that stands still delays all that come in that time, and each of them counts.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;
use tokio::time::sleep;

use super::rollout;
use crate::bench::Report;
use crate::bench::load::{Answered, Load};
use crate::bench::machine::Machine;
use crate::bench::sample::{Sample, header, rounded};
use crate::bench::studios::Studios;
use crate::bench::tell;
use crate::workspace::Temporary;

/// Until every studio has been visited several times.
const WARM_UP: Duration = Duration::from_secs(10);
/// Between rollouts, so that each meets a machine at rest.
const REST: Duration = Duration::from_secs(3);

#[derive(clap::Args)]
// Its name is that of the options around it.
#[group(skip)]
pub(super) struct Options {
    /// Under load: studios, each with a small year of data
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(3..=1_000))]
    studios: u32,
    /// Under load: requests a second, for all studios together
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rate: u32,
    /// Under load: seconds before the first rollout
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// Under load: rollouts, whose requests are taken together
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=50))]
    rollouts: u32,
}

/// A stretch of time, by this process's clock.
type Window = (Instant, Instant);

/// One rollout: on copies first, and then on tenants.
struct During {
    began: Instant,
    tenants: Instant,
    ended: Instant,
}

pub(super) async fn run(program: &Path, options: &Options, per_server: u16) -> Result<Report> {
    let directory = Temporary::create()?;
    let folder = directory.path().join("migrations");
    let data_dir = directory.path().join("data");
    let mut studios = Studios::make(program, &folder, &data_dir, options.studios, &[]).await?;
    tell(&format!("{} requests a second for {} s", options.rate, options.seconds));
    let load = Load::begin(studios.visitors(), options.rate);
    sleep(WARM_UP).await;
    let began = Instant::now();
    sleep(Duration::from_secs(options.seconds)).await;
    let before = (began, Instant::now());

    let mut during = Vec::new();
    for number in 1..=options.rollouts {
        let version = studios.grow()?;
        tell(&format!("rollout {number} of {}", options.rollouts));
        let began = Instant::now();
        let caller = &studios.platform.caller;
        let done = rollout::run(caller, &rollout::request(per_server), version).await?;
        let ended = Instant::now();
        let gates = done.started_at.context("it has begun")?.duration_since(done.created_at);
        during.push(During { began, tenants: (began + gates.unsigned_abs()).min(ended), ended });
        sleep(REST).await;
    }
    let answered = load.end().await;
    let version = studios.platform.version().await?;
    studios.stop()?;
    report(options, &answered, before, &during, version)
}

fn report(
    options: &Options,
    answered: &[Answered],
    before: Window,
    during: &[During],
    version: String,
) -> Result<Report> {
    let within = |windows: &[Window]| {
        let is_in =
            |it: &&Answered| windows.iter().any(|(from, to)| (*from..*to).contains(&it.due));
        let times: Vec<_> = answered.iter().filter(is_in).map(|it| it.took).collect();
        (!times.is_empty()).then(|| Sample::new(times)).context("no request was due in that time")
    };
    let windows = |of: fn(&During) -> Window| during.iter().map(of).collect::<Vec<_>>();
    let before = within(&[before])?;
    let meanwhile = within(&windows(|it| (it.began, it.ended)))?;
    let copies = within(&windows(|it| (it.began, it.tenants)))?;
    let tenants = within(&windows(|it| (it.tenants, it.ended)))?;
    let failed: Vec<&str> = answered.iter().filter_map(|it| it.failure.as_deref()).collect();
    let ratio = rounded(meanwhile.milliseconds(99) / before.milliseconds(99));
    let lasted: Duration = during.iter().map(|it| it.ended - it.began).sum();
    let mut table = vec![
        format!(
            "migrate --under-load: the calendar of {} studios, {} requests a second; {} rollouts, {:.1} s together",
            options.studios,
            options.rate,
            options.rollouts,
            lasted.as_secs_f64()
        ),
        header(),
        before.row("before (baseline)"),
        meanwhile.row("during the rollouts"),
        copies.row("  while they run on copies"),
        tenants.row("  while tenants are migrated"),
        format!("ratio of p99: {ratio}; {} of {} requests failed", failed.len(), answered.len()),
    ];
    table.extend(failed.first().map(|it| format!("the first of them: {it}")));
    let figures = json!({
        "name": "migrate-under-load",
        "studios": options.studios,
        "rate": options.rate,
        "rollouts": options.rollouts,
        "rollouts_s": rounded(lasted.as_secs_f64()),
        "before_n": before.len(),
        "before_p50_ms": before.milliseconds(50),
        "before_p95_ms": before.milliseconds(95),
        "before_p99_ms": before.milliseconds(99),
        "before_max_ms": before.milliseconds(100),
        "during_n": meanwhile.len(),
        "during_p50_ms": meanwhile.milliseconds(50),
        "during_p95_ms": meanwhile.milliseconds(95),
        "during_p99_ms": meanwhile.milliseconds(99),
        "during_max_ms": meanwhile.milliseconds(100),
        "copies_n": copies.len(),
        "copies_p99_ms": copies.milliseconds(99),
        "tenants_n": tenants.len(),
        "tenants_p99_ms": tenants.milliseconds(99),
        "p99_ratio": ratio,
        "requests": answered.len(),
        "failed": failed.len(),
    });
    Ok(Report { table: table.join("\n"), machine: Machine::look(version), figures })
}
