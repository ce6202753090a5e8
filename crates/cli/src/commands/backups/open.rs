//! `cloison backups open` and `close`: where a copy can be looked at, and until when.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Copy, Operation};
use serde::Serialize;
use uuid::Uuid;

use super::drawing;
use super::restore::copy_of;
use crate::args::WaitOptions;
use crate::commands::following::{exit_code, followed};
use crate::commands::operations;
use crate::output::Output;

/// One JSON object, whatever was asked for.
#[derive(Serialize)]
struct Report {
    /// That made the copy, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    restore: Option<Operation>,
    /// With where it can be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<Operation>,
    /// As it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<Copy>,
}

pub(super) async fn open(
    subdomain: &str,
    copy: Uuid,
    restore: Option<Operation>,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let begun = client.copy_open(subdomain, copy, waiting.first()).await?;
    let opened = followed(begun.operation, waiting, client).await?;
    let code = exit_code(&opened);
    let copy = copy_of(subdomain, copy, client).await?;
    let report = Report { restore, open: Some(opened), close: None, copy };
    output.print(&report, || match (&report.open, &report.copy) {
        (Some(opened), Some(copy)) if opened.state == "DONE" => {
            drawing::opened(subdomain, opened, copy)
        }
        (Some(operation), _) => operations::text(operation),
        (None, _) => String::new(),
    })?;
    Ok(code)
}

pub(super) async fn close(
    subdomain: &str,
    copy: Uuid,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let begun = client.copy_close(subdomain, copy, waiting.first()).await?;
    let closed = followed(begun.operation, waiting, client).await?;
    let code = exit_code(&closed);
    let copy = copy_of(subdomain, copy, client).await?;
    let report = Report { restore: None, open: None, close: Some(closed), copy };
    output.print(&report, || match (&report.close, &report.copy) {
        (Some(closed), Some(copy)) if closed.state == "DONE" => drawing::closed(subdomain, copy),
        (Some(operation), _) => operations::text(operation),
        (None, _) => String::new(),
    })?;
    Ok(code)
}
