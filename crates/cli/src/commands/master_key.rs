//! `cloison master-key`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, KeyRotation};

use crate::args::MasterKeyCommand;
use crate::output::Output;

pub(crate) async fn run(
    command: MasterKeyCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let rotation = match command {
        MasterKeyCommand::Rotate => client.master_key_rotate().await?,
        MasterKeyCommand::ForgetOld => client.master_key_forget_old().await?,
    };
    output.print(&rotation, || text(&rotation))?;
    Ok(ExitCode::SUCCESS)
}

fn text(rotation: &KeyRotation) -> String {
    let sealed = format!("{} values were sealed anew with the newest key.\n", rotation.resealed);
    if rotation.keys == 1 {
        return format!("{sealed}There is one key; the old one is forgotten.\n");
    }
    format!(
        "{sealed}The old key still opens. When every process has the new one: cloison master-key forget-old\n"
    )
}
