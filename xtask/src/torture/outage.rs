//! `outage`: the control database is away for a while, and no visitor of a studio notices.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use cloison_testkit::Outage;
use reqwest::StatusCode;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use super::fleet::{self, Expected};
use crate::caller::{Caller, WAIT};
use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::workspace::Temporary;

/// Studios that are visited.
const STUDIOS: usize = 6;
/// Tenants that are being made when the control database goes away.
const UNDER_WAY: usize = 4;
/// Visits go on for so long before and after.
const AROUND: Duration = Duration::from_secs(2);
/// Operations that were cut off go on when their lease has run out, which takes ten seconds.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(clap::Args)]
pub(super) struct Options {
    /// How long it is away
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Visits a second
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    per_second: u32,
}

pub(super) async fn run(options: &Options) -> Result<ExitCode> {
    let program = product::build(Profile::Release)?;
    let directory = Temporary::create()?;
    let wrong = match torture(options, &program, &directory.path().join("data")).await {
        Ok(wrong) => wrong,
        Err(error) => vec![format!("{error:#}")],
    };
    if wrong.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("things are wrong:");
    for it in &wrong {
        println!("  {it}");
    }
    println!("everything is kept in {}", directory.keep().display());
    Ok(ExitCode::FAILURE)
}

async fn torture(options: &Options, program: &Path, data_dir: &Path) -> Result<Vec<String>> {
    let product = Product::start(&Start {
        program,
        data_dir,
        content: Content::Nothing,
        settings: &[],
        ports: Ports::free(),
    })?;
    let caller = Caller::new(&product)?;
    let mut subdomains: Vec<String> = (0..STUDIOS).map(|it| format!("studio-{it}")).collect();
    for subdomain in &subdomains {
        caller.create(subdomain, Some(WAIT), None).await.context("make a studio")?;
    }

    let stop = CancellationToken::new();
    let every = Duration::from_secs(1) / options.per_second;
    let visits = visit(caller.clone(), subdomains.clone(), every, stop.clone());
    let outage = async {
        sleep(AROUND).await;
        let under_way: Vec<String> = (0..UNDER_WAY).map(|it| format!("under-way-{it}")).collect();
        for subdomain in &under_way {
            caller.create(subdomain, None, None).await.context("begin a tenant")?;
        }
        let cluster = data_dir.join("clusters/control");
        let mut outage = block_in_place(|| Outage::begin(&cluster))?;
        sleep(Duration::from_secs(options.seconds)).await;
        block_in_place(|| outage.end())?;
        sleep(AROUND).await;
        stop.cancel();
        anyhow::Ok((outage, under_way))
    };
    let (visits, outage) = tokio::join!(visits, outage);
    let (outage, under_way) = outage?;
    println!(
        "{} visits at {} a second, {} s of them without the control database: {} failed",
        visits.made,
        options.per_second,
        options.seconds,
        visits.failed.len()
    );

    let mut wrong = visits.failed;
    subdomains.extend(under_way);
    caller.create("afterwards", Some(WAIT), None).await.context("make a tenant afterwards")?;
    subdomains.push("afterwards".to_owned());
    fleet::wait_for_rest(data_dir, PATIENCE).await?;
    let expected = Expected { program, data_dir, subdomains: &subdomains };
    wrong.extend(fleet::examine(&caller, &expected).await?);
    println!("{} tenants afterwards", subdomains.len());
    product.stop()?;
    drop(outage);
    Ok(wrong)
}

struct Visits {
    made: usize,
    failed: Vec<String>,
}

/// One visit after another at this rate, whether or not those before have been answered.
async fn visit(
    caller: Caller,
    subdomains: Vec<String>,
    every: Duration,
    stop: CancellationToken,
) -> Visits {
    let mut visits = Visits { made: 0, failed: Vec::new() };
    let mut clock = interval(every);
    clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut under_way = JoinSet::new();
    while stop.run_until_cancelled(clock.tick()).await.is_some() {
        let (caller, subdomain) =
            (caller.clone(), subdomains[visits.made % subdomains.len()].clone());
        visits.made += 1;
        under_way.spawn(async move {
            let answer = caller.front_door(&subdomain).await;
            let is_well = answer.as_ref().is_ok_and(|it| *it == StatusCode::OK);
            (!is_well).then(|| format!("a visit of {subdomain} got {answer:?}"))
        });
    }
    while let Some(visited) = under_way.join_next().await {
        visits.failed.extend(visited.unwrap_or_else(|error| Some(error.to_string())));
    }
    visits
}
