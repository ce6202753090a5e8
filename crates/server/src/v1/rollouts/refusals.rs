//! What people are told when a call about rollouts is refused: a line each for what happened, what it means, what to do.

use std::error::Error;

use cloison_api::{Code, LintFinding};
use cloison_control::releases::{FolderError, ReleasesError};
use cloison_control::rollout::RolloutError;
use cloison_model::HistoryError;

use crate::error::{ApiError, sentence};

impl From<RolloutError> for ApiError {
    fn from(error: RolloutError) -> Self {
        match error {
            // It had ended when it was looked for.
            RolloutError::Busy(0) => Self::new(
                Code::RolloutBusy,
                "Another rollout was under way a moment ago.\nThere is one at a time.\nTry again.",
            ),
            RolloutError::Busy(number) => Self::new(
                Code::RolloutBusy,
                format!(
                    "Rollout {number} is under way, and there is one at a time.\nIt has to end before another begins: cloison migrations watch {number}\nTo end it where it is: cloison migrations cancel {number}"
                ),
            ),
            RolloutError::NoRollout(number) => Self::not_found(format!(
                "There is no rollout {number}.\nAll of them: cloison migrations list"
            )),
            RolloutError::Ended(number) => Self::new(
                Code::RolloutEnded,
                format!(
                    "Rollout {number} has ended, so it can be neither stopped nor go on.\nTenants stay where it left them: cloison migrations show {number}\nTo go on, begin another: cloison migrations rollout"
                ),
            ),
            RolloutError::TooLate(number) => Self::new(
                Code::TooLateToCancel,
                format!(
                    "Rollout {number} is past the point where it could be cancelled.\nIt ends by itself.\nWatch it: cloison migrations watch {number}"
                ),
            ),
            RolloutError::NoTenant(it) => Self::not_found(format!("There is no tenant '{it}'.")),
            RolloutError::CanaryQuarantined(it) => Self::new(
                Code::InvalidField,
                format!(
                    "{it} is quarantined, so it cannot go first.\nThe others would go without anybody ahead of them.\nOnce it is mended: cloison migrations retry --tenant {it}; or name another."
                ),
            )
            .of_field("canaries", "quarantined"),
            RolloutError::NotQuarantined(it) => Self::new(
                Code::NotInThisState,
                format!(
                    "{it} is not quarantined, so there is nothing to try again.\nWhoever is only behind comes along with the next rollout.\nSee who is quarantined, and why: cloison migrations status"
                ),
            ),
            RolloutError::TenantBusy(it) => Self::new(
                Code::TenantBusy,
                format!(
                    "Another operation on {it} is under way.\nIts migration is not tried again before that has ended.\nSee which: cloison operations list --tenant {it}"
                ),
            ),
            RolloutError::Release(error) => release(error),
            RolloutError::Lint(report) => {
                let refused: Vec<_> =
                    report.findings.iter().filter(|it| it.verdict() == "refused").collect();
                let detail = match refused.split_first() {
                    Some((first, rest)) => format!(
                        "The lint refuses {}:{} ({}){}.\n{}\n{}",
                        first.file,
                        first.line,
                        first.rule,
                        and_more(rest.len()),
                        first.message,
                        first.help
                    ),
                    None => "The lint refuses the migrations.".to_owned(),
                };
                let findings = report.findings.iter().map(|it| LintFinding {
                    file: it.file.clone(),
                    line: it.line,
                    rule: it.rule.clone(),
                    verdict: it.verdict().to_owned(),
                    message: it.message.clone(),
                    help: it.help.clone(),
                });
                Self::new(Code::ReleaseRefused, detail).with_findings(findings.collect())
            }
            RolloutError::NoVersion(version) => Self::new(
                Code::InvalidField,
                format!(
                    "There is no migration with version {version}.\nNo tenant was touched.\nSee which are pending: cloison migrations status"
                ),
            )
            .of_field("to", "known"),
            RolloutError::Backwards { to, from } => Self::new(
                Code::InvalidField,
                format!(
                    "The fleet is at version {from}, and {to} is older.\nA rollout goes up only, so no tenant was touched.\nTake back the rollout that went there: cloison migrations list, and cloison migrations rollback --rollout <number>"
                ),
            )
            .of_field("to", "range"),
            RolloutError::TooEarly { file, lagging, stop } => Self::new(
                Code::TooEarly,
                format!(
                    "{file} takes something away, and {lagging} of the tenants have not had all that comes before it.\nWhoever serves them may still need what it takes, so it comes in a rollout of its own.\nFirst go so far: cloison migrations rollout --to {stop}"
                ),
            ),
            RolloutError::OlderBuilds { file, nodes } => Self::new(
                Code::OlderBuild,
                format!(
                    "{file} takes something away, and a build that does not know it still serves: {}.\nIt would answer 503 to every visitor from then on, so no tenant was touched.\nPut the newer build in its place, or stop it, and begin again half a minute later.",
                    nodes.join(", ")
                ),
            ),
            RolloutError::NothingToTakeBack(number) => Self::new(
                Code::NothingToTakeBack,
                format!(
                    "Rollout {number} took nothing up that could be taken back.\nIt was a way back itself, or has released nothing.\nSee which went up: cloison migrations list"
                ),
            ),
            RolloutError::Call(it) => it.into(),
            RolloutError::Unavailable(it) => it.into(),
            RolloutError::Database(it) => it.into(),
            RolloutError::Newer(it) => Self::internal(it),
        }
    }
}

impl From<ReleasesError> for ApiError {
    fn from(error: ReleasesError) -> Self {
        release(error)
    }
}

fn release(error: ReleasesError) -> ApiError {
    match (release_words(&error), error) {
        (Some(words), ReleasesError::History(HistoryError::NoWayBack { .. })) => {
            ApiError::new(Code::NoWayBack, words)
        }
        (Some(words), _) => ApiError::new(Code::ReleaseBroken, words),
        (None, ReleasesError::Unavailable(it)) => it.into(),
        (None, ReleasesError::Database(it)) => it.into(),
        (None, error) => ApiError::internal(error),
    }
}

/// The lines, if the migrations are at fault and not the control database.
pub(in crate::v1) fn release_words(error: &ReleasesError) -> Option<String> {
    match error {
        ReleasesError::Folder(error) => Some(folder(error)),
        ReleasesError::History(error) => Some(history(error)),
        ReleasesError::Stored(_) | ReleasesError::Unavailable(_) | ReleasesError::Database(_) => {
            None
        }
    }
}

fn folder(error: &FolderError) -> String {
    let what = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    format!(
        "{}.\nNo tenant was touched.\nPut it right on the machine of the process that answers; it is read anew each time.",
        sentence(&what)
    )
}

fn history(error: &HistoryError) -> String {
    let file = |version: &i64, name: &str| format!("{version:04}_{name}.sql");
    match error {
        HistoryError::Newer { found, known } => format!(
            "The fleet is at version {found}, and the process that answers knows {known} as the newest.\nIt is an older build, or has an older folder of migrations.\nAsk a newer one, or give it the newer files."
        ),
        HistoryError::Edited { version, name } => format!(
            "{} was edited after it was released.\nTenants that have had it would not be like those that get it now.\nPut its text back, and write the change into a new file.",
            file(version, name)
        ),
        HistoryError::Missing { version, name } => format!(
            "{} was released, and is not among the migrations any more.\nTenants that have had it would not be like new ones.\nPut it back; a new file can undo what it did.",
            file(version, name)
        ),
        HistoryError::OutOfOrder { version, name, newest } => format!(
            "{} comes before version {newest}, which was released already.\nTenants would have had the two in different orders.\nGive it a version above {newest}.",
            file(version, name)
        ),
        HistoryError::NoWayBack { files } => format!(
            "There is no way back from {files}: no down file takes it back.\nNo tenant was touched.\nWrite <version>_<name>.down.sql beside it and try again, or go on with a new file that undoes it."
        ),
    }
}

pub(super) fn no_canary(name: &str) -> ApiError {
    let words = format!(
        "There is no tenant '{}' to go first.\nNo tenant was touched.\nTheir names: cloison tenants list",
        name.escape_debug()
    );
    ApiError::new(Code::InvalidField, words).of_field("canaries", "known")
}

fn and_more(places: usize) -> String {
    match places {
        0 => String::new(),
        1 => " and one more place".to_owned(),
        more => format!(" and {more} more places"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever is refused is told in three lines at most.
    #[test]
    fn three_lines_and_the_name_of_the_file() {
        let name = "rooms".to_owned();
        for (error, words) in [
            (HistoryError::Edited { version: 7, name: name.clone() }, "0007_rooms.sql was edited"),
            (HistoryError::Missing { version: 7, name: name.clone() }, "0007_rooms.sql was rele"),
            (HistoryError::OutOfOrder { version: 7, name, newest: 8 }, "0007_rooms.sql comes bef"),
            (HistoryError::NoWayBack { files: "0007_rooms.sql".to_owned() }, "There is no way"),
            (HistoryError::Newer { found: 8, known: 7 }, "The fleet is at version 8"),
        ] {
            let text = release_words(&error.into()).unwrap();
            assert!(text.starts_with(words), "{text}");
            assert_eq!(text.lines().count(), 3, "{text}");
        }
    }
}
