//! `cloison servers` and `cloison plans`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Plan, Server};

use crate::args::{PlansCommand, ServersCommand};
use crate::output::{Output, grouped, size, table};

pub(crate) async fn run(
    command: ServersCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        ServersCommand::List => {
            let servers = client.server_list().await?;
            output.print(&servers, || text(&servers.items))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn run_plans(
    command: PlansCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        PlansCommand::List => {
            let plans = client.plan_list().await?;
            output.print(&plans, || text_of_plans(&plans.items))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn text(servers: &[Server]) -> String {
    let rows: Vec<Vec<String>> = servers
        .iter()
        .map(|it| {
            vec![
                it.name.clone(),
                it.region.clone(),
                it.state.clone(),
                format!("{} of {}", it.tenants, it.capacity),
                it.spares.to_string(),
                it.connection_budget.to_string(),
            ]
        })
        .collect();
    table(&["server", "region", "state", "tenants", "spares", "connections"], &rows)
}

fn text_of_plans(plans: &[Plan]) -> String {
    let rows: Vec<Vec<String>> = plans
        .iter()
        .map(|it| {
            let price =
                format!("{}.{:02} {}", it.price_cents / 100, it.price_cents % 100, it.currency);
            vec![
                it.code.clone(),
                it.version.to_string(),
                it.name.clone(),
                price,
                it.connection_limit.to_string(),
                format!("{} ms", it.statement_timeout_ms),
                it.database_bytes_max.map_or_else(|| "-".to_owned(), size),
                it.requests_per_day_max.map_or_else(|| "-".to_owned(), grouped),
                it.ai_credits_per_month.map_or_else(|| "-".to_owned(), grouped),
            ]
        })
        .collect();
    let heading = [
        "plan",
        "version",
        "name",
        "price",
        "connections",
        "statement timeout",
        "database",
        "requests a day",
        "AI credits a month",
    ];
    table(&heading, &rows)
}
