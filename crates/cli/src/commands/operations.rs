//! `cloison operations`.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Operation};

use crate::args::OperationsCommand;
use crate::output::{Output, list, table};

pub(crate) async fn run(
    command: OperationsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        OperationsCommand::List => {
            let newest = client.operation_list(None).await?;
            output.print(&newest, || text_of_list(&newest.items))?;
        }
        OperationsCommand::Show { id } => {
            let operation = client.operation_fetch(id).await?;
            output.print(&operation, || text(&operation))?;
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
                it.subdomain.clone(),
                it.state.clone(),
                started,
                it.actor.clone(),
            ]
        })
        .collect();
    table(&["id", "kind", "subdomain", "state", "started (UTC)", "by"], &rows)
}

/// One operation with its steps, its reason if it failed, and what came of it.
pub(crate) fn text(operation: &Operation) -> String {
    let took = operation
        .finished_at
        .map(|it| format!("{} ms", it.as_millisecond() - operation.created_at.as_millisecond()));
    let id = operation.id.to_string();
    let mut pairs = vec![
        ("operation", id.as_str()),
        ("kind", &operation.kind),
        ("subdomain", &operation.subdomain),
        ("state", &operation.state),
    ];
    let optional = [
        ("took", &took),
        ("error", &operation.error),
        ("url", &operation.url),
        ("sign in", &operation.sign_in_url),
    ];
    pairs.extend(optional.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))));
    let mut text = list(&pairs);
    for event in &operation.events {
        writeln!(text, "  {}  {}", event.at.strftime("%H:%M:%S%.3f"), event.message)
            .expect("writing to a string does not fail");
    }
    text
}
