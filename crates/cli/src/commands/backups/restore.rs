//! `cloison backups restore` and `swap`: what was done, until when it can be undone, and how to go on.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Accepted, Client, ConfirmTenant, Copy, Operation, RestoreTenant};
use serde::Serialize;
use uuid::Uuid;

use super::{drawing, open};
use crate::args::{Purpose, RestoreOptions, WaitOptions};
use crate::commands::following::{exit_code, followed};
use crate::commands::operations;
use crate::commands::tenants::confirmed;
use crate::complaint::Complaint;
use crate::output::Output;

/// What is lost to sight by a swap.
const SEEN: &str = "what visitors see now";

/// One JSON object, whatever was asked for.
#[derive(Default, Serialize)]
pub(super) struct Report {
    /// That made the copy, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) restore: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) swap: Option<Operation>,
    /// With where it can be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) close: Option<Operation>,
    /// As it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copy: Option<Copy>,
}

pub(super) async fn run(
    options: RestoreOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let RestoreOptions { subdomain, backup, at, purpose, swap, undo, confirm, waiting } = options;
    let waiting = WaitOptions::from(waiting);
    if let Some(confirm) = confirm.as_deref() {
        confirmed(&subdomain, confirm, SEEN)?;
    }
    if undo {
        let copy = last_live(&subdomain, client).await?;
        return swap_to(&subdomain, copy, None, waiting, client, output).await;
    }
    if swap && waiting.no_wait {
        return Err(Complaint::new(
            "--swap and --no-wait do not go together",
            "the copy is swapped in once it has been compared, and somebody has to wait for that",
            "leave one of them out",
        )
        .into());
    }
    let body = RestoreTenant { backup, at };
    let begun = client.tenant_restore(&subdomain, &body, waiting.first()).await?;
    let restore = followed(begun.operation, waiting, client).await?;
    let is_done = restore.state == "DONE";
    if is_done && swap {
        let copy = restore.id;
        return swap_to(&subdomain, copy, Some(restore), waiting, client, output).await;
    }
    if let (true, Some(Purpose::Inspect)) = (is_done, purpose) {
        let copy = restore.id;
        return open::open(&subdomain, copy, Some(restore), waiting, client, output).await;
    }
    let copy = if is_done { copy_of(&subdomain, restore.id, client).await? } else { None };
    let code = exit_code(&restore);
    let report = Report { restore: Some(restore), copy, ..Report::default() };
    output.print(&report, || match (&report.copy, &report.restore) {
        (Some(copy), _) => drawing::copy_made(&subdomain, copy),
        (None, Some(operation)) => operations::text(operation),
        (None, None) => String::new(),
    })?;
    Ok(code)
}

pub(super) async fn swap_one(
    subdomain: &str,
    copy: Uuid,
    confirm: &str,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    confirmed(subdomain, confirm, SEEN)?;
    swap_to(subdomain, copy, None, waiting, client, output).await
}

async fn swap_to(
    subdomain: &str,
    copy: Uuid,
    restore: Option<Operation>,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let before = copy_of(subdomain, copy, client).await?;
    let body = ConfirmTenant { confirm: subdomain.to_owned() };
    let begun = client.copy_swap(subdomain, copy, &body, waiting.first()).await?;
    let (swap, after) = ended(subdomain, copy, begun, waiting, client).await?;
    let code = exit_code(&swap);
    let is_done = swap.state == "DONE";
    let report = Report { restore, swap: Some(swap), copy: after, ..Report::default() };
    output.print(&report, || match (&report.copy, &report.swap) {
        (Some(after), Some(_)) if is_done => drawing::swapped(subdomain, before.as_ref(), after),
        (None, Some(_)) if is_done => drawing::replaced(subdomain, before.as_ref()),
        (_, Some(operation)) => operations::text(operation),
        (_, None) => String::new(),
    })?;
    Ok(code)
}

/// Waits for the end of what was begun with a copy, and looks at the copy once more.
pub(super) async fn ended(
    subdomain: &str,
    copy: Uuid,
    begun: Accepted,
    waiting: WaitOptions,
    client: &Client,
) -> Result<(Operation, Option<Copy>)> {
    let operation = followed(begun.operation, waiting, client).await?;
    Ok((operation, copy_of(subdomain, copy, client).await?))
}

async fn copy_of(subdomain: &str, id: Uuid, client: &Client) -> Result<Option<Copy>> {
    Ok(client.copy_list(subdomain).await?.items.into_iter().find(|it| it.id == id))
}

/// What was the tenant's own until the last swap: that goes last.
async fn last_live(subdomain: &str, client: &Client) -> Result<Uuid> {
    let copies = client.copy_list(subdomain).await?.items.into_iter();
    let last =
        copies.filter(|it| it.was_live && it.state == "READY").max_by_key(|it| it.drop_after);
    let last = last.ok_or_else(|| {
        Complaint::new(
            format!("there is no swap of {subdomain} to take back"),
            "what was its database until a swap is kept for 7 days, and no such copy is there",
            format!("see what there is: cloison backups copies {subdomain}"),
        )
    })?;
    Ok(last.id)
}
