//! `cloison migrations`: one module a verb.

mod drift;
mod lint;

use std::process::ExitCode;

use anyhow::Result;

use crate::args::{Connection, MigrationsCommand};
use crate::output::Output;

/// What only reads files asks nobody.
pub(crate) async fn run(
    command: MigrationsCommand,
    connection: &Connection,
    output: Output,
) -> Result<ExitCode> {
    match command {
        MigrationsCommand::Lint(options) => lint::run(&options, output),
        MigrationsCommand::Drift(options) => {
            drift::run(options, &connection.client()?, output).await
        }
    }
}
