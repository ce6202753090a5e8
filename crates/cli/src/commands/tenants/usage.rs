//! `cloison tenants top` and `usage`: what tenants use, and where that stands with their plans.

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{
    Client, TenantUsage, UsageDay, UsageFilter, UsageHistory, UsageLimit, UsageReport, UsageSource,
};

use crate::args::UsageTopOptions;
use crate::columns::{Column, lay_out};
use crate::commands::router::figures::{age, percent, time};
use crate::output::{Output, grouped, minute, size};

/// Where nothing is known, or nothing limits.
const NONE: &str = "-";
/// In a time as people read it.
const MINUTE_US: u64 = 60_000_000;

pub(super) async fn top(
    options: UsageTopOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let by = Some(options.by.word().to_owned());
    let filter = UsageFilter { by, days: Some(options.days), limit: Some(options.limit) };
    let report = client.usage_fetch(&filter).await?;
    output.print(&report, || text_of_top(&report))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn of_tenant(
    subdomain: &str,
    days: u16,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let history = client.tenant_usage(subdomain, Some(days)).await?;
    output.print(&history, || text_of_history(&history))?;
    Ok(ExitCode::SUCCESS)
}

/// For `tenants show`: what was done today, and how large it is.
pub(super) fn in_short(usage: &TenantUsage) -> Vec<(&'static str, String)> {
    let today = format!(
        "{} requests{}, {} in queries, {} rows changed, at most {} of {} connections",
        grouped(usage.requests_today),
        of_limit(usage, "requests_per_day", grouped),
        duration(usage.query_us),
        grouped(usage.rows_changed),
        usage.connections_max,
        usage.connection_limit,
    );
    let bytes = usage.database_bytes.map_or_else(
        || "not known yet".to_owned(),
        |it| format!("{}{}", size(it), of_limit(usage, "database_bytes", size)),
    );
    vec![("used today", today), ("size", bytes)]
}

/// ` (12 % of 100,000)`, and what it comes to if it comes to something.
fn of_limit(usage: &TenantUsage, name: &str, written: fn(i64) -> String) -> String {
    let Some(it) = limit(usage, name) else { return String::new() };
    let stands = match it.standing.as_str() {
        "OVER" => ": the plan's limit is reached",
        "NEAR" => ": near the plan's limit",
        _ => "",
    };
    format!(" ({} of {}{stands})", share(it), written(it.max))
}

fn limit<'a>(usage: &'a TenantUsage, name: &str) -> Option<&'a UsageLimit> {
    usage.limits.iter().find(|it| it.limit == name)
}

fn text_of_top(report: &UsageReport) -> String {
    if report.tenants.is_empty() {
        return "No tenants yet. Make one with: cloison tenants create <subdomain> --owner-email <email>\n".to_owned();
    }
    let tenants = &report.tenants;
    let of_limit = |name: &'static str| {
        move |it: &TenantUsage| limit(it, name).map_or_else(|| NONE.to_owned(), share)
    };
    let mut columns = vec![
        Column::words("TENANT", tenants, |it| it.subdomain.clone()),
        Column::figures("REQUESTS", tenants, |it| grouped(it.requests)),
        Column::figures("TODAY/LIMIT", tenants, of_limit("requests_per_day")),
        Column::figures("SIZE", tenants, |it| it.database_bytes.map_or(NONE.to_owned(), size)),
        Column::figures("SIZE/LIMIT", tenants, of_limit("database_bytes")),
        Column::figures("QUERY TIME", tenants, |it| duration(it.query_us)),
        Column::figures("ROWS CHANGED", tenants, |it| grouped(it.rows_changed)),
        Column::figures("CONNECTIONS", tenants, |it| {
            format!("{} of {}", it.connections_max, it.connection_limit)
        }),
        Column::figures("SENT", tenants, |it| size(it.sent_bytes)),
        Column::words("PLAN", tenants, |it| it.plan.clone()),
    ];
    if tenants.iter().any(|it| it.statements.is_some()) {
        let statements = Column::figures("STATEMENTS", tenants, |it| {
            it.statements.map_or(NONE.to_owned(), grouped)
        });
        columns.insert(6, statements);
    }
    let (title, told) = (title(report), near_or_over(tenants));
    format!("{title}\n{told}\n{}\n{}", drawn(&columns), notes(&report.sources))
}

fn title(report: &UsageReport) -> String {
    let most = match report.by.as_str() {
        "query-time" => "the most time in queries",
        "rows" => "the most rows changed",
        "bytes" => "the largest databases",
        "connections" => "the most connections at once",
        _ => "the most requests",
    };
    let shown = i64::try_from(report.tenants.len()).unwrap_or(i64::MAX);
    let whom = if shown < report.tenants_total {
        format!("the {} of {} tenants with {most}", grouped(shown), grouped(report.tenants_total))
    } else {
        format!("all tenants, those with {most} first")
    };
    format!("{}: {whom}.", days(report.days, &report.today))
}

fn days(days: i32, today: &str) -> String {
    match days {
        1 => format!("Today, {today} in UTC"),
        days => format!("The {days} days up to {today}, in UTC"),
    }
}

fn text_of_history(history: &UsageHistory) -> String {
    let UsageHistory { today, usage, history: rows, sources, .. } = history;
    let mut text =
        format!("{}: {}, plan {}.\n", days(history.days, today), usage.subdomain, usage.plan);
    for it in &usage.limits {
        text.push_str(&line_of_limit(it));
    }
    let mut columns = vec![
        Column::words("DAY", rows, |it| it.day.clone()),
        Column::figures("REQUESTS", rows, |it| grouped(it.requests)),
        Column::figures("BUSY", rows, |it| duration(it.busy_us)),
        Column::figures("SENT", rows, |it| size(it.sent_bytes)),
        Column::figures("QUERY TIME", rows, |it| duration(it.query_us)),
        Column::figures("TRANSACTIONS", rows, |it| grouped(it.transactions)),
        Column::figures("ROWS CHANGED", rows, |it| grouped(it.rows_changed)),
        Column::figures("CONNECTIONS", rows, |it| grouped(it.connections_max)),
        Column::figures("TEMPORARY", rows, |it| size(it.temp_bytes)),
        Column::figures("SIZE", rows, |it| it.database_bytes.map_or(NONE.to_owned(), size)),
    ];
    if rows.iter().any(|it: &UsageDay| it.statements.is_some()) {
        let statements = Column::figures("STATEMENTS", rows, |it| {
            it.statements.map_or(NONE.to_owned(), grouped)
        });
        columns.insert(5, statements);
    }
    let table = if rows.is_empty() {
        "Nothing was counted in that time.\n".to_owned()
    } else {
        drawn(&columns)
    };
    format!("{text}\n{table}\n{}", notes(sources))
}

fn line_of_limit(it: &UsageLimit) -> String {
    let (what, used, max) = match it.limit.as_str() {
        "database_bytes" => ("Size", size(it.used), size(it.max)),
        _ => ("Requests today", grouped(it.used), grouped(it.max)),
    };
    let stands = match it.standing.as_str() {
        "OVER" => ", which is reached",
        "NEAR" => ", which is near",
        _ => "",
    };
    format!("{what}: {used} of {max} that the plan allows{stands} ({}).\n", share(it))
}

/// Where the figures are from, and what is missing in them.
fn notes(sources: &[UsageSource]) -> String {
    let mut text = "Query time is from pg_stat_database, waiting included".to_owned();
    let counting: Vec<_> = sources.iter().filter(|it| it.statements_from.is_some()).collect();
    if counting.is_empty() {
        text.push_str("; no server counts statements (pg_stat_statements).\n");
    } else {
        let names: Vec<_> = counting.iter().map(|it| it.server.as_str()).collect();
        text.push_str("; statements are from pg_stat_statements on ");
        text.push_str(&names.join(", "));
        text.push_str(".\n");
    }
    let read = sources.iter().map(|it| match it.read_at {
        Some(at) => format!("Server {} was last read at {} UTC.\n", it.server, minute(at)),
        None => format!("Server {} was not read yet.\n", it.server),
    });
    text.extend(read);
    text
}

/// Of those that are shown, who is near a limit or has reached it.
fn near_or_over(tenants: &[TenantUsage]) -> String {
    let said = tenants.iter().filter_map(|it| {
        let stands = stands(it);
        (!stands.is_empty()).then(|| format!("{} ({stands})", it.subdomain))
    });
    let said: Vec<_> = said.collect();
    if said.is_empty() {
        return String::new();
    }
    format!("Limits of their plans: {}.\n", said.join(", "))
}

/// Which limits are near or reached, in words.
fn stands(usage: &TenantUsage) -> String {
    let said = usage.limits.iter().filter_map(|it| {
        let what = if it.limit == "database_bytes" { "size" } else { "requests" };
        match it.standing.as_str() {
            "OVER" => Some(format!("{what} reached")),
            "NEAR" => Some(format!("{what} near")),
            _ => None,
        }
    });
    said.collect::<Vec<_>>().join(", ")
}

fn share(it: &UsageLimit) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nobody looks at the sixteenth digit")]
    let share = it.used as f64 * 100.0 / it.max.max(1) as f64;
    // Nothing is full before it is.
    percent(if it.used < it.max { share.min(99.0) } else { share })
}

fn duration(us: i64) -> String {
    match us.unsigned_abs() {
        us if us < MINUTE_US => time(us),
        us => age(us),
    }
}

fn drawn(columns: &[Column]) -> String {
    let table = lay_out(columns, usize::MAX);
    let mut text = format!("{}\n", table.heading);
    for row in table.rows {
        text.push_str(&row);
        text.push('\n');
    }
    text
}
