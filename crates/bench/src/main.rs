//! `cargo xtask bench dedicated-vs-shared`, the part that is measured: a database for each studio against one for all.
//!
//! A program of its own, so that it can be optimised and may know the studio, which the chores must not. It prints one
//! JSON object; what is said about the figures is `xtask`'s.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark talks to the program or the person that runs it"
)]

mod answers;
mod calls;
mod cluster;
mod figures;
mod layout;
mod measure;
mod run;
mod shared;
mod size;
mod statements;
mod studios;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use cloison_studio::demo::Size;

#[derive(Clone, Debug, Parser)]
#[command(about = "The same studios in three layouts, measured")]
struct Options {
    /// Studios, each with a year of data
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    studios: u16,
    /// Callers at the same time
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    clients: u16,
    /// Seconds to measure each layout, in slices that take turns
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
    #[arg(long, value_parser = size, default_value = "small")]
    size: Size,
    /// A setting of the server, for all layouts, as NAME=VALUE; can be given several times
    #[arg(long, value_parser = setting, value_name = "NAME=VALUE")]
    setting: Vec<(String, String)>,
    /// The folder of PostgreSQL's programs, instead of the newest found
    #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
    pg_bin: Option<PathBuf>,
}

fn size(word: &str) -> Result<Size, String> {
    match word {
        "small" => Ok(Size::Small),
        "busy" => Ok(Size::Busy),
        _ => Err("it is `small` or `busy`".to_owned()),
    }
}

fn setting(words: &str) -> Result<(String, String), String> {
    let (name, value) = words.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn main() -> Result<()> {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    println!("{}", runtime.block_on(run::run(&options))?);
    Ok(())
}
