//! Tenants whose schema is not what it should be, by what the control database knows of it: owners and grants inside tenants' databases
//! are part of a schema's fingerprint, so whoever changed one of them by hand is among those that have drifted. And spares.

use anyhow::{Context as _, Result};
use cloison_catalog::Client;
use cloison_catalog::queries::doctor as queries;
use cloison_catalog::queries::migrations::{Quarantine, quarantine_list};

use super::finding::{listed, tenants_have};
use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;
use crate::drift;

/// Of a drifted schema; the rest is a command away.
const DIFFERENCES_MAX: usize = 3;
/// Every tenant is read once a day.
const UNREAD_HOURS: i32 = 48;
/// Stragglers follow, and spares are made anew, within a minute of a rollout's end.
const SETTLED_MINUTES: i32 = 10;
/// Workers try again to make a spare every few minutes.
const FAILING_HOURS: i32 = 1;

pub(super) async fn examine(control: &Control) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    {
        let client = control.catalog.client().await?;
        let quarantined = quarantine_list().bind(&client, &None, &ROWS_MAX).all().await;
        let quarantined = quarantined.context("list who is quarantined")?;
        findings.extend(quarantined.iter().map(of_quarantine));
        findings.extend(behind(&client).await?);
        findings.extend(unread(&client).await?);
        findings.extend(spares(&client).await?);
    }
    let report = drift::report(control).await.context("compare schemas")?;
    findings.extend(report.drifted().map(of_drifted));
    Ok(findings)
}

fn of_quarantine(it: &Quarantine) -> Finding {
    let subdomain = &it.subdomain;
    let file = it.name.as_deref().map_or_else(String::new, |it| format!(" of {it}"));
    let state = it.sqlstate.as_deref().map_or_else(String::new, |it| format!(" ({it})"));
    let reason = it.message.lines().next().unwrap_or_default();
    let what = format!(
        "it stays at version {} since {} UTC, because a migration{file} failed: {reason}{state}",
        it.at_version,
        it.quarantined_at.strftime("%F %R")
    );
    Finding::new(Check::Quarantined, subdomain, what)
        .mend(format!("mend what it says, then: cloison migrations retry --tenant {subdomain}"))
}

fn of_drifted(schema: &drift::Distinct) -> Finding {
    let count = usize::try_from(schema.tenants).unwrap_or_default();
    let differences: Vec<&str> =
        schema.diff.iter().take(DIFFERENCES_MAX).map(String::as_str).collect();
    let what = format!(
        "{} another schema than version {} should: {}",
        tenants_have(count),
        schema.version,
        differences.join("; ")
    );
    Finding::new(Check::SchemaDrift, &listed(&schema.examples, count), what).mend(
        "see all of it: cloison migrations drift; set it back by hand, or by a migration, then: cloison migrations drift --refresh",
    )
}

async fn behind(client: &Client) -> Result<Option<Finding>> {
    let rows =
        queries::doctor_tenants_behind().bind(client, &SETTLED_MINUTES, &ROWS_MAX).all().await;
    let rows = rows.context("list who is behind")?;
    let Some(first) = rows.first() else { return Ok(None) };
    let names: Vec<&str> = rows.iter().map(|it| it.subdomain.as_str()).collect();
    let what = format!(
        "{} not followed the fleet to version {}, and no rollout is under way: {}",
        tenants_have(rows.len()),
        first.fleet,
        listed(&names, names.len())
    );
    Ok(Some(
        Finding::new(Check::TenantBehind, "migrations", what)
            .mend("is a worker running? bring them up: cloison migrations rollout"),
    ))
}

async fn unread(client: &Client) -> Result<Option<Finding>> {
    let rows = queries::doctor_schemas_unread().bind(client, &UNREAD_HOURS, &ROWS_MAX).all().await;
    let names = rows.context("list whose schema was not read")?;
    if names.is_empty() {
        return Ok(None);
    }
    let what = format!(
        "{} a schema that was not read in {UNREAD_HOURS} hours, or cannot be: {}",
        tenants_have(names.len()),
        listed(&names, names.len())
    );
    Ok(Some(
        Finding::new(Check::SchemaUnread, "migrations", what)
            .mend("is a worker running? read them now: cloison migrations drift --refresh"),
    ))
}

async fn spares(client: &Client) -> Result<Vec<Finding>> {
    let behind =
        queries::doctor_spares_behind().bind(client, &SETTLED_MINUTES, &ROWS_MAX).all().await;
    let behind = behind.context("list spares that are behind")?;
    let failing =
        queries::doctor_spares_failing().bind(client, &FAILING_HOURS, &ROWS_MAX).all().await;
    let failing = failing.context("list where spares cannot be made")?;
    let behind = behind.into_iter().map(|it| {
        let what = format!("{} spares are not at the fleet's version {}", it.spares, it.fleet);
        Finding::new(Check::SpareBehind, &it.server, what).mend(
            "is a worker running? it drops them and makes others: cloison operations list --spares",
        )
    });
    let failing = failing.into_iter().map(|it| {
        let what = format!("no spare can be made: {}", it.error);
        Finding::new(Check::SparesFailing, &it.server, what)
            .mend("set right what it says; a worker tries again: cloison operations list --spares")
    });
    Ok(behind.chain(failing).collect())
}
