//! `cloison migrations`: one module a verb.

mod lint;

use std::process::ExitCode;

use anyhow::Result;

use crate::args::MigrationsCommand;
use crate::output::Output;

pub(crate) fn run(command: &MigrationsCommand, output: Output) -> Result<ExitCode> {
    match command {
        MigrationsCommand::Lint(options) => lint::run(options, output),
    }
}
