//! Whether each tenant could be brought back: that there is a store and a keystore, that backups are young and good, and that
//! somebody has tried.

use std::time::Duration;

use anyhow::{Context, Result};
use cloison_catalog::queries::{backups as queries, copies};
use cloison_model::DrillState;
use jiff::Timestamp;
use tokio::time::timeout;

use super::{FINDINGS_MAX, Finding};
use crate::backups::{self, BEHIND_HOURS, Backups, NEW_MINUTES};
use crate::control::Control;

/// Whoever stands for a finding that is nobody's alone.
const BACKUPS: &str = "backups";
/// Names of those that share one finding.
const NAMES_MAX: usize = 5;
/// A worker drops copies within a minute; a busy one a little later.
const OVERDUE_MINUTES: i32 = 60;
/// Whoever asks the doctor waits for the answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks only: nothing of this is set right by itself.
pub async fn examine_backups(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let mut findings = copies_overdue(control).await?;
    let Ok(backups) = control.backups() else {
        findings.push(finding(
            BACKUPS,
            "no store is configured, so no tenant is backed up and none could be restored; say where backups go and who keeps the keys: backups.store and backups.keystore in cloison.toml".to_owned(),
        ));
        return Ok(findings);
    };
    findings.extend(places(backups).await);
    findings.extend(behind(control).await?);
    findings.extend(broken(control).await?);
    findings.extend(drills(control, now).await?);
    Ok(findings)
}

/// Both are asked, since backups need both.
async fn places(backups: &Backups) -> Vec<Finding> {
    let silent = || format!("it has not answered within {} s", PATIENCE.as_secs());
    let store = match timeout(PATIENCE, backups.store_check()).await {
        Ok(answer) => answer.err().map(|it| it.to_string()),
        Err(_elapsed) => Some(silent()),
    };
    let keystore = match timeout(PATIENCE, backups.keystore_check()).await {
        Ok(answer) => answer.err().map(|it| it.to_string()),
        Err(_elapsed) => Some(silent()),
    };
    let store = store.map(|why| {
        format!(
            "the store {} cannot be used, so no backup is made or restored: {why}",
            backups.store
        )
    });
    let keystore = keystore.map(|why| {
        let which = backups.keystore.describe();
        format!("the keystore ({which}) cannot be used, so no backup is made or opened: {why}")
    });
    store.into_iter().chain(keystore).map(|it| finding(BACKUPS, it)).collect()
}

async fn behind(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let rows = queries::backups_behind()
        .bind(&client, &NEW_MINUTES, &BEHIND_HOURS, &FINDINGS_MAX)
        .all()
        .await
        .context("list who has no young backup")?;
    let Some(count) = rows.first().map(|it| it.how_many) else { return Ok(Vec::new()) };
    let names: Vec<&str> = rows.iter().map(|it| it.subdomain.as_str()).collect();
    let failing = queries::backups_failing().bind(&client, &FINDINGS_MAX).all().await;
    let failing = failing.context("list whose backups fail")?;
    let why = failing.iter().find(|it| names.contains(&it.subdomain.as_str()));
    let why = match why.and_then(|it| Some((&it.subdomain, it.why.as_deref()?))) {
        Some((name, why)) => format!(". That of {name} failed: {why}"),
        None => String::new(),
    };
    Ok(vec![finding(
        BACKUPS,
        format!(
            "{} no good backup of how they were in the last {BEHIND_HOURS} hours: {}; is a worker running? have them made now: cloison backups create {}{why}",
            tenants(count),
            listed(&names, count),
            if count > 1 { "--all" } else { names[0] },
        ),
    )])
}

async fn broken(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let rows = queries::backups_broken().bind(&client, &FINDINGS_MAX).all().await;
    let rows = rows.context("list broken backups")?;
    let finding = |row: queries::Backup| {
        let problem = format!(
            "its backup {} of {} UTC cannot be restored: {}; if the store has been set right, look again: cloison backups verify {} --backup {}",
            row.id,
            row.taken_at.strftime("%F %R"),
            row.broken_why.unwrap_or_default(),
            row.subdomain,
            row.id
        );
        finding(&row.subdomain, problem)
    };
    Ok(rows.into_iter().map(finding).collect())
}

async fn drills(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let states = backups::drill_states(control, now).await.context("see what drills have shown")?;
    let names = |wanted: DrillState| -> Vec<&str> {
        states.iter().filter(|it| it.1 == wanted).map(|it| it.0.as_str()).collect()
    };
    let told = |names: Vec<&str>, what: &str, advice: &str| {
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
        let first = *names.first()?;
        let listed = listed(&names, count);
        let problem = format!("{} {what}: {listed}; {advice}{first}", tenants(count));
        Some(finding(BACKUPS, problem))
    };
    let failing = told(
        names(DrillState::Failing),
        "a last drill that failed, so nobody knows whether they could be restored",
        "see why with `cloison backups drill --status`, and try again: cloison backups drill ",
    );
    let stale = told(
        names(DrillState::Stale),
        "had no drill in 37 days, so nobody knows whether they could be restored",
        "a worker does it in turn; try one now: cloison backups drill ",
    );
    Ok(failing.into_iter().chain(stale).collect())
}

/// They take room, and hold what may have been deleted since.
async fn copies_overdue(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let rows = copies::copies_overdue().bind(&client, &OVERDUE_MINUTES, &FINDINGS_MAX).all().await;
    let rows = rows.context("list copies past their time")?;
    let finding = |row: copies::Copy| {
        let problem = format!(
            "its copy {} was to be dropped by {} UTC and is there still; is a worker running? drop it: cloison backups drop {} --copy {} --confirm {}",
            row.database_name,
            row.drop_after.strftime("%F %R"),
            row.subdomain,
            row.id,
            row.subdomain
        );
        finding(&row.subdomain, problem)
    };
    Ok(rows.into_iter().map(finding).collect())
}

fn finding(subject: &str, problem: String) -> Finding {
    Finding { subject: subject.to_owned(), problem, fixed: false }
}

fn tenants(count: i64) -> String {
    if count == 1 { "1 tenant has".to_owned() } else { format!("{count} tenants have") }
}

/// The first names, and how many are left.
fn listed(names: &[&str], count: i64) -> String {
    let shown = names[..names.len().min(NAMES_MAX)].join(", ");
    let left = count - i64::try_from(names.len().min(NAMES_MAX)).unwrap_or_default();
    if left > 0 { format!("{shown} and {left} more") } else { shown }
}
