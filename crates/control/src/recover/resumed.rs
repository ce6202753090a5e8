//! Work that was under way in the backup, and may have been taken back since, which nobody knows any more.
//!
//! What changes no more than it can change back goes on at once. An erasure has its days once more, and what drops or replaces a database
//! waits, so that whoever remembers has the time to take it back.

use cloison_catalog::Transaction;
use cloison_catalog::queries::recover as queries;
use cloison_model::{Cancel, Direction, OperationKind, Step};
use jiff::Timestamp;

use super::error::RecoverError;
use super::report::Recovered;
use crate::master_key::random_bytes;

/// Also of an erasure that was to be made at once.
const GRACE_SECONDS_MIN: i32 = 24 * 60 * 60;
const WAIT_SECONDS: f64 = 60.0 * 60.0;
/// More than are under way at once.
const WAITING_MAX: i64 = 10_000;

/// Kinds that wait.
const TO_WAIT: [OperationKind; 5] = [
    OperationKind::Archive,
    OperationKind::Unarchive,
    OperationKind::Swap,
    OperationKind::Rollout,
    OperationKind::DropCopy,
];

/// Nobody who had one of these before has it still.
pub(super) async fn go_on(
    txn: &Transaction<'_>,
    report: &mut Recovered,
) -> Result<(), RecoverError> {
    queries::recovered_erasures_think_again().bind(txn).await?;
    for it in queries::recovered_grace_renew().bind(txn, &GRACE_SECONDS_MIN).all().await? {
        report.ask(
            it.subdomain,
            format!(
                "its erasure goes on, and its data are erased after {}; whether it was taken back or put on hold after the backup is not known. If it is to live: cloison operations cancel {}",
                moment(it.ends_at), it.operation_id
            ),
        );
    }
    let kinds = TO_WAIT.map(OperationKind::as_str);
    let token = i64::from_ne_bytes(random_bytes());
    report.operations_going_on = queries::recovered_operations_go_on()
        .bind(txn, &kinds.as_slice(), &WAIT_SECONDS, &token)
        .await?;
    let waiting = queries::recovered_operations_waiting();
    for it in waiting.bind(txn, &kinds.as_slice(), &WAITING_MAX).all().await? {
        let subject = it.subdomain.unwrap_or_else(|| "migrations".to_owned());
        let (kind, step, direction) = (it.kind.parse(), it.step.parse(), it.direction.parse());
        let can_be = match (kind, step, direction) {
            (Ok(kind), Ok(step), Ok(direction)) => can_be_cancelled(kind, step, direction),
            _ => true,
        };
        let way_back = if can_be {
            format!(
                "if it was taken back or came to its end after the backup: cloison operations cancel {}",
                it.id
            )
        } else {
            "it cannot be taken back".to_owned()
        };
        report.ask(
            subject,
            format!("its operation {} ({}) goes on in an hour; {way_back}", it.id, it.kind),
        );
    }
    Ok(())
}

fn can_be_cancelled(kind: OperationKind, step: Step, direction: Direction) -> bool {
    match kind.course().cancel(direction, step) {
        Cancel::Now | Cancel::Undo(_) => true,
        Cancel::TooLate => false,
    }
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
