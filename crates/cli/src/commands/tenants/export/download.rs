//! Getting the bytes: a connection that breaks is taken up where it broke, and so is a download that was given up.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_api::{Client, ClientError, ExportContent};
use uuid::Uuid;

use super::part::Part;
use crate::complaint::{Complaint, innermost};
use crate::output::Output;
use crate::progress::Progress;

/// Connections in a row that break without a byte before we give up.
const BREAKS_MAX: u32 = 10;
/// Before a broken one is taken up again.
const PAUSE: Duration = Duration::from_secs(1);
/// Progress is counted in these.
const MEBIBYTE: u64 = 1 << 20;

pub(super) struct Wanted<'a> {
    pub(super) id: Uuid,
    pub(super) subdomain: &'a str,
    pub(super) content: &'a ExportContent,
    pub(super) file: &'a Path,
}

pub(super) async fn download(wanted: &Wanted<'_>, client: &Client, output: Output) -> Result<()> {
    let ExportContent { bytes, sha256, .. } = wanted.content;
    let failed = || format!("write {}.part", wanted.file.display());
    let mut part = Part::open(wanted.file).await.with_context(failed)?;
    let is_resumed = part.bytes() > 0;
    if part.bytes() > *bytes {
        part = part.begin_anew().await.with_context(failed)?;
    }
    let now = Instant::now();
    let mut progress = Progress::new(bytes.div_ceil(MEBIBYTE), "MiB", output, now);
    part = fetch(wanted, part, client, &mut progress).await?;
    if is_resumed && !part.is(sha256) {
        // What was there was of another export.
        part = part.begin_anew().await.with_context(failed)?;
        part = fetch(wanted, part, client, &mut progress).await?;
    }
    progress.finish();
    if part.is(sha256) {
        return part.finish(wanted.file).await.with_context(failed);
    }
    drop(part.begin_anew().await.with_context(failed)?);
    Err(Complaint::new(
        "what came is not the export: its sha256 is another".to_owned(),
        "it was changed on the way or where it is kept, so it was thrown away",
        advice(wanted),
    )
    .into())
}

/// Until all bytes are there.
async fn fetch(
    wanted: &Wanted<'_>,
    mut part: Part,
    client: &Client,
    progress: &mut Progress,
) -> Result<Part> {
    let ExportContent { bytes, sha256, .. } = wanted.content;
    let failed = || format!("write {}.part", wanted.file.display());
    let mut breaks = 0;
    while part.bytes() < *bytes {
        let mut why = "it ended early".to_owned();
        match client.export_content(wanted.id, part.bytes(), sha256).await {
            Ok(mut download) => {
                if download.from != part.bytes() {
                    part = part.begin_anew().await.with_context(failed)?;
                }
                while let Some(chunk) = download.next().await {
                    match chunk {
                        Ok(chunk) => {
                            breaks = 0;
                            let before = part.bytes();
                            part.add(&chunk).await.with_context(failed)?;
                            tell(progress, before, part.bytes());
                        }
                        Err(error) => {
                            why = innermost(&error);
                            break;
                        }
                    }
                }
            }
            Err(error) if may_pass(&error) => why = innermost(&error),
            Err(error) => return Err(error.into()),
        }
        if part.bytes() < *bytes {
            breaks += 1;
            if breaks > BREAKS_MAX {
                return Err(Complaint::new(
                    format!("the download broke off at byte {}: {why}", part.bytes()),
                    format!("what has come is in {}.part", wanted.file.display()),
                    advice(wanted),
                )
                .into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(part)
}

/// Whether the same question may be answered in a moment, as when a server is started anew behind its proxy.
fn may_pass(error: &ClientError) -> bool {
    match error {
        ClientError::Unreachable { .. } | ClientError::NotOurs { .. } => true,
        ClientError::Problem(problem) => problem.status == 429 || problem.status >= 500,
    }
}

fn tell(progress: &mut Progress, before: u64, after: u64) {
    let now = Instant::now();
    for _ in before / MEBIBYTE..after / MEBIBYTE {
        progress.advance(now);
    }
    progress.tick(now);
}

fn advice(wanted: &Wanted<'_>) -> String {
    let Wanted { id, subdomain, file, .. } = wanted;
    format!("go on with: cloison tenants export {subdomain} --export {id} -o {}", file.display())
}

#[cfg(test)]
mod tests {
    use cloison_api::{Code, Problem};

    use super::*;

    #[test]
    fn what_is_gone_or_forbidden_is_not_asked_for_again() {
        for (code, again) in [
            (Code::Unavailable, true),
            (Code::Internal, true),
            (Code::TooManyDownloads, true),
            (Code::Expired, false),
            (Code::NotFound, false),
            (Code::ForbiddenRole, false),
        ] {
            let error = ClientError::Problem(Box::new(Problem::new(code, "")));
            assert_eq!(may_pass(&error), again, "{code:?}");
        }
    }
}
