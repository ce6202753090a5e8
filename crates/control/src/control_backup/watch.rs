//! When the control database is backed up: every hour, by one process.
//!
//! A reconciler that looks at the store and remembers nothing. Whoever makes a backup holds a lock on the control database for as long as
//! its session lives, so a process that was killed is in nobody's way.

use std::time::Duration;

use cloison_archive::Written;
use cloison_catalog::DATABASE;
use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::list::{ControlBackup, list, prune};
use super::make::back_up;
use crate::backups::Backups;
use crate::control::Control;
use crate::operations::{StepError, sentence};
use crate::pg::AdminClient;

/// The longest that a process which has just come to need a backup waits.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Three that were due have not been made.
const STALE_AFTER: SignedDuration = SignedDuration::from_hours(3);

/// What one look has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Made(Box<Written>),
    NotDue,
    /// Another process is making one.
    Elsewhere,
}

/// Until shutdown.
pub(crate) async fn keep_backed_up(control: Control, shutdown: CancellationToken) {
    let Some(backups) = control.backups.clone() else { return };
    let mut is_failing = false;
    loop {
        let looked = tokio::select! {
            // All of it can be cut off and done again.
            looked = look(&control, &backups, Timestamp::now()).boxed() => looked,
            () = shutdown.cancelled() => return,
        };
        match looked {
            Ok(Look::Made(written)) => {
                is_failing = false;
                let backup = written.manifest.backup;
                tracing::info!(%backup, "the control database is backed up: {backup}");
            }
            Ok(Look::NotDue | Look::Elsewhere) => {}
            // Once for an outage.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(
                    "the control database is not backed up, and I go on trying: {}",
                    sentence(&error)
                );
            }
            Err(error) => tracing::debug!("still no backup: {}", sentence(&error)),
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Makes a backup if one is due, and clears away those that it outlives.
pub async fn look(control: &Control, backups: &Backups, now: Timestamp) -> Result<Look, StepError> {
    let is_due = |listed: &[ControlBackup]| is_due(listed, backups.control_every, now);
    if !is_due(&list(&backups.store).await?) {
        return Ok(Look::NotDue);
    }
    let Some(_alone) = alone(control).await? else { return Ok(Look::Elsewhere) };
    // Somebody may have been done in between.
    if !is_due(&list(&backups.store).await?) {
        return Ok(Look::NotDue);
    }
    let written = back_up(control, backups, now).await?;
    prune(backups, now).await?;
    Ok(Look::Made(Box::new(written)))
}

/// Also if the newest is dated ahead: some clock was wrong, and it may stay ahead for years.
fn is_due(listed: &[ControlBackup], every: Duration, now: Timestamp) -> bool {
    let is_recent = |it: &ControlBackup| {
        let age = now.duration_since(it.begun_at);
        age.unsigned_abs() < every
    };
    !listed.iter().any(is_recent)
}

/// The turn of this process, until the session is dropped; nothing if another has it.
async fn alone(control: &Control) -> Result<Option<AdminClient>, StepError> {
    let client = control.of_control_database().connect(DATABASE).await?;
    let turn = "select pg_try_advisory_lock(hashtext('cloison control backup'))";
    let is_ours: bool = client.query_typed_one(turn, &[]).await?.get(0);
    Ok(is_ours.then_some(client))
}

/// What is wrong, for `doctor`. A control database that has just been made may have none yet.
pub(crate) fn problem(
    newest: Option<Timestamp>,
    made_at: Timestamp,
    now: Timestamp,
) -> Option<String> {
    if now.duration_since(newest.unwrap_or(made_at)) <= STALE_AFTER {
        return None;
    }
    let what = match newest {
        Some(at) => format!("its newest backup is of {at}"),
        None => "it has no backup".to_owned(),
    };
    Some(format!("{what}, and one is due every hour"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_due_when_the_newest_is_as_old_as_that() {
        let now = at("2026-03-18T12:00:00Z");
        let check = |times: &[&str]| {
            let listed: Vec<_> = times
                .iter()
                .map(|it| ControlBackup { id: Uuid::nil(), begun_at: at(it), bytes: 1 })
                .collect();
            is_due(&listed, Duration::from_hours(1), now)
        };
        assert!(check(&[]));
        assert!(!check(&["2026-03-18T11:00:01Z", "2026-03-18T09:00:00Z"]));
        assert!(check(&["2026-03-18T11:00:00Z"]));
        assert!(!check(&["2026-03-18T12:00:30Z"]), "clocks differ a little");
        assert!(check(&["2027-03-18T12:00:00Z"]), "one from next year says nothing of today");
    }

    #[test]
    fn doctor_says_what_is_missing_and_is_patient_with_what_is_new() {
        let now = at("2026-03-18T12:00:00Z");
        let old = at("2026-01-01T00:00:00Z");
        assert_eq!(problem(None, at("2026-03-18T11:50:00Z"), now), None);
        assert_eq!(problem(Some(at("2026-03-18T09:00:00Z")), old, now), None);
        let none = problem(None, old, now).unwrap();
        assert!(none.starts_with("it has no backup, and one is due every hour"), "{none}");
        let stale = problem(Some(at("2026-03-18T08:59:59Z")), old, now).unwrap();
        assert!(stale.starts_with("its newest backup is of 2026-03-18T08:59:59Z"), "{stale}");
    }
}
