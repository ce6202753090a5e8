//! `cloison backups open` and `close`: where a copy can be looked at, and until when.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, Operation};
use uuid::Uuid;

use super::drawing;
use super::restore::{Report, ended};
use crate::args::WaitOptions;
use crate::commands::following::exit_code;
use crate::commands::operations;
use crate::output::Output;

pub(super) async fn open(
    subdomain: &str,
    copy: Uuid,
    restore: Option<Operation>,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let begun = client.copy_open(subdomain, copy, waiting.first()).await?;
    let (opened, copy) = ended(subdomain, copy, begun, waiting, client).await?;
    let code = exit_code(&opened);
    let report = Report { restore, open: Some(opened), copy, ..Report::default() };
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
    let (closed, copy) = ended(subdomain, copy, begun, waiting, client).await?;
    let code = exit_code(&closed);
    let report = Report { close: Some(closed), copy, ..Report::default() };
    output.print(&report, || match (&report.close, &report.copy) {
        (Some(closed), Some(copy)) if closed.state == "DONE" => drawing::closed(subdomain, copy),
        (Some(operation), _) => operations::text(operation),
        (None, _) => String::new(),
    })?;
    Ok(code)
}
