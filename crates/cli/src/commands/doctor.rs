//! `cloison doctor`.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, DoctorReport};

use crate::output::Output;

pub(crate) async fn run(fix: bool, client: &Client, output: Output) -> Result<ExitCode> {
    let report = client.doctor(fix).await?;
    output.print(&report, || text(&report))?;
    let left = report.findings.iter().any(|it| !it.fixed);
    Ok(if left { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn text(report: &DoctorReport) -> String {
    if report.findings.is_empty() {
        return format!(
            "{} tenants looked at. Roles, databases, operations and backups are as they should be.\n",
            report.tenants
        );
    }
    let mut text = String::new();
    for finding in &report.findings {
        let ending = if finding.fixed { "; set back" } else { "" };
        writeln!(text, "{}: {}{ending}", finding.subject, finding.problem)
            .expect("writing to a string does not fail");
    }
    if report.findings.iter().any(|it| !it.fixed) {
        text.push_str("What is safe to set back is set back by: cloison doctor --fix\n");
    }
    text
}
