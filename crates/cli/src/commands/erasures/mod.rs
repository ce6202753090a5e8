//! `cloison erasures`: what is left of tenants that were erased.

mod verify;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use cloison_api::{Client, Erasure, Page};
use cloison_model::hexadecimal;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::PAGES_MAX;
use crate::args::{Connection, ErasuresCommand};
use crate::complaint::Complaint;
use crate::output::{Output, grouped, list, table};

pub(crate) async fn run(
    command: ErasuresCommand,
    connection: &Connection,
    output: Output,
) -> Result<ExitCode> {
    // It asks nobody.
    if let ErasuresCommand::Verify { file, key } = &command {
        return verify::run(file, key.as_deref(), output);
    }
    let client = &connection.client()?;
    match command {
        ErasuresCommand::Verify { file, key } => {
            return verify::run(&file, key.as_deref(), output);
        }
        ErasuresCommand::List => {
            let erasures = all(client).await?;
            output.print(&erasures, || text_of_list(&erasures.items))?;
        }
        ErasuresCommand::Show { id } => {
            let erasure = client.erasure_fetch(id).await?;
            output.print(&erasure, || text(&erasure))?;
        }
        ErasuresCommand::Certificate { id, pdf, language, output: to } => {
            let format = if pdf { "pdf" } else { "json" };
            let file = client.erasure_certificate(id, format, &language).await?;
            let mut out = out(to.as_deref(), pdf)?;
            out.write_all(&file).and_then(|()| out.flush()).context("write the certificate")?;
        }
        ErasuresCommand::FiscalArchive { id, output: to } => {
            fiscal_archive(client, id, to.as_deref()).await?;
        }
        ErasuresCommand::Key => {
            let key = client.signing_key_fetch().await?;
            let pairs = [("public key", &*key.public_key), ("fingerprint", &*key.fingerprint)];
            output.print(&key, || format!("{}{}", list(&pairs), key.pem))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What was written is compared with what is on record: a zip that was cut off opens, and lacks what comes last.
async fn fiscal_archive(client: &Client, id: Uuid, to: Option<&Path>) -> Result<()> {
    let erasure = client.erasure_fetch(id).await?;
    let Some(kept) = erasure.fiscal_archive else {
        return Err(Complaint::new(
            format!("nothing was kept of {id}"),
            "it had issued nothing, its application names no fiscal tables, or whoever erased it said that they are kept elsewhere",
            format!("what its certificate says: cloison erasures certificate {id}"),
        )
        .into());
    };
    let mut out = out(to, true)?;
    let mut hash = Sha256::new();
    let mut written = Ok(());
    client
        .fiscal_archive_fetch(id, |piece| {
            hash.update(piece);
            if written.is_ok() {
                written = out.write_all(piece);
            }
        })
        .await?;
    written.and_then(|()| out.flush()).context("write the fiscal archive")?;
    if hexadecimal(&hash.finalize()) == kept.sha256 {
        return Ok(());
    }
    Err(Complaint::new(
        "the fiscal archive is not what was kept",
        "it was cut off on the way, or is another; what was written is of no use",
        "delete that file and take it again",
    )
    .into())
}

fn out(to: Option<&Path>, is_binary: bool) -> Result<Box<dyn Write>> {
    if let Some(path) = to {
        let file = File::create(path).with_context(|| format!("create {}", path.display()))?;
        return Ok(Box::new(file));
    }
    let stdout = io::stdout();
    if is_binary && stdout.is_terminal() {
        return Err(Complaint::new(
            "that is no text, and stdout is a terminal",
            "nothing was written",
            "say where it goes: -o FILE",
        )
        .into());
    }
    Ok(Box::new(stdout.lock()))
}

async fn all(client: &Client) -> Result<Page<Erasure>> {
    let mut all = Page { items: Vec::new(), next: None };
    for _ in 0..PAGES_MAX {
        let page = client.erasure_list(all.next.as_deref()).await?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    Ok(all)
}

fn text_of_list(erasures: &[Erasure]) -> String {
    if erasures.is_empty() {
        return "Nobody was erased.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = erasures
        .iter()
        .map(|it| {
            vec![
                it.organization_id.to_string(),
                it.number.to_string(),
                it.erased_at.strftime("%Y-%m-%d %H:%M").to_string(),
                it.by.clone(),
                if it.has_certificate { "yes" } else { "no" }.to_owned(),
            ]
        })
        .collect();
    table(&["organization", "number", "erased (UTC)", "by", "certificate"], &rows)
}

fn text(erasure: &Erasure) -> String {
    let at = |it: jiff::Timestamp| it.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let certificate = match (erasure.has_certificate, erasure.published_at) {
        (true, Some(_)) => "signed, here and in the object store".to_owned(),
        (true, None) => "signed, here; in the object store within a day".to_owned(),
        (false, _) => {
            "none: there was no object store and no keystore, so nothing to sign with".to_owned()
        }
    };
    let kept = erasure.fiscal_archive.as_ref().map_or_else(
        || "nothing".to_owned(),
        |it| {
            let held = it.rows.zip(it.tables).map_or_else(String::new, |(rows, tables)| {
                format!(" {} rows of {tables} tables,", grouped(rows))
            });
            format!(
                "fiscal archive of {} bytes,{held} until {}",
                grouped(it.bytes),
                it.keep_until.strftime("%Y-%m-%d")
            )
        },
    );
    list(&[
        ("organization", &erasure.organization_id.to_string()),
        ("number", &erasure.number.to_string()),
        ("server", &erasure.server),
        ("database", &erasure.database),
        ("asked by", &erasure.by),
        ("asked", &erasure.asked_at.map(at).unwrap_or_default()),
        ("erased", &at(erasure.erased_at)),
        ("certificate", &certificate),
        ("kept", &kept),
    ])
}
