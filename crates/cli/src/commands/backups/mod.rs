//! `cloison backups`.

mod create;
mod drawing;
mod open;
mod restore;

use std::process::ExitCode;
use std::slice::from_ref;

use anyhow::Result;
use cloison_api::{Client, ConfirmTenant, HoldBackup, Page, PruneBackups};
use jiff::Timestamp;
use uuid::Uuid;

use super::following::{conclude, exit_code, followed};
use super::operations;
use super::tenants::confirmed;
use crate::args::{BackupsCommand, CopyOptions, LongWait, OpenOptions, WaitOptions};
use crate::complaint::Complaint;
use crate::output::Output;

pub(crate) async fn run(
    command: BackupsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        BackupsCommand::List { subdomain } => {
            let backups = client.backup_list(&subdomain).await?;
            output.print(&backups, || drawing::backups(&subdomain, &backups.items))?;
        }
        BackupsCommand::Create(options) => return create::run(options, client, output).await,
        BackupsCommand::Control { create: true } => {
            let made = client.control_backup_create().await?;
            output.print(&made, || drawing::control(from_ref(&made), Timestamp::now()))?;
        }
        BackupsCommand::Control { create: false } => {
            let listed = client.control_backup_list().await?;
            output.print(&listed, || drawing::control(&listed.items, Timestamp::now()))?;
        }
        BackupsCommand::Verify { subdomain, backup, waiting } => {
            let backup = match backup {
                Some(it) => it,
                None => newest(&subdomain, client).await?,
            };
            let waiting = WaitOptions::from(waiting);
            let accepted = client.backup_verify(&subdomain, backup, waiting.first()).await?;
            return conclude(accepted, waiting, client, output).await;
        }
        BackupsCommand::Prune { dry_run, tenant } => {
            let report = client.backups_prune(&PruneBackups { dry_run, tenant }).await?;
            output.print(&report, || drawing::pruned(&report))?;
        }
        BackupsCommand::Hold { subdomain, backup, reason } => {
            let held = client.backup_hold(&subdomain, backup, &HoldBackup { reason }).await?;
            output.print(&held, || format!("{} stays until it is released.\n", held.id))?;
        }
        BackupsCommand::Release { subdomain, backup } => {
            let released = client.backup_release(&subdomain, backup).await?;
            output.print(&released, || drawing::released(&released))?;
        }
        BackupsCommand::Restore(options) => return restore::run(options, client, output).await,
        BackupsCommand::Copies { subdomain } => {
            let copies = client.copy_list(&subdomain).await?;
            output.print(&copies, || drawing::copies(&subdomain, &copies.items))?;
        }
        BackupsCommand::Open(OpenOptions { subdomain, copy, waiting }) => {
            return open::open(&subdomain, copy, None, waiting.into(), client, output).await;
        }
        BackupsCommand::Close(OpenOptions { subdomain, copy, waiting }) => {
            return open::close(&subdomain, copy, waiting.into(), client, output).await;
        }
        BackupsCommand::Swap(CopyOptions { subdomain, copy, confirm, waiting }) => {
            return restore::swap_one(&subdomain, copy, &confirm, waiting.into(), client, output)
                .await;
        }
        BackupsCommand::Drop(CopyOptions { subdomain, copy, confirm, waiting }) => {
            confirmed(&subdomain, &confirm, "the copy")?;
            let waiting = WaitOptions::from(waiting);
            let body = ConfirmTenant { confirm };
            let accepted = client.copy_drop(&subdomain, copy, &body, waiting.first()).await?;
            return conclude(accepted, waiting, client, output).await;
        }
        BackupsCommand::Drill { subdomain, status, waiting } => {
            return drill(subdomain, status, waiting, client, output).await;
        }
        BackupsCommand::Status => {
            let status = client.backups_status().await?;
            output.print(&status, || drawing::status(&status))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether it is good or not: whoever asks wants to know.
async fn newest(subdomain: &str, client: &Client) -> Result<Uuid> {
    let newest = client.backup_list(subdomain).await?.items.into_iter().next();
    Ok(newest
        .ok_or_else(|| {
            Complaint::new(
                format!("{subdomain} has no backup"),
                "there is nothing to verify",
                format!("make one: cloison backups create {subdomain}"),
            )
        })?
        .id)
}

async fn drill(
    subdomain: Option<String>,
    is_status: bool,
    waiting: LongWait,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let Some(name) = subdomain.as_deref().filter(|_| !is_status) else {
        let drills = client.drill_list(subdomain.as_deref()).await?;
        output.print(&drills, || drawing::drills(&drills.items))?;
        return Ok(ExitCode::SUCCESS);
    };
    let waiting = WaitOptions::from(waiting);
    let begun = client.drill_start(name, waiting.first()).await?;
    let operation = followed(begun.operation, waiting, client).await?;
    let mut drills = client.drill_list(Some(name)).await?.items;
    drills.retain(|it| it.id == operation.id);
    let drills = Page { items: drills, next: None };
    output.print(&drills, || {
        if operation.is_ended() {
            drawing::drills(&drills.items)
        } else {
            operations::text(&operation)
        }
    })?;
    Ok(exit_code(&operation))
}
