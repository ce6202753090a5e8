//! `cloison migrations show` and `list`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Rollout};

use super::drawing::whole;
use super::number;
use crate::args::WhichRollout;
use crate::output::{Output, grouped, table};

pub(super) async fn show(which: WhichRollout, client: &Client, output: Output) -> Result<ExitCode> {
    let rollout = client.rollout_fetch(number(which, client).await?).await?;
    output.print(&rollout, || whole(&rollout))?;
    Ok(ExitCode::SUCCESS)
}

/// The newest hundred: whoever looks for an older one knows its number.
pub(super) async fn list(client: &Client, output: Output) -> Result<ExitCode> {
    let newest = client.rollout_list(None).await?;
    output.print(&newest, || text_of_list(&newest.items))?;
    Ok(ExitCode::SUCCESS)
}

fn text_of_list(rollouts: &[Rollout]) -> String {
    if rollouts.is_empty() {
        return "No rollouts yet. Begin one with: cloison migrations rollout\n".to_owned();
    }
    let rows: Vec<Vec<String>> = rollouts
        .iter()
        .map(|it| {
            let sum =
                |of: fn(&cloison_api::RolloutWave) -> u32| -> u32 { it.waves.iter().map(of).sum() };
            let back = it.rolls_back.map(|it| format!("takes back {it}"));
            vec![
                it.number.to_string(),
                it.from.to_string(),
                it.to.to_string(),
                it.stage.clone(),
                grouped(sum(|it| it.done)),
                grouped(sum(|it| it.failed)),
                it.created_at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                it.actor.clone(),
                back.unwrap_or_default(),
            ]
        })
        .collect();
    table(&["rollout", "from", "to", "stage", "done", "failed", "started (UTC)", "by", ""], &rows)
}
