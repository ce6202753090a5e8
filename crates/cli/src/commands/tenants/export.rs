//! `cloison tenants export` and `cloison tenants exports`: asks for an export, waits for it, and takes it, or a link to it.

mod download;
mod part;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Client, Export, ExportContent, ExportLink};
use serde::Serialize;
use uuid::Uuid;

use self::download::{Wanted, download};
use crate::args::{ExportOptions, WaitOptions};
use crate::commands::following::{conclude, exit_code, watch};
use crate::complaint::Complaint;
use crate::output::{Output, grouped, table};

/// What came of it.
#[derive(Serialize)]
struct Taken<'a> {
    export: &'a Export,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a Path>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<ExportLink>,
}

pub(super) async fn run(
    options: ExportOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    if let Some(file) = &options.output {
        must_be_free(file)?;
    }
    let id = match options.export {
        Some(id) => id,
        None => match make(&options, client, output).await? {
            Ok(id) => id,
            Err(code) => return Ok(code),
        },
    };
    let export = client.export_fetch(id).await?;
    let content = content(&export, &options.subdomain)?;
    if options.link {
        let link = client.export_link_create(id).await?;
        let text = format!(
            "{}\n\nWhoever has it gets the export, until {}. It is not shown again.\n",
            link.url, link.expires_at
        );
        output.print(&Taken { export: &export, file: None, link: Some(link) }, || text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = options.output.unwrap_or_else(|| default_name(&export, content).into());
    must_be_free(&file)?;
    let wanted = Wanted { id, subdomain: &export.subdomain, content, file: &file };
    download(&wanted, client, output).await?;
    output.print(&Taken { export: &export, file: Some(&file), link: None }, || {
        text(&file, content)
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn list(subdomain: &str, client: &Client, output: Output) -> Result<ExitCode> {
    let exports = client.export_list(subdomain).await?;
    output.print(&exports, || text_of_list(subdomain, &exports.items))?;
    Ok(ExitCode::SUCCESS)
}

/// Asks for one and waits for its end. Where there is nothing more to do, it says with which code.
async fn make(
    options: &ExportOptions,
    client: &Client,
    output: Output,
) -> Result<Result<Uuid, ExitCode>> {
    let waiting = WaitOptions { wait: options.wait, no_wait: options.no_wait };
    let accepted = client.tenant_export(&options.subdomain, waiting.first()).await?;
    let id = accepted.operation.id;
    if options.no_wait {
        return conclude(accepted, waiting, client, output).await.map(Err);
    }
    let patience = Duration::from_secs(options.wait);
    let Ok(ended) = tokio::time::timeout(patience, watch(client, id)).await else {
        return Err(Complaint::new(
            format!("the export has not ended after {} s", options.wait),
            "it goes on by itself",
            format!(
                "take it later with: cloison tenants export {} --export {id}",
                options.subdomain
            ),
        )
        .into());
    };
    let operation = ended?;
    if operation.state == "DONE" {
        return Ok(Ok(id));
    }
    let code = exit_code(&operation);
    let accepted = cloison_api::Accepted { operation };
    conclude(accepted, waiting, client, output).await?;
    Ok(Err(code))
}

fn content<'a>(export: &'a Export, subdomain: &str) -> Result<&'a ExportContent> {
    if export.subdomain != subdomain {
        return Err(Complaint::new(
            format!("export {} is of {}, not of {subdomain}", export.id, export.subdomain),
            "what is one customer's is not given out as another's",
            format!("see: cloison tenants exports {subdomain}"),
        )
        .into());
    }
    export.content.as_ref().ok_or_else(|| {
        Complaint::new(
            format!("export {} is {}", export.id, export.state),
            export.error.clone().unwrap_or_else(|| "there is nothing to download".to_owned()),
            format!("see: cloison tenants exports {subdomain}"),
        )
        .into()
    })
}

fn default_name(export: &Export, content: &ExportContent) -> String {
    format!("{}-{}.zip", export.subdomain, content.taken_at.strftime("%Y-%m-%d"))
}

fn must_be_free(file: &Path) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    Err(Complaint::new(
        format!("{} is there already", file.display()),
        "it may be somebody's only copy, so it is not written over",
        "choose another with -o, or remove it first",
    )
    .into())
}

fn text(file: &Path, content: &ExportContent) -> String {
    let ExportContent { bytes, sha256, tables, rows, files, .. } = content;
    let grouped = |it: &u64| grouped(i64::try_from(*it).unwrap_or(i64::MAX));
    format!(
        "{}: {} bytes, {} tables, {} rows, {} files\nsha256 {sha256}, as it should be\n",
        file.display(),
        grouped(bytes),
        grouped(tables),
        grouped(rows),
        grouped(files),
    )
}

fn text_of_list(subdomain: &str, exports: &[Export]) -> String {
    if exports.is_empty() {
        return format!("No exports. Make one with: cloison tenants export {subdomain}\n");
    }
    let row = |it: &Export| {
        let content = it.content.as_ref();
        let count = |count: u64| grouped(i64::try_from(count).unwrap_or(i64::MAX));
        vec![
            it.id.to_string(),
            it.state.clone(),
            content.map_or_else(|| "-".to_owned(), |it| it.taken_at.to_string()),
            content.map_or_else(|| "-".to_owned(), |it| count(it.bytes)),
            it.expires_at.to_string(),
            it.made_by.clone(),
        ]
    };
    let rows: Vec<_> = exports.iter().map(row).collect();
    table(&["export", "state", "taken", "bytes", "expires", "made by"], &rows)
}
