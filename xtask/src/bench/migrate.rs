//! `migrate`: one additive change of many tenants' databases, by a rollout, by hand, and by Alembic.
//!
//! All of them change the same databases in the same run, each its own tables, and take turns. The limit is the same
//! statements by one connection and one round trip a tenant. With `--under-load` it is the tenants' visitors who are
//! timed, while the product migrates.

mod alembic;
mod contest;
mod memory;
mod noop;
mod raw;
mod report;
mod rollout;
mod shop;
mod under_load;

use anyhow::{Context, Result};

use super::Report;
use super::machine::Machine;
use super::platform::Platform;
use super::tell;
use crate::product::{self, Content, Profile};
use crate::workspace::Temporary;
use alembic::Alembic;
use contest::{Contest, Score};
use noop::Noop;
use shop::Folder;

/// Tenants at once where nobody visits them, and where somebody does: the product's default.
const BRISK: u16 = 4;
const GENTLE: u16 = 2;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Tenants to migrate; each number is measured by itself
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000], value_parser = clap::value_parser!(u32).range(20..=1_000))]
    tenants: Vec<u32>,
    /// Turns of each way, after one that does not count
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    rounds: u32,
    /// Tenants at once on the server, also by hand [default: 4, and under load 2, as the product's own]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=32))]
    per_server: Option<u16>,
    /// Tenants in the catalog, for the rollout with nothing to do
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    catalogued: u32,
    /// Time visitors of a hundred studios instead, before and during rollouts
    #[arg(long)]
    under_load: bool,
    #[command(flatten)]
    load: under_load::Options,
}

/// All that was measured, but under load.
struct Measured {
    scores: Vec<Score>,
    noop: Noop,
    per_server: u16,
    version: String,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    if options.under_load {
        let per_server = options.per_server.unwrap_or(GENTLE);
        return under_load::run(&program, &options.load, per_server).await;
    }
    let per_server = options.per_server.unwrap_or(BRISK);
    let directory = Temporary::create()?;
    let folder = Folder::create(&directory.path().join("migrations"))?;
    let migrations = folder.path().to_owned();
    let content = Content::Migrations(&migrations);
    let mut platform =
        Platform::start(&program, directory.path().join("data"), content, &[]).await?;
    let alembic = Alembic::create(&directory.path().join("alembic"), &platform.server)?;
    let mut contest = Contest { folder, alembic, round: 0, per_server, rounds: options.rounds };

    let mut sizes = options.tenants.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let mut scores = Vec::new();
    for tenants in sizes {
        tell(&format!("make {tenants} tenants"));
        platform.grow(tenants).await.with_context(|| format!("make {tenants} tenants"))?;
        // What making them has left in the process's memory is not the rollout's.
        platform = platform.start_again().await?;
        scores.push(contest.run(&platform).await?);
    }
    tell(&format!("look for something to do among {} tenants", options.catalogued));
    let noop = noop::measure(&platform, &program, options.catalogued).await?;
    let version = platform.version().await?;
    platform.stop()?;
    let measured = Measured { scores, noop, per_server, version };
    Ok(measured.report())
}

impl Measured {
    fn machine(&self) -> Machine {
        Machine::look(self.version.clone())
    }
}
