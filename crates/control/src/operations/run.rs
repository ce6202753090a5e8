//! Takes one claimed operation as far as it goes.

use std::time::Duration;

use cloison_catalog::queries::operations as queries;
use cloison_model::{Cancel, Direction, OperationKind, OperationState, Retry, Step, retry};
use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span};

use super::claimed::{Claimed, Lease};
use super::commit::{Committed, Verdict, commit};
use super::cut::{Cut, Cuts, Place};
use super::error::{StepError, log_words, sentence};
use super::steps::{Made, act};
use crate::control::Control;
use crate::master_key::random_bytes;
use crate::trace;

/// One step at most. Far longer than any takes; a server that hangs for longer counts as one that does not answer.
const STEP_SECONDS_MAX: u64 = 300;
/// Of those whose statements have limits of their own, of a rollout, which goes on for as long as there are tenants, and of what
/// takes as long as a database is large.
const LONG_STEP_SECONDS_MAX: u64 = 7 * 24 * 3_600;
/// Between two attempts to reach a control database that is down.
const PAUSE: Duration = Duration::from_millis(200);

/// Why a worker has let go of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Ended(OperationState),
    /// It is tried again later.
    Waiting,
    /// Given back before its end, since this process stops.
    Released,
    /// Another worker has it by now.
    LeaseLost,
    /// The control database was out of reach when a step was to be committed: the row says how far it came.
    Unknown,
    /// A test has killed the worker here.
    Killed,
}

/// Runs until the operation ends, waits, or is lost. `stop` lets the step under way finish.
pub(crate) async fn run(
    control: &Control,
    claimed: Claimed,
    cuts: &Cuts,
    stop: &CancellationToken,
) -> Stopped {
    let (lease, since) = (claimed.lease, claimed.since);
    let parent = claimed.trace_parent;
    let here = trace::below(parent);
    let span = info_span!(
        "operation",
        %here,
        parent = parent.map(display),
        operation = %claimed.id(),
        kind = %claimed.kind,
        tenant = claimed.subdomain,
        outcome = Empty,
    );
    // On the heap: the caller's future holds it, and is large already.
    let running = Box::pin(async {
        let stopped = tokio::select! {
            stopped = take_steps(control, claimed, cuts, stop) => stopped,
            () = lease_lost(control, lease, since) => {
                tracing::warn!(operation = %lease.operation, "lost the lease of operation {}; another worker goes on with it", lease.operation);
                Stopped::LeaseLost
            }
        };
        Span::current().record("outcome", stopped.word());
        stopped
    });
    trace::within(here, span, running).await
}

impl Stopped {
    /// In the log.
    fn word(self) -> &'static str {
        match self {
            Self::Ended(state) => state.as_str(),
            Self::Waiting => "waits",
            Self::Released => "released",
            Self::LeaseLost => "lease lost",
            Self::Unknown => "unknown",
            Self::Killed => "killed",
        }
    }
}

/// What became of a step, in the log.
pub(crate) fn outcome<T>(acted: &Result<T, StepError>) -> &'static str {
    match acted {
        Ok(_) => "done",
        Err(_) => "failed",
    }
}

async fn take_steps(
    control: &Control,
    mut claimed: Claimed,
    cuts: &Cuts,
    stop: &CancellationToken,
) -> Stopped {
    loop {
        match take_step(control, &mut claimed, cuts, stop).await {
            Ok(None) => {}
            Ok(Some(stopped)) => return stopped,
            Err(error) => {
                tracing::warn!(operation = %claimed.id(), "the control database is out of reach of operation {}: {}", claimed.id(), sentence(&error));
                give_back(control, claimed.lease).await;
                return Stopped::Unknown;
            }
        }
    }
}

/// One step, or one decision not to take it. Answers nothing where there is more to do; an error is the control
/// database's, and its outcome may be unknown.
async fn take_step(
    control: &Control,
    claimed: &mut Claimed,
    cuts: &Cuts,
    stop: &CancellationToken,
) -> Result<Option<Stopped>, StepError> {
    let course = claimed.kind.course();
    if claimed.cancelled_by.is_some() {
        match course.cancel(claimed.direction, claimed.step) {
            Cancel::Now => return end(control, claimed, OperationState::Cancelled, None).await,
            Cancel::Undo(to) => return turn_back(control, claimed, to, None).await,
            Cancel::TooLate => {}
        }
    }
    if stop.is_cancelled() {
        give_back(control, claimed.lease).await;
        return Ok(Some(Stopped::Released));
    }

    let dies = |place, step, direction| cuts.dies(Cut { place, step, direction });
    let (step, direction) = (claimed.step, claimed.direction);
    if dies(Place::BeforeEffect, step, direction) {
        return Ok(Some(Stopped::Killed));
    }
    let seconds = match step {
        Step::MigrateTenant
        | Step::ShadowRun
        | Step::MigrateFleet
        | Step::WriteBackup
        | Step::WriteExport
        | Step::VerifyBackup
        | Step::MakeFiscalArchive
        | Step::FillCopy
        | Step::CheckCopy => LONG_STEP_SECONDS_MAX,
        _ => STEP_SECONDS_MAX,
    };
    let began = Instant::now();
    let span = info_span!(
        "step",
        %step,
        going_back = (direction == Direction::Undo).then_some(true),
        operation = %claimed.id(),
        kind = %claimed.kind,
        tenant = claimed.subdomain,
        outcome = Empty,
    );
    let acting = act(control, claimed, cuts, stop).instrument(span.clone());
    let acted = timeout(Duration::from_secs(seconds), acting).await;
    let acted = acted.unwrap_or(Err(StepError::TooSlow { seconds }));
    span.record(
        "outcome",
        if matches!(acted, Ok(Made::Rest { .. })) { "waits" } else { outcome(&acted) },
    );
    drop(span);
    if dies(Place::BeforeCommit, step, direction) {
        return Ok(Some(Stopped::Killed));
    }

    let made = match acted {
        Err(StepError::Killed) => return Ok(Some(Stopped::Killed)),
        Ok(Made::Rest { wait, why }) => return rest(control, claimed, wait, &why).await,
        Ok(made) => made,
        Err(error) => return fail(control, claimed, &error).await,
    };
    let next = course.next(direction, step);
    let committed =
        match commit(&control.catalog, claimed, &Verdict::Done { made: &made, next }).await {
            Ok(committed) => committed,
            // Refused, so nothing was written: the step has failed like any other.
            Err(error) if !is_out_of_reach(&error) => return fail(control, claimed, &error).await,
            Err(error) => return Err(error),
        };
    if committed == Committed::LeaseLost {
        return Ok(Some(Stopped::LeaseLost));
    }
    count(control, &made, began.elapsed());
    control.feed.tell(claimed.id(), false);
    if dies(Place::AfterCommit, step, direction) {
        return Ok(Some(Stopped::Killed));
    }
    let Some(next) = next else {
        return Ok(Some(Stopped::Ended(ended(control, claimed))));
    };
    go_to(claimed, direction, next);
    refresh(control, claimed).await?;
    Ok(None)
}

/// A wish to cancel may have come while the step was under way.
async fn refresh(control: &Control, claimed: &mut Claimed) -> Result<(), StepError> {
    if claimed.kind.course().cancel(claimed.direction, claimed.step) == Cancel::TooLate {
        return Ok(());
    }
    let client = control.catalog.client().await?;
    let row = queries::operation_wish().bind(&client, &claimed.id().0).opt().await?;
    claimed.cancelled_by = row.flatten();
    Ok(())
}

/// It is looked at again, and nothing has failed.
async fn rest(
    control: &Control,
    claimed: &Claimed,
    wait: Duration,
    why: &str,
) -> Result<Option<Stopped>, StepError> {
    let committed = commit(&control.catalog, claimed, &Verdict::Rest { wait, why }).await?;
    control.feed.tell(claimed.id(), wait.is_zero());
    Ok(Some(match committed {
        Committed::Yes => Stopped::Waiting,
        Committed::LeaseLost => Stopped::LeaseLost,
    }))
}

/// Whether it is tried again, goes back, or ends, is written.
pub(crate) async fn fail(
    control: &Control,
    claimed: &mut Claimed,
    error: &StepError,
) -> Result<Option<Stopped>, StepError> {
    let why = sentence(error);
    let attempts = claimed.attempts.saturating_add(1);
    let dice = u64::from_ne_bytes(random_bytes());
    match retry(error.class(), claimed.direction, attempts, dice) {
        Retry::After(wait) => {
            let verdict = Verdict::Later { wait, why: &why };
            let committed = commit(&control.catalog, claimed, &verdict).await?;
            let why = log_words(error, claimed.id());
            tracing::info!(operation = %claimed.id(), "operation {} on {} waits {} ms before {} again: {why}", claimed.id(), claimed.subject(), wait.as_millis(), claimed.step);
            control.stats.retries(claimed.kind);
            control.feed.tell(claimed.id(), false);
            Ok(Some(match committed {
                Committed::Yes => Stopped::Waiting,
                Committed::LeaseLost => Stopped::LeaseLost,
            }))
        }
        Retry::Stop => {
            tracing::warn!(operation = %claimed.id(), "operation {} on {} failed at {}: {}", claimed.id(), claimed.subject(), claimed.step, log_words(error, claimed.id()));
            if let Some(to) = claimed.kind.course().way_back(claimed.step) {
                return turn_back(control, claimed, to, Some(why)).await;
            }
            let cause = Some((why.as_str(), error));
            end(control, claimed, OperationState::Failed, cause).await
        }
    }
}

async fn turn_back(
    control: &Control,
    claimed: &mut Claimed,
    to: Step,
    error: Option<String>,
) -> Result<Option<Stopped>, StepError> {
    let verdict = Verdict::Back { to, error: error.as_deref() };
    if commit(&control.catalog, claimed, &verdict).await? == Committed::LeaseLost {
        return Ok(Some(Stopped::LeaseLost));
    }
    control.feed.tell(claimed.id(), false);
    claimed.error = error;
    go_to(claimed, Direction::Undo, to);
    Ok(None)
}

async fn end(
    control: &Control,
    claimed: &Claimed,
    state: OperationState,
    cause: Option<(&str, &StepError)>,
) -> Result<Option<Stopped>, StepError> {
    let verdict = Verdict::Stop { state, cause };
    let committed = commit(&control.catalog, claimed, &verdict).await?;
    if committed == Committed::Yes {
        count_end(control, claimed, state);
    }
    control.feed.tell(claimed.id(), false);
    Ok(Some(match committed {
        Committed::Yes => Stopped::Ended(state),
        Committed::LeaseLost => Stopped::LeaseLost,
    }))
}

fn go_to(claimed: &mut Claimed, direction: Direction, step: Step) {
    claimed.direction = direction;
    claimed.step = step;
    claimed.attempts = 0;
    claimed.waiting = None;
}

/// For whoever watches this process.
fn count(control: &Control, made: &Made, took: Duration) {
    match made {
        Made::Migrated { version } => control.stats.migrated(*version, took.as_secs_f64()),
        Made::Backup(it) => control.stats.backed_up(it.stored_bytes(), took.as_secs_f64()),
        _ => {}
    }
}

fn count_end(control: &Control, claimed: &Claimed, state: OperationState) {
    let took = Timestamp::now().duration_since(claimed.created_at).as_secs_f64().max(0.0);
    control.stats.ended(claimed.kind, state, took);
    if (claimed.kind, state) == (OperationKind::Migrate, OperationState::Failed) {
        let version = claimed.input["to"].as_i64().unwrap_or_default();
        control.stats.migration_failed(version);
    }
}

fn ended(control: &Control, claimed: &Claimed) -> OperationState {
    let state = super::commit::end_of(claimed);
    let (kind, subject) = (claimed.kind, claimed.subject());
    tracing::info!(operation = %claimed.id(), "{kind} of {subject}: {state}");
    count_end(control, claimed, state);
    if kind == OperationKind::Backup {
        control.backups_wanted.notify_one();
    }
    if kind.may_change_spares() {
        control.spares_wanted.notify_one();
    }
    state
}

/// Returns when the lease is lost: the row says so, or it could not be extended in time.
async fn lease_lost(control: &Control, lease: Lease, since: Instant) {
    let mut until = since + lease.length;
    loop {
        sleep(lease.length / 3).await;
        let asked = Instant::now();
        match timeout_at(until, extend(control, lease)).await {
            Ok(Ok(true)) => until = asked + lease.length,
            Ok(Ok(false)) | Err(_) => return,
            // The control database may be back before the lease has run out.
            Ok(Err(_)) if Instant::now() >= until => return,
            Ok(Err(_)) => sleep(PAUSE).await,
        }
    }
}

async fn extend(control: &Control, lease: Lease) -> Result<bool, StepError> {
    let client = control.catalog.client().await?;
    let extended = queries::operation_extend()
        .bind(&client, &lease.length.as_secs_f64(), &lease.operation.0, &lease.token)
        .await?;
    Ok(extended > 0)
}

/// Lets others have it at once, if the control database can be reached before the lease ends by itself.
async fn give_back(control: &Control, lease: Lease) {
    let until = Instant::now() + lease.length;
    while Instant::now() < until {
        if release(control, lease).await.is_ok() {
            control.feed.tell(lease.operation, true);
            return;
        }
        sleep(PAUSE).await;
    }
}

async fn release(control: &Control, lease: Lease) -> Result<(), StepError> {
    let client = control.catalog.client().await?;
    queries::operation_release().bind(&client, &lease.operation.0, &lease.token).await?;
    Ok(())
}

fn is_out_of_reach(error: &StepError) -> bool {
    match error {
        StepError::Unavailable(_) => true,
        StepError::Catalog(source) => source
            .code()
            .is_none_or(|it| it.code().starts_with("57P0") || it.code().starts_with("08")),
        _ => false,
    }
}
