//! `cloison backups create`: one tenant, some, or all.
//!
//! All are only asked for, and begun by the platform as there is room. Those who are named are each followed to their end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use cloison_api::{BackupsStatus, BackupsWanted, Client, CreateBackup, CreateBackups};
use futures_util::{StreamExt, stream};
use serde::Serialize;
use uuid::Uuid;

use super::drawing;
use crate::args::CreateBackupsOptions;
use crate::commands::PAGES_MAX;
use crate::complaint::Complaint;
use crate::output::Output;
use crate::progress::Progress;

/// As many as a server makes at once by default.
const AT_ONCE: usize = 2;
const TICK: Duration = Duration::from_secs(1);

/// What became of all that was asked for.
#[derive(Serialize)]
pub(super) struct Report {
    pub(super) tenants: usize,
    /// How many of them have no new backup and should.
    pub(super) failed: usize,
    /// Whether it goes on by itself, and nobody has waited.
    pub(super) is_running: bool,
    /// Of each that was named; of all tenants, only of those that failed.
    pub(super) rows: Vec<Row>,
}

#[derive(Serialize)]
pub(super) struct Row {
    pub(super) subdomain: String,
    pub(super) result: Outcome,
    /// The new one, or the one that has all there is to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) backup: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Done,
    /// Nothing was written since its newest backup.
    Unchanged,
    /// It goes on by itself.
    Running,
    Failed,
}

impl Outcome {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unchanged => "unchanged",
            Self::Running => "running",
            Self::Failed => "failed",
        }
    }
}

pub(super) async fn run(
    options: CreateBackupsOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let report = match (options.all, options.force) {
        (true, false) => all(&options, client, output).await?,
        (true, true) => some(every_name(client).await?, &options, client, output).await,
        (false, _) => some(options.subdomains.clone(), &options, client, output).await,
    };
    output.print(&report, || drawing::created(&report))?;
    Ok(if report.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn every_name(client: &Client) -> Result<Vec<String>> {
    let (mut names, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES_MAX {
        let page = client.tenant_list(cursor.as_deref()).await?;
        let ready = page.items.into_iter().filter(|it| it.infrastructure == "READY");
        names.extend(ready.map(|it| it.subdomain));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(names)
}

/// In the order in which they were named. One that fails stops no other.
async fn some(
    names: Vec<String>,
    options: &CreateBackupsOptions,
    client: &Client,
    output: Output,
) -> Report {
    let deadline = Instant::now() + Duration::from_secs(options.waiting.wait);
    let mut progress = Progress::new(names.len() as u64, "tenants", output, Instant::now());
    let mut working = stream::iter(names)
        .map(|name| async move { one(name, options, deadline, client).await })
        .buffered(AT_ONCE);
    let mut ticks = tokio::time::interval(TICK);
    let mut rows = Vec::new();
    loop {
        tokio::select! {
            next = working.next() => match next {
                Some(row) => {
                    rows.push(row);
                    progress.advance(Instant::now());
                }
                None => break,
            },
            _ = ticks.tick() => progress.tick(Instant::now()),
        }
    }
    progress.finish();
    let failed = rows.iter().filter(|it| it.result == Outcome::Failed).count();
    Report { tenants: rows.len(), failed, is_running: options.waiting.no_wait, rows }
}

async fn one(
    subdomain: String,
    options: &CreateBackupsOptions,
    deadline: Instant,
    client: &Client,
) -> Row {
    let body = CreateBackup { force: options.force };
    let row = |result, backup, reason| Row { subdomain: subdomain.clone(), result, backup, reason };
    let asked = match client.backup_create(&subdomain, &body, None).await {
        Ok(asked) => asked,
        Err(error) => return row(Outcome::Failed, None, Some(error.to_string())),
    };
    let operation = match (asked.operation, asked.unchanged) {
        (None, unchanged) => {
            return row(Outcome::Unchanged, unchanged.map(|it| it.backup), None);
        }
        (Some(it), _) => it,
    };
    if options.waiting.no_wait {
        return row(Outcome::Running, Some(operation.id), None);
    }
    let following = client.operation_follow(operation.id, |_| ());
    match tokio::time::timeout_at(deadline.into(), following).await {
        Ok(Ok(ended)) if ended.state == "DONE" => row(Outcome::Done, Some(ended.id), None),
        Ok(Ok(ended)) => {
            let why = ended.error.unwrap_or_else(|| "it was cancelled".to_owned());
            row(Outcome::Failed, None, Some(why))
        }
        Ok(Err(error)) => row(Outcome::Failed, None, Some(error.to_string())),
        Err(_still_running) => row(Outcome::Failed, None, Some(still_running(operation.id))),
    }
}

fn still_running(id: Uuid) -> String {
    format!("still not done; see: cloison operations watch {id}")
}

async fn all(options: &CreateBackupsOptions, client: &Client, output: Output) -> Result<Report> {
    let wanted = client.backups_create(&CreateBackups::default()).await?;
    if options.waiting.no_wait {
        return Ok(Report {
            tenants: wanted.tenants,
            failed: 0,
            is_running: true,
            rows: Vec::new(),
        });
    }
    let patience = Duration::from_secs(options.waiting.wait);
    match tokio::time::timeout(patience, until_made(&wanted, client, output)).await {
        Ok(status) => Ok(report(&wanted, status?)),
        Err(_still_running) => Err(Complaint::new(
            format!("not all backups have been made after {} s", options.waiting.wait),
            "they go on by themselves",
            "see how they stand with: cloison backups status",
        )
        .into()),
    }
}

async fn until_made(
    wanted: &BackupsWanted,
    client: &Client,
    output: Output,
) -> Result<BackupsStatus> {
    let mut progress = Progress::new(wanted.tenants as u64, "tenants", output, Instant::now());
    let mut ticks = tokio::time::interval(TICK);
    let mut done = 0;
    loop {
        ticks.tick().await;
        let status = client.backups_status_brief().await?;
        let left = usize::try_from(status.wanted).unwrap_or_default();
        // Others may ask meanwhile; what was done stays done.
        while done < wanted.tenants.saturating_sub(left) {
            progress.advance(Instant::now());
            done += 1;
        }
        if left == 0 {
            progress.finish();
            return Ok(status);
        }
        progress.tick(Instant::now());
    }
}

fn report(wanted: &BackupsWanted, status: BackupsStatus) -> Report {
    let failing = status.failing.into_iter().filter(|it| it.failed_at >= wanted.since);
    let rows: Vec<Row> = failing
        .map(|it| Row {
            subdomain: it.subdomain,
            result: Outcome::Failed,
            backup: None,
            reason: it.why,
        })
        .collect();
    Report { tenants: wanted.tenants, failed: rows.len(), is_running: false, rows }
}
