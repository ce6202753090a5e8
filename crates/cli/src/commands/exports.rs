//! `cloison exports`. Making and taking them is `cloison tenants export`'s.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::Client;
use serde_json::json;

use crate::args::ExportsCommand;
use crate::output::Output;

pub(crate) async fn run(
    command: ExportsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let ExportsCommand::Delete { id } = command;
    client.export_delete(id).await?;
    output.print(&json!({ "deleted": id }), || {
        format!("Export {id} is given to nobody any more, and is deleted within a minute or so.\n")
    })?;
    Ok(ExitCode::SUCCESS)
}
