//! Takes back what an upgrade has done before one of its later segments failed.

use cloison_model::{Applied, Release, RetryClass, Segment};

use super::error::MigrateError;
use super::failure::Left;
use super::history;
use super::segment::{Runner, Stopped};

/// The error with what became of the database in it.
///
/// What may pass is not taken back: the next run goes on from there. `began` is the version before this upgrade, and
/// `history` has what it did.
pub(super) async fn take_back(
    runner: &Runner<'_>,
    release: &Release,
    began: i64,
    mut history: Vec<Applied>,
    segment: &Segment<'_>,
    stopped: Stopped,
) -> MigrateError {
    let MigrateError::Failed(mut failure) = stopped.error else { return stopped.error };
    let reached = history::version(&history);
    if stopped.is_half_done {
        history.extend(segment.parts.iter().map(|it| applied(it.migration)));
    }
    if failure.class() == RetryClass::Passing || history::version(&history) == began {
        return MigrateError::Failed(failure);
    }
    let back = match release.downgrade(&history, began) {
        Ok(back) => back,
        Err(refused) => {
            failure.left = Left::Partly { why: refused.to_string() };
            failure.at = reached;
            return MigrateError::Failed(failure);
        }
    };
    for segment in &back {
        let at = history::version(&history).min(reached);
        if let Err(stopped) = runner.run(segment, at).await {
            failure.left = Left::Partly { why: stopped.error.to_string() };
            failure.at = at;
            return MigrateError::Failed(failure);
        }
        history.retain(|it| segment.parts.iter().all(|part| part.migration.version != it.version));
    }
    failure.left = Left::TakenBack;
    failure.at = began;
    MigrateError::Failed(failure)
}

pub(super) fn applied(migration: &cloison_model::Migration) -> Applied {
    Applied {
        version: migration.version,
        name: migration.name.clone(),
        checksum: migration.checksum().to_owned(),
    }
}
