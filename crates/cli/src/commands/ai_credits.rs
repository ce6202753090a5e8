//! `cloison ai-credits`.

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{
    AiCredits, AiCreditsEntry, AiCreditsGrant, AiCreditsReport, AiCreditsSpender, Client,
    GrantAiCredits,
};
use serde_json::json;

use crate::args::{AiCreditsCommand, GrantOptions};
use crate::output::{Output, grouped, list, minute, table};

/// Where there is nothing.
const NONE: &str = "-";

pub(crate) async fn run(
    command: AiCreditsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        AiCreditsCommand::Show { subdomain } => {
            let credits = client.ai_credits_fetch(&subdomain).await?;
            output.print(&credits, || text(&subdomain, &credits))?;
        }
        AiCreditsCommand::Ledger { subdomain, before } => {
            let before = before.map(|it| it.to_string());
            let page = client.ai_credits_ledger(&subdomain, before.as_deref()).await?;
            output
                .print(&page, || text_of_ledger(&subdomain, &page.items, page.next.as_deref()))?;
        }
        AiCreditsCommand::Grant(options) => grant(options, client, output).await?,
        AiCreditsCommand::Void { subdomain, grant } => {
            client.ai_credits_void(&subdomain, grant).await?;
            output.print(&json!({ "voided": grant }), || {
                format!("What was left of grant {grant} is taken back from {subdomain}.\n")
            })?;
        }
        AiCreditsCommand::Top { limit } => {
            let report = client.ai_credits_top(Some(limit)).await?;
            output.print(&report, || text_of_top(&report))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn grant(options: GrantOptions, client: &Client, output: Output) -> Result<()> {
    let GrantOptions { subdomain, amount, source, reason, expires, idempotency_key } = options;
    let new =
        GrantAiCredits { source: source.word().to_owned(), amount, expires_at: expires, reason };
    let granted = client.ai_credits_grant(&subdomain, &new, idempotency_key.as_deref()).await?;
    output.print(&granted, || {
        format!(
            "{subdomain} has got {} AI credits, {}.\nTo take back what is left of them: cloison ai-credits void {subdomain} --grant {}\n",
            grouped(granted.amount),
            expiry(&granted).map_or_else(
                || "which do not expire".to_owned(),
                |it| format!("to be spent by {it} UTC")
            ),
            granted.id
        )
    })
}

fn expiry(grant: &AiCreditsGrant) -> Option<String> {
    grant.expires_at.map(minute)
}

fn text(subdomain: &str, credits: &AiCredits) -> String {
    let plan = credits.per_month.map_or_else(
        || "the plan grants none".to_owned(),
        |it| format!("the plan grants {} a month", grouped(it)),
    );
    let (available, held) = (grouped(credits.available), grouped(credits.held));
    let spent = format!("{} in {} (UTC); {plan}", grouped(credits.spent), credits.period);
    let mut told = list(&[
        ("tenant", subdomain),
        ("available", &available),
        ("held", &held),
        ("spent", &spent),
    ]);
    if !credits.grants.is_empty() {
        let row = |it: &AiCreditsGrant| {
            vec![
                it.id.to_string(),
                it.source.clone(),
                format!("{} of {}", grouped(it.remaining), grouped(it.amount)),
                expiry(it).unwrap_or_else(|| "never".to_owned()),
                if it.reason.is_empty() { NONE.to_owned() } else { it.reason.clone() },
            ]
        };
        let rows: Vec<_> = credits.grants.iter().map(row).collect();
        told.push('\n');
        told.push_str(&table(&["grant", "source", "left", "expires (UTC)", "reason"], &rows));
    }
    if !credits.features.is_empty() {
        let row = |it: &cloison_api::AiCreditsFeature| {
            vec![it.feature.clone(), grouped(it.spent), grouped(it.reservations)]
        };
        let rows: Vec<_> = credits.features.iter().map(row).collect();
        told.push('\n');
        told.push_str(&table(&["feature", "spent", "times"], &rows));
    }
    told
}

fn text_of_ledger(subdomain: &str, entries: &[AiCreditsEntry], next: Option<&str>) -> String {
    if entries.is_empty() {
        return format!("Nothing of the kind is in the ledger of {subdomain}.\n");
    }
    let row = |it: &AiCreditsEntry| {
        vec![
            it.number.to_string(),
            it.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            it.kind.clone(),
            change(it.available_change),
            change(it.held_change),
            grouped(it.available_after),
            grouped(it.held_after),
            it.reservation.or(it.grant).map_or_else(|| NONE.to_owned(), |it| it.to_string()),
            it.actor.clone(),
        ]
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    let heading =
        ["number", "at (UTC)", "entry", "available", "held", "= available", "= held", "of", "by"];
    let text = table(&heading, &rows);
    match next {
        Some(next) => format!("{text}Older ones: --before {next}\n"),
        None => text,
    }
}

/// With its sign.
fn change(credits: i64) -> String {
    match credits {
        0 => NONE.to_owned(),
        1.. => format!("+{}", grouped(credits)),
        _ => format!("-{}", grouped(credits.saturating_neg())),
    }
}

fn text_of_top(report: &AiCreditsReport) -> String {
    let AiCreditsReport { period, tenants_total, tenants } = report;
    if tenants.is_empty() {
        return "Nobody has had AI credits yet. Plans grant them each month (cloison plans list); or: cloison ai-credits grant --help\n".to_owned();
    }
    let whom = match i64::try_from(tenants.len()) {
        Ok(shown) if shown < *tenants_total => {
            format!("{shown} of {} tenants", grouped(*tenants_total))
        }
        _ => "all tenants".to_owned(),
    };
    let row = |it: &AiCreditsSpender| {
        vec![
            it.subdomain.clone(),
            grouped(it.spent),
            it.per_month.map_or_else(|| NONE.to_owned(), grouped),
            grouped(it.available),
            grouped(it.held),
            it.plan.clone(),
        ]
    };
    let rows: Vec<_> = tenants.iter().map(row).collect();
    let rows = table(&["tenant", "spent", "plan grants", "available", "held", "plan"], &rows);
    format!("{period}, in UTC: {whom}, those that have spent the most AI credits first.\n\n{rows}")
}
