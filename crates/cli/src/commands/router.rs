//! `cloison router top`: two looks at a process's totals, and what happened between them.
//!
//! What a look says is in `view`, what is wrong in `notices`, how it looks in `drawing`: all without a terminal.

mod drawing;
pub(super) mod figures;
mod notices;
mod screen;
#[cfg(test)]
mod tests;
mod top;
mod view;

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::Client;

use crate::args::RouterCommand;
use crate::output::Output;

pub(crate) async fn run(
    command: RouterCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        RouterCommand::Top(options) => top::top(&options, client, output).await?,
    }
    Ok(ExitCode::SUCCESS)
}
