//! Staying until an operation has ended: its steps go to stderr as they happen, the result to stdout.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Accepted, Client, ClientError, Operation, OperationEvent};

use super::operations::text;
use crate::args::WaitOptions;
use crate::complaint::Complaint;
use crate::output::Output;

/// What the server waits before it answers: most operations have ended by then, in one request.
const ASK_TO_WAIT: Duration = Duration::from_secs(1);

impl WaitOptions {
    /// For the request itself.
    pub(super) fn first(self) -> Option<Duration> {
        (!self.no_wait).then_some(ASK_TO_WAIT)
    }
}

/// Follows the operation to its end, unless told not to, and prints it.
pub(super) async fn conclude(
    accepted: Accepted,
    waiting: WaitOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let operation = followed(accepted.operation, waiting, client).await?;
    let accepted = Accepted { operation };
    output.print(&accepted, || text(&accepted.operation))?;
    Ok(exit_code(&accepted.operation))
}

/// The operation as it is in the end, unless told not to wait for that.
pub(super) async fn followed(
    operation: Operation,
    waiting: WaitOptions,
    client: &Client,
) -> Result<Operation> {
    if operation.is_ended() || waiting.no_wait {
        return Ok(operation);
    }
    let patience = Duration::from_secs(waiting.wait);
    match tokio::time::timeout(patience, watch(client, operation.id)).await {
        Ok(ended) => Ok(ended?),
        Err(_still_running) => Err(too_long(client, &operation, waiting.wait).await),
    }
}

/// Whether it came to what was wanted.
pub(super) fn exit_code(operation: &Operation) -> ExitCode {
    match operation.state.as_str() {
        "FAILED" | "CANCELLED" => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Tells each step on stderr.
pub(super) async fn watch(client: &Client, id: uuid::Uuid) -> Result<Operation, ClientError> {
    client.operation_follow(id, tell).await
}

fn tell(event: &OperationEvent) {
    // Whether or not somebody still reads it.
    drop(writeln!(io::stderr(), "{}  {}", event.at.strftime("%H:%M:%S%.3f"), event.message));
}

async fn too_long(client: &Client, operation: &Operation, seconds: u64) -> anyhow::Error {
    let now = client.operation_fetch(operation.id).await.ok();
    let why = now.and_then(|it| it.waiting).unwrap_or_else(|| "it is still at work".to_owned());
    Complaint::new(
        format!("the {} has not ended after {seconds} s: {why}", operation.kind),
        "it goes on by itself",
        format!("follow it with: cloison operations watch {}", operation.id),
    )
    .into()
}
