//! What others are told of tenants and of the fleet, by the names that programs outside know.
//!
//! Not here: writing it down, and who is told.

use crate::operation::{Direction, OperationKind, OperationState, Step};
use crate::words::words;

/// For so long somebody who was away can still read what happened.
pub const EVENT_DAYS: i32 = 30;

words! {
    /// What has become of something. A promise to programs outside: a name is never given another meaning.
    EventType {
        /// It is READY for the first time.
        TenantCreated = "tenant.created",
        TenantSuspended = "tenant.suspended",
        TenantResumed = "tenant.resumed",
        TenantCancelled = "tenant.cancelled",
        TenantArchived = "tenant.archived",
        TenantUnarchived = "tenant.unarchived",
        /// It is closed, and can be had back for a while.
        TenantErasureRequested = "tenant.erasure_requested",
        TenantErasureWithdrawn = "tenant.erasure_withdrawn",
        TenantErased = "tenant.erased",
        TenantMigrated = "tenant.migrated",
        TenantMigrationFailed = "tenant.migration_failed",
        /// A copy has become its database.
        TenantRestored = "tenant.restored",
        TenantExported = "tenant.exported",
        TenantBackupFailed = "tenant.backup_failed",
        /// Four fifths of what its plan allows are used.
        TenantLimitNear = "tenant.limit_near",
        TenantLimitReached = "tenant.limit_reached",
        /// It is served under a domain of its own.
        TenantDomainVerified = "tenant.domain_verified",
        /// The DNS says something else than it did; it is still served there.
        TenantDomainFailing = "tenant.domain_failing",
        TenantDomainRecovered = "tenant.domain_recovered",
        /// It has that domain no more.
        TenantDomainRemoved = "tenant.domain_removed",
        /// Less than a tenth of what its plan grants in a month is left.
        TenantAiCreditsLow = "tenant.ai_credits_low",
        /// A reservation was refused.
        TenantAiCreditsExhausted = "tenant.ai_credits_exhausted",
        RolloutStarted = "rollout.started",
        RolloutHalted = "rollout.halted",
        RolloutCompleted = "rollout.completed",
        RolloutFailed = "rollout.failed",
        RolloutCancelled = "rollout.cancelled",
    }
}

/// What a commit of the engine says of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// A step is done.
    Step(Direction, Step),
    /// It ends here, without its last step.
    Stopped(OperationState),
}

/// What others are told with that commit: in the transaction in which it becomes so, and once.
pub fn event_of(kind: OperationKind, committed: Committed) -> Option<EventType> {
    match committed {
        Committed::Step(direction, step) => of_step(kind, direction, step),
        Committed::Stopped(OperationState::Failed) => match kind {
            OperationKind::Migrate => Some(EventType::TenantMigrationFailed),
            OperationKind::Backup => Some(EventType::TenantBackupFailed),
            OperationKind::Rollout => Some(EventType::RolloutFailed),
            OperationKind::Provision
            | OperationKind::Suspend
            | OperationKind::Resume
            | OperationKind::Cancel
            | OperationKind::Erase
            | OperationKind::RotatePassword
            | OperationKind::MakeSpare
            | OperationKind::DropSpare
            | OperationKind::VerifyBackup
            | OperationKind::Restore
            | OperationKind::Swap
            | OperationKind::DropCopy
            | OperationKind::OpenCopy
            | OperationKind::CloseCopy
            | OperationKind::Archive
            | OperationKind::Unarchive
            | OperationKind::Drill
            | OperationKind::Export
            | OperationKind::Rest => None,
        },
        // Only a rollout has been told of before.
        Committed::Stopped(OperationState::Cancelled) => {
            (kind == OperationKind::Rollout).then_some(EventType::RolloutCancelled)
        }
        Committed::Stopped(OperationState::Running | OperationState::Done) => None,
    }
}

fn of_step(kind: OperationKind, direction: Direction, step: Step) -> Option<EventType> {
    let forward =
        |at: Step, event| ((direction, step) == (Direction::Forward, at)).then_some(event);
    match kind {
        OperationKind::Provision => forward(Step::WriteFirstData, EventType::TenantCreated),
        OperationKind::Suspend => forward(Step::SetAccess, EventType::TenantSuspended),
        OperationKind::Resume => forward(Step::SetAccess, EventType::TenantResumed),
        OperationKind::Cancel => forward(Step::SetAccess, EventType::TenantCancelled),
        OperationKind::Erase if (direction, step) == (Direction::Undo, Step::ReopenTenant) => {
            Some(EventType::TenantErasureWithdrawn)
        }
        OperationKind::Erase => forward(Step::CloseTenant, EventType::TenantErasureRequested)
            .or_else(|| forward(Step::Bury, EventType::TenantErased)),
        OperationKind::Migrate => forward(Step::MigrateTenant, EventType::TenantMigrated),
        OperationKind::Rollout => forward(Step::MigrateFleet, EventType::RolloutCompleted),
        OperationKind::Swap => forward(Step::AdmitTenant, EventType::TenantRestored),
        // Until its role is dropped too, it may still have something on its server.
        OperationKind::Archive => forward(Step::DropRole, EventType::TenantArchived),
        OperationKind::Unarchive => forward(Step::AdmitTenant, EventType::TenantUnarchived),
        OperationKind::Export => forward(Step::WriteExport, EventType::TenantExported),
        // Every night, and nobody has to do anything.
        OperationKind::Backup
        | OperationKind::RotatePassword
        | OperationKind::MakeSpare
        | OperationKind::DropSpare
        | OperationKind::VerifyBackup
        | OperationKind::Restore
        | OperationKind::DropCopy
        | OperationKind::OpenCopy
        | OperationKind::CloseCopy
        | OperationKind::Drill
        | OperationKind::Rest => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn what_is_told_when() {
        let mut told = String::new();
        let mut note = |kind: OperationKind, committed| {
            if let Some(event) = event_of(kind, committed) {
                let when = match committed {
                    Committed::Step(direction, step) => format!("{direction} {step}"),
                    Committed::Stopped(state) => state.to_string(),
                };
                writeln!(told, "{kind}: {when}: {event}").unwrap();
            }
        };
        for kind in OperationKind::ALL.iter().copied() {
            for direction in Direction::ALL.iter().copied() {
                for step in Step::ALL.iter().copied() {
                    note(kind, Committed::Step(direction, step));
                }
            }
            for state in OperationState::ALL.iter().copied() {
                note(kind, Committed::Stopped(state));
            }
        }
        insta::assert_snapshot!(told, @r"
        provision: FORWARD write_first_data: tenant.created
        suspend: FORWARD set_access: tenant.suspended
        resume: FORWARD set_access: tenant.resumed
        cancel: FORWARD set_access: tenant.cancelled
        erase: FORWARD close_tenant: tenant.erasure_requested
        erase: FORWARD bury: tenant.erased
        erase: UNDO reopen_tenant: tenant.erasure_withdrawn
        migrate: FORWARD migrate_tenant: tenant.migrated
        migrate: FAILED: tenant.migration_failed
        rollout: FORWARD migrate_fleet: rollout.completed
        rollout: FAILED: rollout.failed
        rollout: CANCELLED: rollout.cancelled
        backup: FAILED: tenant.backup_failed
        swap: FORWARD admit_tenant: tenant.restored
        archive: FORWARD drop_role: tenant.archived
        unarchive: FORWARD admit_tenant: tenant.unarchived
        export: FORWARD write_export: tenant.exported
        ");
    }

    /// What is told is told at a step that the operation really takes.
    #[test]
    fn each_is_told_on_the_way() {
        for kind in OperationKind::ALL.iter().copied() {
            let course = kind.course();
            for step in Step::ALL.iter().copied() {
                for (direction, steps) in
                    [(Direction::Forward, course.forward), (Direction::Undo, course.undo)]
                {
                    let event = event_of(kind, Committed::Step(direction, step));
                    assert!(event.is_none() || steps.contains(&step), "{kind} {step}");
                }
            }
        }
    }
}
