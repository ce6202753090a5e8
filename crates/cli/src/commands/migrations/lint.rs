//! `cloison migrations lint`. Asks nobody: an author's machine may have no platform on it.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use cloison_lint::{Finding, Report};
use cloison_model::Release;
use serde::Serialize;

use crate::args::LintOptions;
use crate::output::Output;
use crate::platform;

#[derive(Serialize)]
struct Shown<'a> {
    /// The version that the files are above.
    from: i64,
    files: &'a [String],
    refused: usize,
    noted: usize,
    allowed: usize,
    findings: Vec<ShownFinding<'a>>,
}

#[derive(Serialize)]
struct ShownFinding<'a> {
    file: &'a str,
    line: usize,
    rule: &'a str,
    verdict: &'static str,
    message: &'a str,
    help: &'a str,
    /// The reason of whoever allowed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
}

pub(crate) fn run(options: &LintOptions, output: Output) -> Result<ExitCode> {
    let release = match &options.dir {
        Some(folder) => platform::release_folder(folder)?,
        None => platform::release()?,
    };
    let from = options.from.unwrap_or_else(|| before_newest(&release));
    let report = cloison_lint::lint(&release, from, from);
    output.print(&shown(from, &report), || text(&report))?;
    Ok(if report.is_refused() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Which files are released already is not in the folder; that the newest is not is the best guess there is.
fn before_newest(release: &Release) -> i64 {
    release.migrations().iter().rev().nth(1).map_or(0, |it| it.version)
}

fn shown(from: i64, report: &Report) -> Shown<'_> {
    Shown {
        from,
        files: &report.files,
        refused: report.count("refused"),
        noted: report.count("noted"),
        allowed: report.count("allowed"),
        findings: report.findings.iter().map(shown_finding).collect(),
    }
}

fn shown_finding(it: &Finding) -> ShownFinding<'_> {
    ShownFinding {
        file: &it.file,
        line: it.line,
        rule: &it.rule,
        verdict: it.verdict(),
        message: &it.message,
        help: &it.help,
        because: it.allowed.as_deref(),
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for it in &report.findings {
        let advice = match &it.allowed {
            Some(reason) => format!("because {reason}"),
            None => it.help.clone(),
        };
        let (file, line, verdict, rule, message) =
            (&it.file, it.line, it.verdict(), &it.rule, &it.message);
        writeln!(text, "{file}:{line}  {verdict}  {rule}\n  {message}\n  {advice}\n")
            .expect("writing to a string does not fail");
    }
    text + &total(report)
}

fn total(report: &Report) -> String {
    let files = match report.files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let (refused, noted) = (report.count("refused"), report.count("noted"));
    let allowed = match report.count("allowed") {
        0 => String::new(),
        count => format!(", {count} allowed"),
    };
    format!("{files}, {refused} refused, {noted} noted{allowed}\n")
}
