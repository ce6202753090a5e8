//! `cloison migrations pause`, `resume` and `cancel`.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Client, ResumeRollout, Rollout};

use super::drawing::whole;
use super::number;
use crate::args::WhichRollout;
use crate::output::Output;

/// Tenants under way have ended by then, or wait for something that takes longer.
const CANCEL_WAIT: Duration = Duration::from_secs(30);

pub(super) async fn pause(
    which: WhichRollout,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let paused = client.rollout_pause(number(which, client).await?).await?;
    print(&paused, output)
}

pub(super) async fn resume(
    which: WhichRollout,
    max_failures: Option<u32>,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let number = number(which, client).await?;
    let resumed = client.rollout_resume(number, &ResumeRollout { max_failures }).await?;
    output.print(&resumed, || {
        format!("{}watch it with: cloison migrations watch {number}\n", whole(&resumed))
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn cancel(
    which: WhichRollout,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let cancelled = client.rollout_cancel(number(which, client).await?, CANCEL_WAIT).await?;
    print(&cancelled, output)
}

fn print(rollout: &Rollout, output: Output) -> Result<ExitCode> {
    output.print(rollout, || whole(rollout))?;
    Ok(ExitCode::SUCCESS)
}
