//! What a step comes to, written in one transaction under the token of the lease.

use std::time::Duration;

use cloison_catalog::queries::operations as queries;
use cloison_catalog::{Catalog, GenericClient};
use cloison_model::{Committed as Told, Direction, OperationKind, OperationState, Step, event_of};

use super::claimed::{Claimed, Lease};
use super::error::StepError;
use super::steps::{Made, keep};
use crate::{backups, copies, erasures, events, rollout};

/// Whether the lease still held. If not, nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Committed {
    Yes,
    LeaseLost,
}

/// What is to be written.
pub(crate) enum Verdict<'a> {
    /// The step is done; here is the next one, if there is one.
    Done { made: &'a Made, next: Option<Step> },
    /// It is tried again.
    Later { wait: Duration, why: &'a str },
    /// It is looked at again; nothing has failed.
    Rest { wait: Duration, why: &'a str },
    /// It goes back, because of an error or because somebody wished it.
    Back { to: Step, error: Option<&'a str> },
    /// It ends here, cancelled or because of an error, which is told in a sentence.
    Stop { state: OperationState, cause: Option<(&'a str, &'a StepError)> },
}

/// Only the commit itself can have an unknown outcome, and then the error is a broken connection.
pub(crate) async fn commit(
    catalog: &Catalog,
    claimed: &Claimed,
    verdict: &Verdict<'_>,
) -> Result<Committed, StepError> {
    let Lease { operation, token, length } = claimed.lease;
    let (id, lease_seconds) = (operation.0, length.as_secs_f64());
    let mut client = catalog.client().await?;
    let txn = client.transaction().await?;
    let held = match verdict {
        Verdict::Done { made, next } => {
            let held = if let Some(next) = next {
                if may_be_lost(claimed.step) {
                    queries::commit_lazily().bind(&txn).one().await?;
                }
                queries::operation_step()
                    .bind(&txn, &next.as_str(), &lease_seconds, &id, &token)
                    .await?
            } else {
                let state = end_of(claimed);
                queries::operation_end()
                    .bind(&txn, &state.as_str(), &claimed.error.as_deref(), &id, &token)
                    .await?
            };
            if held > 0 {
                let before = events::Before::look(&txn, claimed).await?;
                keep(&txn, claimed, made).await?;
                if let (OperationKind::Erase, Some(tenant)) = (claimed.kind, claimed.tenant) {
                    erasures::note(&txn, claimed, tenant, made).await?;
                }
                event(&txn, claimed, &told(claimed.step, made)).await?;
                let committed = Told::Step(claimed.direction, claimed.step);
                if let Some(it) = event_of(claimed.kind, committed) {
                    events::tell_done(&txn, claimed, it, (made, before)).await?;
                }
            }
            held
        }
        Verdict::Later { wait, why } => {
            let attempts = i32::try_from(claimed.attempts + 1).unwrap_or(i32::MAX);
            let waits = queries::operation_wait()
                .bind(&txn, &wait.as_secs_f64(), &attempts, why, &id, &token)
                .await?;
            // The same reason again is told once.
            if waits > 0 && claimed.waiting.as_deref() != Some(*why) {
                event(&txn, claimed, &format!("could not {}: {why}", verb(claimed.step))).await?;
            }
            waits
        }
        Verdict::Rest { wait, why } => {
            let rests = queries::operation_wait()
                .bind(&txn, &wait.as_secs_f64(), &0, why, &id, &token)
                .await?;
            // The same reason again is told once.
            if rests > 0 && claimed.waiting.as_deref() != Some(*why) {
                event(&txn, claimed, why).await?;
            }
            rests
        }
        Verdict::Back { to, error } => {
            let turned = queries::operation_turn_back()
                .bind(&txn, &to.as_str(), error, &lease_seconds, &id, &token)
                .await?;
            if turned > 0 {
                event(&txn, claimed, &why_back(claimed, *error)).await?;
            }
            turned
        }
        Verdict::Stop { state, cause } => {
            let why = cause.map(|(why, _)| why);
            let ended =
                queries::operation_end().bind(&txn, &state.as_str(), &why, &id, &token).await?;
            if ended > 0 {
                match (claimed.kind, claimed.tenant, cause) {
                    (OperationKind::Migrate, Some(tenant), Some((_, error))) => {
                        rollout::keep_failure(&txn, claimed, tenant, error).await?;
                    }
                    (OperationKind::Backup, Some(tenant), Some(_)) => {
                        backups::keep_failure(&txn, tenant).await?;
                    }
                    // Nothing was done of it.
                    (OperationKind::Erase, Some(tenant), None) => {
                        erasures::forget_request(&txn, tenant).await?;
                    }
                    (OperationKind::Swap, ..) => copies::free(&txn, claimed).await?,
                    (OperationKind::Rollout, ..) => rollout::keep_end(&txn).await?,
                    _ => {}
                }
                let words = match why {
                    Some(why) => format!("could not {}: {why}", verb(claimed.step)),
                    None => format!("cancelled by {}", cancelled_by(claimed)),
                };
                event(&txn, claimed, &words).await?;
                if let Some(it) = event_of(claimed.kind, Told::Stopped(*state)) {
                    events::tell_stopped(&txn, claimed, it, cause.map(|(_, it)| it)).await?;
                }
            }
            ended
        }
    };
    if held == 0 {
        return Ok(Committed::LeaseLost);
    }
    txn.commit().await?;
    Ok(Committed::Yes)
}

/// Whether a crash of the control database may undo the commit of this step, so that it need not wait for the disk: all
/// it says is that the step is done, and the step can be run again. What later steps rely on is never lost.
fn may_be_lost(step: Step) -> bool {
    match step {
        Step::MakeDatabase
        | Step::OpenDatabase
        | Step::ApplyRights
        | Step::Fence
        | Step::DropDatabase
        | Step::DropRole
        | Step::ShadowRun
        | Step::AwaitGrace
        | Step::PublishCertificate
        | Step::FillCopy
        | Step::CheckCopy
        | Step::DropCopy
        | Step::ExchangeDatabases
        | Step::Nothing => true,
        Step::WriteFirstData
        | Step::KeepSpare
        | Step::SetAccess
        | Step::CloseTenant
        // What they have counted is for the certificate, and cannot be counted again.
        | Step::DestroyKey
        | Step::DeleteBackups
        | Step::MakeFiscalArchive
        | Step::DropFiscalArchive
        | Step::ReopenTenant
        | Step::Bury
        | Step::ForgetTenant
        | Step::ForgetSpare
        | Step::MigrateTenant
        | Step::MigrateFleet
        | Step::WriteBackup
        | Step::WriteExport
        | Step::VerifyBackup
        | Step::KeepCopy
        | Step::OpenCopy
        | Step::CloseCopy
        | Step::ForgetCopy
        | Step::NoteDrill
        | Step::RetireTenant
        | Step::HoldTenant
        | Step::AdmitTenant
        | Step::PreparePassword
        | Step::ChangePassword => false,
    }
}

/// How an operation whose last step is done has ended.
pub(crate) fn end_of(claimed: &Claimed) -> OperationState {
    match (claimed.direction, &claimed.error) {
        (Direction::Forward, _) => OperationState::Done,
        (Direction::Undo, Some(_)) => OperationState::Failed,
        (Direction::Undo, None) => OperationState::Cancelled,
    }
}

/// What an operator reads of a step that is done.
fn told(step: Step, made: &Made) -> String {
    match made {
        Made::Backup(it) => format!("{}: {}", step.done(), it.told()),
        Made::Filled(it) => format!("{}: {}", step.done(), it.told()),
        Made::Nothing
        | Made::Schema { .. }
        | Made::Password { .. }
        | Made::Changed { .. }
        | Made::Migrated { .. }
        | Made::Checked(_)
        | Made::Export(_)
        | Made::Noted(_)
        | Made::Kept(_)
        | Made::Certified(_)
        | Made::Admitted(_)
        | Made::Rest { .. } => step.done().to_owned(),
    }
}

fn why_back(claimed: &Claimed, error: Option<&str>) -> String {
    match error {
        Some(why) => format!("could not {}: {why}; going back", verb(claimed.step)),
        None => format!("cancelled by {}; going back", cancelled_by(claimed)),
    }
}

fn cancelled_by(claimed: &Claimed) -> &str {
    claimed.cancelled_by.as_deref().unwrap_or("nobody")
}

fn verb(step: Step) -> String {
    step.as_str().replace('_', " ")
}

async fn event(
    txn: &impl GenericClient,
    claimed: &Claimed,
    message: &str,
) -> Result<(), tokio_postgres::Error> {
    queries::operation_event_insert().bind(txn, &claimed.id().0, &message).await?;
    Ok(())
}
