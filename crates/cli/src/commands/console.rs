//! `cloison console`: a way for a browser into the console.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::Client;

use crate::output::Output;

pub(crate) async fn run(client: &Client, output: Output) -> Result<ExitCode> {
    let link = client.console_link_create().await?;
    output.print(&link, || {
        let until = link.expires_at.strftime("%H:%M");
        format!("{}\n\nOpen it in a browser. It works once, until {until} UTC.\n", link.url)
    })?;
    Ok(ExitCode::SUCCESS)
}
