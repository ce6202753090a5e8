//! `cloison migrations retry`: another try for tenants whose migration has failed, each with its own answer.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Accepted, Client, ClientError, Operation};
use serde::Serialize;
use uuid::Uuid;

use crate::output::{Output, table};

#[derive(Serialize)]
struct Report {
    tenants: Vec<Answer>,
}

/// What became of one tenant.
#[derive(Serialize)]
struct Answer {
    subdomain: String,
    result: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Done,
    Failed,
}

/// All are begun before the first is waited for.
pub(super) async fn run(tenants: &[String], client: &Client, output: Output) -> Result<ExitCode> {
    let mut begun = Vec::new();
    for subdomain in tenants {
        begun.push((subdomain, client.tenant_migrate(subdomain, None).await));
    }
    // Of one alone there is nothing to tell but why.
    if let [(_, Err(_))] = &begun[..] {
        let (_, refused) = begun.remove(0);
        refused?;
    }
    let mut answers = Vec::new();
    for (subdomain, accepted) in begun {
        answers.push(answer(subdomain, end(accepted, client).await));
    }
    let failed = answers.iter().any(|it| it.result == Outcome::Failed);
    let report = Report { tenants: answers };
    output.print(&report, || text(&report.tenants))?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Bounded by the engine, which tries so many times.
async fn end(
    accepted: Result<Accepted, ClientError>,
    client: &Client,
) -> Result<Operation, ClientError> {
    client.operation_follow(accepted?.operation.id, |_| ()).await
}

fn answer(subdomain: &str, ended: Result<Operation, ClientError>) -> Answer {
    let (result, operation, reason) = match ended {
        Ok(it) if it.state == "DONE" => (Outcome::Done, Some(it.id), None),
        Ok(it) => {
            let why = it.error.or(it.waiting).unwrap_or_else(|| format!("it is {}", it.state));
            (Outcome::Failed, Some(it.id), Some(why))
        }
        Err(ClientError::Problem(it)) => {
            (Outcome::Failed, None, it.detail.lines().next().map(str::to_owned))
        }
        Err(error @ (ClientError::Unreachable { .. } | ClientError::NotOurs { .. })) => {
            (Outcome::Failed, None, Some(error.to_string()))
        }
    };
    Answer { subdomain: subdomain.to_owned(), result, operation, reason }
}

fn text(answers: &[Answer]) -> String {
    let rows: Vec<Vec<String>> = answers
        .iter()
        .map(|it| {
            let result = match it.result {
                Outcome::Done => "done",
                Outcome::Failed => "failed",
            };
            vec![it.subdomain.clone(), result.to_owned(), it.reason.clone().unwrap_or_default()]
        })
        .collect();
    table(&["subdomain", "result", "reason"], &rows)
}
