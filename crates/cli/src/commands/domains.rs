//! `cloison domains`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, DnsRecord, Domain, Page};
use serde_json::json;

use super::PAGES_MAX;
use super::tenants::confirmed;
use crate::args::DomainsCommand;
use crate::output::{Output, list, minute, table};

const SERVING: &str = "serving";

pub(crate) async fn run(
    command: DomainsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        DomainsCommand::List { subdomain, state } => {
            let all = match subdomain {
                Some(subdomain) => of_one(client, &subdomain, state.as_deref()).await?,
                None => of_all(client, state.as_deref()).await?,
            };
            output.print(&all, || text_of_list(&all.items))?;
        }
        DomainsCommand::Add { subdomain, hostname } => {
            let domain = client.domain_claim(&subdomain, &hostname).await?;
            output.print(&domain, || text(&domain))?;
        }
        DomainsCommand::Show { subdomain, hostname } => {
            let domain = client.domain_fetch(&subdomain, &hostname).await?;
            output.print(&domain, || text(&domain))?;
        }
        DomainsCommand::Check { subdomain, hostname } => {
            let domain = client.domain_check(&subdomain, &hostname).await?;
            output.print(&domain, || text(&domain))?;
            if domain.to_do.is_some() {
                return Ok(ExitCode::FAILURE);
            }
        }
        DomainsCommand::Primary { subdomain, hostname } => {
            let domain = client.domain_make_primary(&subdomain, &hostname).await?;
            output.print(&domain, || text_of_primary(&domain))?;
        }
        DomainsCommand::Remove { subdomain, hostname, confirm } => {
            confirmed(&subdomain, &confirm, "the proof of the domain")?;
            client.domain_remove(&subdomain, &hostname).await?;
            output.print(&json!({ "removed": hostname }), || {
                format!("{subdomain} is not served under {hostname} any more. Its records can be taken out of the DNS.\n")
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn of_one(client: &Client, subdomain: &str, state: Option<&str>) -> Result<Page<Domain>> {
    let mut all = client.domain_list(subdomain).await?;
    all.items.retain(|it| state.is_none_or(|state| it.state == state));
    Ok(all)
}

async fn of_all(client: &Client, state: Option<&str>) -> Result<Page<Domain>> {
    let mut all = Page { items: Vec::new(), next: None };
    for _ in 0..PAGES_MAX {
        let page = client.domain_page(state, all.next.as_deref()).await?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    Ok(all)
}

fn text_of_list(domains: &[Domain]) -> String {
    if domains.is_empty() {
        return "There are none. To claim one: cloison domains add --help\n".to_owned();
    }
    let row = |it: &Domain| {
        vec![
            it.hostname.clone(),
            it.subdomain.clone(),
            if it.primary { format!("{}, primary", it.state) } else { it.state.clone() },
            wrong(it).unwrap_or("").to_owned(),
        ]
    };
    let rows: Vec<_> = domains.iter().map(row).collect();
    table(&["domain", "tenant", "state", "what is wrong"], &rows)
}

/// The first thing that is.
fn wrong(domain: &Domain) -> Option<&str> {
    let certificate = || domain.certificate.as_ref()?.found.as_deref();
    domain.found.as_deref().or_else(certificate)
}

fn text(domain: &Domain) -> String {
    let Domain { hostname, subdomain, .. } = domain;
    let mut pairs = vec![("domain", hostname.clone()), ("tenant", subdomain.clone())];
    pairs.push(("state", standing(domain)));
    pairs.extend(domain.found.clone().map(|it| ("found", it)));
    if let Some(it) = &domain.certificate {
        pairs.extend(it.until.map(|it| ("certificate", format!("good until {} UTC", minute(it)))));
        pairs.extend(it.found.clone().map(|it| ("HTTPS", it)));
    }
    let checked =
        domain.checked_at.map_or_else(|| "never".to_owned(), |it| format!("{} UTC", minute(it)));
    pairs.push(("checked", checked));
    pairs.push(("next check", format!("{} UTC", minute(domain.next_check_at))));
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let records: Vec<_> = domain.records.iter().map(row).collect();
    let records = table(&["  type", "name", "value"], &records);
    let to_do = domain.to_do.as_ref().map(|it| format!("\n{it}\n")).unwrap_or_default();
    format!("{}\nRecords in its DNS:\n{records}{to_do}", list(&pairs))
}

fn row(record: &DnsRecord) -> Vec<String> {
    vec![format!("  {}", record.kind), record.name.clone(), record.value.clone()]
}

/// The word, and since when.
fn standing(domain: &Domain) -> String {
    let primary = if domain.primary { ", primary" } else { "" };
    match (domain.verified_at, domain.failing_since) {
        (None, _) => format!("{}, nobody is served there yet", domain.state),
        (Some(_), Some(since)) => {
            format!("{} since {} UTC, and still served{primary}", domain.state, minute(since))
        }
        (Some(since), None) => format!("{} since {} UTC{primary}", domain.state, minute(since)),
    }
}

fn text_of_primary(domain: &Domain) -> String {
    let Domain { hostname, subdomain, state, .. } = domain;
    if state == SERVING {
        format!("Links to {subdomain} name {hostname} now.\n")
    } else {
        format!(
            "Links to {subdomain} will name {hostname} as soon as it is serving; it is {state}.\n"
        )
    }
}
