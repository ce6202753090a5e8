//! `cloison operations`.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Operation, OperationFilter};

use super::following::{conclude, exit_code, watch};
use crate::args::OperationsCommand;
use crate::output::{Output, list, table};

pub(crate) async fn run(
    command: OperationsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        OperationsCommand::List { tenant, state, spares } => {
            let filter = OperationFilter { tenant, state, spares };
            let newest = client.operation_list(&filter, None).await?;
            output.print(&newest, || text_of_list(&newest.items))?;
        }
        OperationsCommand::Show { id } => {
            let operation = client.operation_fetch(id).await?;
            output.print(&operation, || text(&operation))?;
        }
        OperationsCommand::Watch { id } => {
            let operation = watch(client, id).await?;
            output.print(&operation, || text(&operation))?;
            return Ok(exit_code(&operation));
        }
        OperationsCommand::Cancel { id, waiting } => {
            let accepted = client.operation_cancel(id, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn text_of_list(operations: &[Operation]) -> String {
    if operations.is_empty() {
        return "No operations yet.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = operations
        .iter()
        .map(|it| {
            let started = it.created_at.strftime("%Y-%m-%d %H:%M:%S").to_string();
            vec![
                it.id.to_string(),
                it.kind.clone(),
                it.subdomain.clone().unwrap_or_default(),
                it.state.clone(),
                standing(it),
                started,
                it.actor.clone(),
            ]
        })
        .collect();
    table(&["id", "kind", "subdomain", "state", "step", "started (UTC)", "by"], &rows)
}

/// `2/5 drop_database`, and whether it is on its way back.
fn standing(operation: &Operation) -> String {
    if operation.is_ended() {
        return String::new();
    }
    let back = if operation.going_back { ", going back" } else { "" };
    let progress = operation.progress;
    format!("{}/{} {}{back}", progress.done + 1, progress.total, operation.step)
}

/// One operation with its steps, its reason if it failed, and what came of it.
pub(crate) fn text(operation: &Operation) -> String {
    let took = operation
        .finished_at
        .map(|it| format!("{} ms", it.as_millisecond() - operation.created_at.as_millisecond()));
    let id = operation.id.to_string();
    let mut pairs = vec![("operation", id.as_str()), ("kind", &operation.kind)];
    if let Some(subdomain) = &operation.subdomain {
        pairs.push(("subdomain", subdomain));
    }
    pairs.push(("state", &operation.state));
    let step = Some(standing(operation)).filter(|_| !operation.is_ended());
    let waiting = operation.waiting.as_ref().map(|why| {
        let again = operation
            .next_try_at
            .map(|it| format!("; tried again at {} UTC", it.strftime("%H:%M:%S")));
        format!("{why} ({} tries{})", operation.attempts, again.unwrap_or_default())
    });
    let optional = [
        ("step", &step),
        ("waits for", &waiting),
        ("worker", &operation.worker),
        ("cancelled by", &operation.cancelled_by),
        ("took", &took),
        ("error", &operation.error),
        ("url", &operation.url),
        ("sign in", &operation.sign_in_url),
        ("trace", &operation.trace_id),
    ];
    pairs.extend(optional.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))));
    let mut text = list(&pairs);
    for event in &operation.events {
        writeln!(text, "  {}  {}", event.at.strftime("%H:%M:%S%.3f"), event.message)
            .expect("writing to a string does not fail");
    }
    text
}
