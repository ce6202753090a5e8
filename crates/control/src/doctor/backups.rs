//! Whether each tenant could be brought back: that there is a store and a keystore, that backups are young and good, and that
//! somebody has tried.

use std::time::Duration;

use anyhow::{Context as _, Result};
use cloison_catalog::queries::{backups as queries, copies};
use cloison_model::DrillState;
use jiff::Timestamp;
use tokio::time::timeout;

use super::finding::{listed, tenants_have};
use super::{Ask, Check, Finding, ROWS_MAX};
use crate::backups::{self, BEHIND_HOURS, Backups, NEW_MINUTES};
use crate::control::Control;

/// Whoever stands for a finding that is nobody's alone.
pub(super) const SUBJECT: &str = "backups";
/// A worker drops copies within a minute; a busy one a little later.
const OVERDUE_MINUTES: i32 = 60;

/// Looks only: nothing of this is set right by itself.
pub(super) async fn examine(control: &Control, ask: &Ask<'_>) -> Result<Vec<Finding>> {
    let mut findings = copies_overdue(control).await?;
    let Ok(backups) = control.backups() else {
        let none = Finding::new(Check::NoStore, SUBJECT, "no store is configured");
        findings.push(none.mend(
            "say where backups go and who keeps the keys: backups.store and backups.keystore in cloison.toml",
        ));
        return Ok(findings);
    };
    // Half of the time, so that what the control database knows is told although they do not answer.
    findings.extend(places(backups, ask.patience / 2).await);
    findings.extend(behind(control).await?);
    findings.extend(broken(control).await?);
    findings.extend(drills(control, ask.now()).await?);
    Ok(findings)
}

/// Both are asked, since backups need both.
async fn places(backups: &Backups, patience: Duration) -> Vec<Finding> {
    let silent = || format!("it has not answered within {} s", patience.as_secs_f32());
    let store = async {
        match timeout(patience, backups.store_check()).await {
            Ok(answer) => answer.err().map(|it| it.to_string()),
            Err(_elapsed) => Some(silent()),
        }
    };
    let keystore = async {
        match timeout(patience, backups.keystore_check()).await {
            Ok(answer) => answer.err().map(|it| it.to_string()),
            Err(_elapsed) => Some(silent()),
        }
    };
    let (store, keystore) = futures_util::future::join(store, keystore).await;
    let try_again = "set right what it says, and try both: cloison config check";
    let store = store.map(|why| {
        let what = format!("the store {} cannot be used: {why}", backups.store);
        Finding::new(Check::StoreUnusable, SUBJECT, what).mend(try_again)
    });
    let keystore = keystore.map(|why| {
        let what = format!("the keystore ({}) cannot be used: {why}", backups.keystore.describe());
        Finding::new(Check::KeystoreUnusable, SUBJECT, what).mend(try_again)
    });
    store.into_iter().chain(keystore).collect()
}

async fn behind(control: &Control) -> Result<Option<Finding>> {
    let client = control.catalog.client().await?;
    let rows = queries::backups_behind()
        .bind(&client, &NEW_MINUTES, &BEHIND_HOURS, &ROWS_MAX)
        .all()
        .await
        .context("list who has no young backup")?;
    if rows.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = rows.iter().map(|it| it.subdomain.as_str()).collect();
    let failing = queries::backups_failing().bind(&client, &ROWS_MAX).all().await;
    let failing = failing.context("list whose backups fail")?;
    let why = failing.iter().find(|it| names.contains(&it.subdomain.as_str()));
    let why = match why.and_then(|it| Some((&it.subdomain, it.why.as_deref()?))) {
        Some((name, why)) => format!("; that of {name} failed: {why}"),
        None => String::new(),
    };
    let what = format!(
        "{} no good backup of how they were in the last {BEHIND_HOURS} hours: {}{why}",
        tenants_have(names.len()),
        listed(&names, names.len()),
    );
    let whose = if names.len() > 1 { "--all" } else { names[0] };
    Ok(Some(
        Finding::new(Check::TenantWithoutBackup, SUBJECT, what).mend(format!(
            "is a worker running? have them made now: cloison backups create {whose}"
        )),
    ))
}

async fn broken(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let rows = queries::backups_broken().bind(&client, &ROWS_MAX).all().await;
    let rows = rows.context("list broken backups")?;
    let finding = |row: queries::Backup| {
        let what = format!(
            "its backup {} of {} UTC cannot be restored: {}",
            row.id,
            row.taken_at.strftime("%F %R"),
            row.broken_why.unwrap_or_default(),
        );
        Finding::new(Check::BackupBroken, &row.subdomain, what).mend(format!(
            "if the store has been set right, look again: cloison backups verify {} --backup {}",
            row.subdomain, row.id
        ))
    };
    Ok(rows.into_iter().map(finding).collect())
}

async fn drills(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let states = backups::drill_states(control, now).await.context("see what drills have shown")?;
    let told = |check, wanted: DrillState, what: &str, mend: &str| {
        let of_state = states.iter().filter(|it| it.1 == wanted);
        let names: Vec<&str> = of_state.map(|it| it.0.as_str()).collect();
        let first = names.first()?;
        let listed = listed(&names, names.len());
        let what = format!("{} {what}: {listed}", tenants_have(names.len()));
        Some(Finding::new(check, SUBJECT, what).mend(format!("{mend}{first}")))
    };
    let failing = told(
        Check::DrillFailing,
        DrillState::Failing,
        "a last drill that failed",
        "see why with `cloison backups drill --status`, and try again: cloison backups drill ",
    );
    let stale = told(
        Check::DrillStale,
        DrillState::Stale,
        "had no drill in 37 days",
        "a worker does it in turn; try one now: cloison backups drill ",
    );
    Ok(failing.into_iter().chain(stale).collect())
}

async fn copies_overdue(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let rows = copies::copies_overdue().bind(&client, &OVERDUE_MINUTES, &ROWS_MAX).all().await;
    let rows = rows.context("list copies past their time")?;
    let finding = |row: copies::Copy| {
        let what = format!(
            "its copy {} was to be dropped by {} UTC and is there still",
            row.database_name,
            row.drop_after.strftime("%F %R"),
        );
        Finding::new(Check::CopyOverdue, &row.subdomain, what).mend(format!(
            "is a worker running? drop it: cloison backups drop {} --copy {} --confirm {}",
            row.subdomain, row.id, row.subdomain
        ))
    };
    Ok(rows.into_iter().map(finding).collect())
}
