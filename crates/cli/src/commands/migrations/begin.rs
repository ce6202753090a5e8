//! `cloison migrations rollout` and `rollback`: beginning, and then watching.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, ClientError, LintFinding, RollBack, RolloutBegun, StartRollout};

use super::drawing;
use super::following::conclude;
use crate::args::{PolicyOptions, RollbackOptions, RolloutOptions};
use crate::output::Output;

const HOUR: f64 = 3_600.0;

pub(super) async fn rollout(
    options: RolloutOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let PolicyOptions { waves, max_failures, per_server, in_total } = options.policy;
    let body = StartRollout {
        canaries: options.canaries,
        waves: waves.map(|it| it.0),
        max_failures,
        per_server,
        in_total,
        to: options.to,
        lazy_hours: options.lazy.then(|| options.deadline.as_secs_f64() / HOUR),
        skip_shadow: options.skip_shadow,
    };
    let begun = client.rollout_start(&body).await.inspect_err(tell_findings)?;
    answer(begun, options.no_wait, client, output).await
}

pub(super) async fn rollback(
    options: RollbackOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let PolicyOptions { waves, max_failures, per_server, in_total } = options.policy;
    let body = RollBack {
        waves: waves.map(|it| it.0),
        max_failures,
        per_server,
        in_total,
        skip_shadow: options.skip_shadow,
    };
    let begun = client.rollout_roll_back(options.rollout, &body).await?;
    answer(begun, options.no_wait, client, output).await
}

async fn answer(
    begun: RolloutBegun,
    no_wait: bool,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match &begun.rollout {
        Some(rollout) if !no_wait => conclude(rollout.number, client, output).await,
        Some(rollout) => {
            output.print(&begun, || {
                let (title, number) = (drawing::title(rollout), rollout.number);
                format!("{title}\nwatch it with: cloison migrations watch {number}\n")
            })?;
            Ok(ExitCode::SUCCESS)
        }
        None => {
            let version = begun.version;
            output.print(&begun, || format!("Nothing to do: all tenants that are not quarantined are at version {version}.\n"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// All that the lint has refused, above the error's three lines.
fn tell_findings(error: &ClientError) {
    let ClientError::Problem(problem) = error else { return };
    let refused: Vec<_> = problem.findings.iter().filter(|it| it.verdict == "refused").collect();
    // One of them is in the error itself.
    if refused.len() < 2 {
        return;
    }
    let shown = |LintFinding { file, line, rule, message, help, .. }: &LintFinding| {
        format!("{file}:{line}  {rule}\n  {message}\n  {help}\n\n")
    };
    let text: String = refused.into_iter().map(shown).collect();
    drop(io::stderr().write_all(text.as_bytes()));
}
