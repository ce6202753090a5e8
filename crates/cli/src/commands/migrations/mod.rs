//! `cloison migrations`: one module a verb, or a few that are alike.

mod begin;
mod change;
mod drawing;
mod drift;
mod following;
mod lint;
mod retry;
mod show;
mod status;

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::Client;

use crate::args::{Connection, MigrationsCommand, WhichRollout};
use crate::complaint::Complaint;
use crate::output::Output;

pub(crate) async fn run(
    command: MigrationsCommand,
    connection: &Connection,
    output: Output,
) -> Result<ExitCode> {
    // It asks nobody.
    if let MigrationsCommand::Lint(options) = &command {
        return lint::run(options, output);
    }
    let client = &connection.client()?;
    match command {
        MigrationsCommand::Lint(options) => lint::run(&options, output),
        MigrationsCommand::Drift(options) => drift::run(options, client, output).await,
        MigrationsCommand::Status => status::run(client, output).await,
        MigrationsCommand::Rollout(options) => begin::rollout(options, client, output).await,
        MigrationsCommand::Rollback(options) => begin::rollback(options, client, output).await,
        MigrationsCommand::Show { which } => show::show(which, client, output).await,
        MigrationsCommand::List => show::list(client, output).await,
        MigrationsCommand::Watch { which } => {
            let number = number(which, client).await?;
            following::conclude(number, client, output).await
        }
        MigrationsCommand::Pause { which } => change::pause(which, client, output).await,
        MigrationsCommand::Resume { which, max_failures } => {
            change::resume(which, max_failures, client, output).await
        }
        MigrationsCommand::Cancel { which } => change::cancel(which, client, output).await,
        MigrationsCommand::Retry { tenants } => retry::run(&tenants, client, output).await,
    }
}

/// The one that was said, or the one that is under way.
async fn number(which: WhichRollout, client: &Client) -> Result<i64> {
    if let Some(number) = which.number {
        return Ok(number);
    }
    let live = client.fleet_status().await?.rollout;
    let live = live.ok_or_else(|| {
        Complaint::new(
            "no rollout is under way",
            "without a number it would be about the one that is",
            "give the number of an earlier one; see: cloison migrations list",
        )
    })?;
    Ok(live.number)
}
