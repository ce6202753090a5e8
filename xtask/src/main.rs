//! The project's own chores: `cargo xtask <chore>`.
//!
//! Everything here is for people who work on Cloison; nothing here is needed to use it. Each chore is
//! one module with one public function; this file only parses the command line.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a chore talks to the person who runs it"
)]

mod bench;
mod caller;
mod ci;
mod clusters;
mod monitoring;
mod prepare;
mod process;
mod product;
mod screenshot;
mod statement;
mod tidy;
mod torture;
mod visitor;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Chores of the Cloison workspace",
    disable_help_subcommand = true
)]
enum Chore {
    /// Check every queries/*.sql against the migrated schema and write the typed functions
    Prepare(prepare::Options),
    /// Check the rules that no other tool checks
    Tidy,
    /// Check alerts, their tests and pages, and dashboards against the metrics that there are
    Monitoring,
    /// Run every check and test
    Ci,
    /// Time the product beside its baseline
    Bench(bench::Options),
    /// Hurt the running product at random, and look at what is left
    Torture(torture::Options),
    /// Take the pictures in docs/images, or all pages for review
    Screenshot(screenshot::Options),
}

fn main() -> ExitCode {
    let done = match Chore::parse() {
        Chore::Prepare(options) => prepare::run(&options),
        Chore::Tidy => tidy::run(),
        Chore::Monitoring => monitoring::run(),
        Chore::Ci => Ok(ci::run()),
        Chore::Bench(options) => bench::run(&options),
        Chore::Torture(options) => torture::run(&options),
        Chore::Screenshot(options) => screenshot::run(&options),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
