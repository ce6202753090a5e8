//! `cargo xtask torture`: the real program, hurt at random moments, and then looked at closely.
//!
//! What a test does once and quickly is done here at length. A violation ends with exit code 1, and the data directory is
//! kept for whoever looks into it.

mod backups;
mod fleet;
mod outage;
mod provision;
mod rounds;

use std::process::ExitCode;

use anyhow::{Context, Result};

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    torture: Torture,
}

#[derive(clap::Subcommand)]
enum Torture {
    /// Back tenants up, restore, swap and drill them while the program is killed over and over
    Backups(backups::Options),
    /// Create tenants while the program is killed over and over
    Provision(provision::Options),
    /// Take the control database away while studios are visited
    Outage(outage::Options),
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    // The client has room for a TLS provider and insists on one, though it only speaks to this machine.
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok()
        .context("nothing has set a provider before")?;
    let runtime = tokio::runtime::Runtime::new()?;
    match &options.torture {
        Torture::Backups(options) => runtime.block_on(backups::run(options)),
        Torture::Provision(options) => runtime.block_on(provision::run(options)),
        Torture::Outage(options) => runtime.block_on(outage::run(options)),
    }
}
