//! `cloison audit`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{AuditEntry, AuditFilter, AuditReport, Client, VerifyAudit};

use crate::args::AuditCommand;
use crate::output::{Output, table};

pub(crate) async fn run(
    command: AuditCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        AuditCommand::List { actor, action, subject, before } => {
            let filter = AuditFilter { actor, action, subject };
            let before = before.map(|it| it.to_string());
            let newest = client.audit_list(&filter, before.as_deref()).await?;
            output.print(&newest, || text_of_list(&newest.items, newest.next.as_deref()))?;
            Ok(ExitCode::SUCCESS)
        }
        AuditCommand::Verify { expect } => {
            let report = client.audit_verify(&VerifyAudit { expect }).await?;
            output.print(&report, || text(&report))?;
            Ok(if report.intact { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

fn text_of_list(entries: &[AuditEntry], next: Option<&str>) -> String {
    if entries.is_empty() {
        return "Nothing of the kind is in the log.\n".to_owned();
    }
    let row = |it: &AuditEntry| {
        vec![
            it.id.to_string(),
            it.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            it.actor.clone(),
            it.action.clone(),
            it.subject.clone(),
            it.detail.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    let text = table(&["id", "at (UTC)", "actor", "action", "subject", "detail"], &rows);
    match next {
        Some(next) => format!("{text}Older ones: --before {next}\n"),
        None => text,
    }
}

fn text(report: &AuditReport) -> String {
    match &report.problem {
        None => format!(
            "{} rows, each as it was written.\nhead {}\nNote the head elsewhere; later: cloison audit verify --expect <head>\n",
            report.rows, report.head
        ),
        Some(problem) => format!(
            "The audit log is not what was written: {problem}.\n{} rows before it are intact; the last of them is {}\nCompare with a backup of the control database, and find out who can write to it as its owner.\n",
            report.rows, report.head
        ),
    }
}
