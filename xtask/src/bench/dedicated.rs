//! `dedicated-vs-shared`: a database for each studio against tables that all of them share, with and without
//! row-level security.
//!
//! What is measured is a program of its own, `cloison-bench`: it has to be optimised and to know the studio's code,
//! and the chores are neither. Here it is built, run, and put into words.

mod table;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Report;
use super::machine::Machine;
use crate::product::{self, Profile};

#[derive(clap::Args)]
pub(super) struct Options {
    /// Studios, each with a year of data
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    studios: u16,
    /// Callers at the same time
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    clients: u16,
    /// Seconds to measure each layout
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    seconds: u32,
    /// The same seed makes the same studios and the same calls
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Connections that each layout may have open
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(4..=1_000))]
    budget: u16,
    /// Connections that one studio may have open, where each has a database; the router's own rule if not said
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    studio_connections: Option<u16>,
    /// How much happens in a studio in its year
    #[arg(long, value_parser = ["small", "busy"], default_value = "small")]
    size: String,
    /// A setting of the server, for all layouts; can be given several times
    #[arg(long, value_name = "NAME=VALUE")]
    setting: Vec<String>,
    /// The folder of PostgreSQL's programs, instead of the newest found
    #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
    pg_bin: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Result<Report> {
    let program = product::build_package("cloison-bench", "cloison-bench", Profile::Release)?;
    let Options {
        studios,
        clients,
        seconds,
        seed,
        budget,
        studio_connections,
        size,
        setting,
        pg_bin,
    } = options;
    let mut command = Command::new(&program);
    command
        .args(["--studios", &studios.to_string(), "--clients", &clients.to_string()])
        .args(["--seconds", &seconds.to_string(), "--seed", &seed.to_string(), "--size", size])
        .args(["--budget", &budget.to_string()])
        .stderr(Stdio::inherit());
    if let Some(connections) = studio_connections {
        command.args(["--studio-connections", &connections.to_string()]);
    }
    for setting in setting {
        command.args(["--setting", setting]);
    }
    if let Some(folder) = pg_bin {
        command.arg("--pg-bin").arg(folder);
    }
    let output = command.output().with_context(|| format!("start {}", program.display()))?;
    if !output.status.success() {
        bail!("{} failed ({}); what it said is above", program.display(), output.status);
    }
    let figures: Value = serde_json::from_slice(&output.stdout).context("read the figures")?;
    let postgresql = figures["postgresql"].as_str().unwrap_or_default().to_owned();
    Ok(Report { table: table::table(&figures), machine: Machine::look(postgresql), figures })
}
