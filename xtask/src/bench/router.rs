//! `router`: what the router costs, what it saves, and whether it keeps what it promises.
//!
//! The baselines are what else one could do with a thousand databases and fifty connections: a pool for each tenant
//! in the same process, and PgBouncer. All of it on one server, with the same tenants, in one run.

mod cold;
mod contest;
mod contestant;
mod cpu;
mod directory;
mod fleet;
mod greedy;
mod overhead;
mod pgbouncer;
mod pools;
mod report;
mod watch;
mod zipf;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::task::spawn_blocking;

use super::Report;
use cold::Cold;
use contest::{Load, Score};
use contestant::Contestant;
use cpu::Cpu;
use directory::Directory;
use fleet::Fleet;
use greedy::{Greedy, Others};
use overhead::Overhead;
use pgbouncer::PgBouncer;
use pools::Pools;
use watch::{Seen, Watch};

/// Connections to the server, for all tenants.
const BUDGET: usize = 50;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Databases to make
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(200..))]
    tenants: u32,
    /// Turns of each contestant
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Seconds of a turn
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// Queries to time for what the router adds, of each kind
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..))]
    queries: u32,
}

/// All that was measured.
struct Measured {
    fleet: Arc<Fleet>,
    pgbouncer: String,
    directory: Directory,
    overhead: Overhead,
    scores: [Score; 3],
    seen: Seen,
    cold: Cold,
    greedy: Greedy,
    settled: Greedy,
}

/// Answers as well what goes away when it is dropped.
pub(super) async fn run(options: &Options) -> Result<(Report, Arc<Fleet>)> {
    // An interruption drops it, too.
    tokio::select! {
        measured = measure(options) => {
            let measured = measured?;
            Ok((measured.report(), measured.fleet))
        }
        interrupted = tokio::signal::ctrl_c() => {
            interrupted?;
            bail!("interrupted; the server and its databases are removed")
        }
    }
}

async fn measure(options: &Options) -> Result<Measured> {
    let program = pgbouncer::find()?;
    tell("know 100,000 tenants");
    let directory = spawn_blocking(Directory::measure).await??;
    tell(&format!("make {} databases", options.tenants));
    let fleet = Arc::new(Fleet::make(options.tenants).await.context("make the tenants")?);
    tell("time one query with and without the router");
    let overhead = {
        let (fleet, queries) = (Arc::clone(&fleet), options.queries);
        spawn_blocking(move || Overhead::measure(&fleet, queries))
            .await?
            .context("time the overhead")?
    };

    let pgbouncer = PgBouncer::start(program, &fleet, BUDGET).await?;
    let version = pgbouncer.version.clone();
    let cpu = Cpu::of(&fleet, pgbouncer.pid()).await?;
    let contestants = [
        Contestant::router(&fleet, BUDGET),
        Contestant::Pools(Pools::new(&fleet, BUDGET)),
        Contestant::PgBouncer(pgbouncer),
    ]
    .map(Arc::new);
    tell("run the contest");
    let watch = Watch::begin(&fleet).await?;
    let load = Load { rounds: options.rounds, slice: Duration::from_secs(options.seconds) };
    let scores = contest::run(&fleet, &contestants, &cpu, load).await.context("run the contest")?;
    let seen = watch.end().await?;
    for contestant in contestants {
        if let Some(it) = Arc::into_inner(contestant) {
            it.close().await;
        }
    }

    tell("visit cold tenants");
    let cold = Cold::measure(&fleet, BUDGET).await.context("time cold tenants")?;
    tell("let one tenant be greedy");
    let measure = async |others| {
        Greedy::measure(&fleet, BUDGET, others).await.context("time the greedy tenant")
    };
    let greedy = measure(Others::Everybody).await?;
    let settled = measure(Others::Settled).await?;
    Ok(Measured {
        fleet,
        pgbouncer: version,
        directory,
        overhead,
        scores,
        seen,
        cold,
        greedy,
        settled,
    })
}

/// It takes minutes, and somebody may be looking.
fn tell(step: &str) {
    eprintln!("router: {step}");
}
