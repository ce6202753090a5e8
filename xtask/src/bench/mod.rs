//! `cargo xtask bench`: what the product does, timed, beside what it could not be faster than.
//!
//! A figure alone says little about code and much about a machine. So each benchmark runs its baseline in the
//! same run, reports the ratio, and names the machine.

mod again;
mod backup;
mod dedicated;
mod first_page;
mod load;
mod machine;
mod migrate;
mod operations;
mod platform;
mod provision;
mod restore;
mod router;
mod sample;
mod scrape;
mod start;
mod studios;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use machine::Machine;

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    benchmark: Benchmark,
    /// Print one JSON object as the last line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(clap::Subcommand)]
enum Benchmark {
    /// Backups of two hundred tenants, and again with nothing changed, against `pg_dump` by itself
    Backup(backup::Options),
    /// A database for each of many studios against tables that they share, with and without row-level security
    DedicatedVsShared(dedicated::Options),
    /// The calendar page of a studio with a year of data, against its one query by itself
    FirstPage {
        /// Pages to time, after warming up
        #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
        pages: u32,
    },
    /// One change of many tenants' databases, by a rollout against the same statements alone, and Alembic
    Migrate(migrate::Options),
    /// Operations that do nothing, through the engine, against as many commits by themselves
    Operations(operations::Options),
    /// From asking for a tenant to its first page, and many at once against CREATE DATABASE by itself
    Provision(provision::Options),
    /// One tenant from its backup against `pg_restore` by itself, and from its server's archive while others are visited
    Restore(restore::Options),
    /// The router beside a pool per tenant and `PgBouncer`, on a thousand databases
    Router(router::Options),
    /// `/metrics` with a thousand tenants, against `prometheus-postgres-exporter` looking into each database
    Scrape(scrape::Options),
    /// From `cloison up --demo` to both studios answering, against starting PostgreSQL alone
    Start {
        /// Starts to time, of each kind
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
        /// The folder of PostgreSQL's programs, instead of the newest found
        #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
        pg_bin: Option<PathBuf>,
    },
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let is_measured_here =
        matches!(options.benchmark, Benchmark::Migrate(_) | Benchmark::Router(_));
    if is_measured_here && cfg!(debug_assertions) {
        return again::in_release();
    }
    // The client has room for a TLS provider and insists on one, though it only speaks to this machine.
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing has set a provider before");
    let runtime = tokio::runtime::Runtime::new()?;
    // Removed when the figures have been told, since that may take longer than measuring.
    let mut leftover = None;
    let report = match &options.benchmark {
        Benchmark::Backup(options) => runtime.block_on(backup::run(options))?,
        Benchmark::DedicatedVsShared(options) => dedicated::run(options)?,
        Benchmark::FirstPage { pages } => runtime.block_on(first_page::run(*pages))?,
        Benchmark::Migrate(options) => runtime.block_on(migrate::run(options))?,
        Benchmark::Operations(options) => runtime.block_on(operations::run(options))?,
        Benchmark::Provision(options) => runtime.block_on(provision::run(options))?,
        Benchmark::Restore(options) => runtime.block_on(restore::run(options))?,
        Benchmark::Router(options) => {
            let (report, fleet) = runtime.block_on(router::run(options))?;
            leftover = Some(fleet);
            report
        }
        Benchmark::Scrape(options) => runtime.block_on(scrape::run(options))?,
        Benchmark::Start { runs, pg_bin } => {
            runtime.block_on(start::run(*runs, pg_bin.as_deref()))?
        }
    };
    println!("{}", report.table);
    println!("{}", report.machine);
    if options.json {
        println!("{}", report.json());
    }
    drop(leftover);
    Ok(ExitCode::SUCCESS)
}

/// It takes minutes, and somebody may be looking.
fn tell(step: &str) {
    eprintln!("bench: {step}");
}

struct Report {
    /// For people.
    table: String,
    machine: Machine,
    /// For programs, without the machine.
    figures: Value,
}

impl Report {
    fn json(&self) -> Value {
        let mut figures = self.figures.clone();
        figures["machine"] = self.machine.json();
        figures
    }
}
