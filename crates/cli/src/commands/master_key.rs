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
    let mut lines =
        vec![format!("{} values were sealed anew with the newest key.", rotation.resealed)];
    if rotation.keys > 1 {
        lines.push("The old key still opens. When every process has the new one: cloison master-key forget-old".to_owned());
    } else {
        lines.push("There is one key; the old one is forgotten.".to_owned());
    }
    if let Some(backup) = rotation.backup {
        lines.push(format!("The control database was backed up before: {backup}"));
    }
    if !rotation.closed.is_empty() {
        lines.push("These backups of it open with the old key only; keep a copy of it as long as you may want them:".to_owned());
        lines.extend(rotation.closed.iter().map(|it| format!("  {it}")));
    }
    lines.push(String::new());
    lines.join("\n")
}
