//! Which steps an operation of each kind takes, which of them it can take back, and when it can be cancelled.

use super::step::{Direction, Step};
use crate::words::words;

words! {
    /// What an operation does.
    OperationKind {
        Provision = "provision",
        Suspend = "suspend",
        Resume = "resume",
        Cancel = "cancel",
        Erase = "erase",
        RotatePassword = "rotate_password",
        MakeSpare = "make_spare",
        DropSpare = "drop_spare",
        /// One tenant's database comes to another version of the schema.
        Migrate = "migrate",
        /// The whole fleet does.
        Rollout = "rollout",
        /// A tenant's database is copied to the object store.
        Backup = "backup",
        /// One of them is read whole and compared with what it says of itself.
        VerifyBackup = "verify_backup",
        /// A database as it was comes to stand beside the tenant's.
        Restore = "restore",
        /// That one becomes the tenant's database, and the other way round.
        Swap = "swap",
        DropCopy = "drop_copy",
        /// A copy can be looked at, under a host of its own.
        OpenCopy = "open_copy",
        /// And no more.
        CloseCopy = "close_copy",
        /// A tenant whose customer has left goes from its server; a backup that was restored and compared is kept.
        Archive = "archive",
        /// It comes back from there.
        Unarchive = "unarchive",
        /// A restore that is thrown away once it has been looked at.
        Drill = "drill",
        /// All that a tenant has is packed for its owner.
        Export = "export",
        /// Nothing at all; see [`Step::Nothing`].
        Rest = "rest",
    }
}

/// The steps of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub forward: &'static [Step],
    /// What takes back a forward step that failed for good or was cancelled; empty where there is no way back.
    pub undo: &'static [Step],
    /// Where it can be cancelled.
    cancel: Cancellable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cancellable {
    /// At any forward step, by the way back.
    Anywhere,
    /// Before its first step has been committed, when there is nothing to take back.
    AtFirst,
    /// At any step; what it has done stays.
    Between,
    /// Before this one, by the way back, except where nothing has been done; from it on, a failure leads no way back, either.
    Before(Step),
    Never,
}

/// What a wish to cancel comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// It ends here.
    Now,
    /// It goes back from here.
    Undo(Step),
    /// It goes on.
    TooLate,
}

impl OperationKind {
    pub fn course(self) -> Course {
        use Step::{
            AdmitTenant, ApplyRights, AwaitGrace, Bury, ChangePassword, CheckCopy, CloseCopy,
            CloseTenant, DeleteBackups, DestroyKey, DropCopy, DropDatabase, DropFiscalArchive,
            DropRole, ExchangeDatabases, Fence, FillCopy, ForgetCopy, ForgetSpare, ForgetTenant,
            HoldTenant, KeepCopy, KeepSpare, MakeDatabase, MakeFiscalArchive, MigrateFleet,
            MigrateTenant, NoteDrill, Nothing, OpenCopy, OpenDatabase, PreparePassword,
            PublishCertificate, ReopenTenant, RetireTenant, SetAccess, ShadowRun, VerifyBackup,
            WriteBackup, WriteExport, WriteFirstData,
        };
        let (forward, undo, cancel): (&[Step], &[Step], _) = match self {
            Self::Provision => (
                &[MakeDatabase, OpenDatabase, WriteFirstData],
                &[DropDatabase, DropRole, ForgetTenant],
                Cancellable::Anywhere,
            ),
            // The routers first: a tenant that may do less must not meet errors of its database.
            Self::Suspend | Self::Cancel => (&[SetAccess, ApplyRights], &[], Cancellable::AtFirst),
            // The database first, for the same reason.
            Self::Resume => (&[ApplyRights, SetAccess], &[], Cancellable::Never),
            // The database first on the way back, as when it is resumed.
            Self::Erase => (
                &[
                    CloseTenant,
                    AwaitGrace,
                    Fence,
                    MakeFiscalArchive,
                    DropDatabase,
                    DropRole,
                    DestroyKey,
                    DeleteBackups,
                    Bury,
                    PublishCertificate,
                ],
                &[DropFiscalArchive, ApplyRights, ReopenTenant],
                Cancellable::Before(DropDatabase),
            ),
            Self::RotatePassword => (&[PreparePassword, ChangePassword], &[], Cancellable::AtFirst),
            Self::MakeSpare => (
                &[MakeDatabase, OpenDatabase, KeepSpare],
                &[DropDatabase, DropRole, ForgetSpare],
                Cancellable::Anywhere,
            ),
            Self::DropSpare => (&[DropDatabase, DropRole, ForgetSpare], &[], Cancellable::Never),
            // A database is at one version or the other, so there is nothing to take back.
            Self::Migrate => (&[MigrateTenant], &[], Cancellable::Never),
            Self::Rollout => (&[ShadowRun, MigrateFleet], &[], Cancellable::Between),
            // What was written without a manifest is no backup, so there is nothing to take back.
            Self::Backup => (&[WriteBackup], &[], Cancellable::AtFirst),
            Self::VerifyBackup => (&[VerifyBackup], &[], Cancellable::AtFirst),
            Self::Restore => {
                (&[FillCopy, CheckCopy, KeepCopy], &[DropCopy, ForgetCopy], Cancellable::Anywhere)
            }
            // Nobody looks into the copy any more. The databases are exchanged or they are not; on the way back, too, visitors
            // find the one that has the name.
            Self::Swap => (
                &[CloseCopy, HoldTenant, Fence, ExchangeDatabases, OpenDatabase, AdmitTenant],
                &[OpenDatabase, AdmitTenant],
                Cancellable::AtFirst,
            ),
            // Before its database is dropped, it can go back; from then on, what there is of the tenant is the backup.
            Self::Archive => (
                &[
                    RetireTenant,
                    Fence,
                    WriteBackup,
                    FillCopy,
                    CheckCopy,
                    DropCopy,
                    ForgetCopy,
                    DropDatabase,
                    DropRole,
                ],
                &[DropCopy, ForgetCopy, OpenDatabase, AdmitTenant],
                Cancellable::Before(DropDatabase),
            ),
            Self::Unarchive => (
                &[FillCopy, CheckCopy, MigrateTenant, OpenDatabase, AdmitTenant],
                &[DropDatabase, DropRole],
                Cancellable::Anywhere,
            ),
            Self::DropCopy => (&[DropCopy, ForgetCopy], &[], Cancellable::Never),
            Self::OpenCopy => (&[OpenCopy], &[CloseCopy], Cancellable::Anywhere),
            Self::CloseCopy => (&[CloseCopy], &[], Cancellable::Never),
            Self::Drill => (
                &[FillCopy, CheckCopy, DropCopy, NoteDrill],
                &[DropCopy, NoteDrill],
                Cancellable::Anywhere,
            ),
            // What was written without a row is no export.
            Self::Export => (&[WriteExport], &[], Cancellable::AtFirst),
            Self::Rest => (&[Nothing], &[], Cancellable::AtFirst),
        };
        Course { forward, undo, cancel }
    }

    /// Whether it is work on a tenant, and not on a spare or on nothing.
    pub fn is_on_tenant(self) -> bool {
        match self {
            Self::Provision
            | Self::Suspend
            | Self::Resume
            | Self::Cancel
            | Self::Erase
            | Self::RotatePassword
            | Self::Migrate
            | Self::Backup
            | Self::VerifyBackup
            | Self::Restore
            | Self::Swap
            | Self::DropCopy
            | Self::OpenCopy
            | Self::CloseCopy
            | Self::Archive
            | Self::Unarchive
            | Self::Drill
            | Self::Export => true,
            Self::MakeSpare | Self::DropSpare | Self::Rollout | Self::Rest => false,
        }
    }

    /// Whether it may be under way beside others on the same tenant, if these are of other kinds: it changes nothing of what is the
    /// tenant's, and a customer who must be suspended does not wait for a backup.
    pub fn is_beside(self) -> bool {
        match self {
            Self::Backup
            | Self::VerifyBackup
            | Self::Restore
            | Self::DropCopy
            | Self::OpenCopy
            | Self::CloseCopy
            | Self::Drill
            | Self::Export => true,
            Self::Provision
            | Self::Suspend
            | Self::Resume
            | Self::Cancel
            | Self::Erase
            | Self::RotatePassword
            | Self::MakeSpare
            | Self::DropSpare
            | Self::Migrate
            | Self::Rollout
            | Self::Swap
            | Self::Archive
            | Self::Unarchive
            | Self::Rest => false,
        }
    }

    /// Whether one that has ended is a reason to look whether spares are missing.
    pub fn may_change_spares(self) -> bool {
        match self {
            Self::Provision | Self::Erase | Self::MakeSpare | Self::DropSpare => true,
            Self::Suspend
            | Self::Resume
            | Self::Cancel
            | Self::RotatePassword
            | Self::Migrate
            | Self::Rollout
            | Self::Backup
            | Self::VerifyBackup
            | Self::Restore
            | Self::Swap
            | Self::DropCopy
            | Self::OpenCopy
            | Self::CloseCopy
            | Self::Archive
            | Self::Unarchive
            | Self::Drill
            | Self::Export
            | Self::Rest => false,
        }
    }
}

impl Course {
    pub fn first(self) -> Step {
        self.forward[0]
    }

    /// The step after this one; nothing at the end.
    ///
    /// A step that is not in the course, as after a change of build, is answered with the end as well: the caller
    /// has parsed it, so the row was written by a build that knew another course.
    pub fn next(self, direction: Direction, step: Step) -> Option<Step> {
        let steps = self.steps(direction);
        let at = steps.iter().position(|it| *it == step)?;
        steps.get(at + 1).copied()
    }

    /// Where going back begins, for this forward step that failed for good.
    pub fn way_back(self, from: Step) -> Option<Step> {
        let is_open = match self.cancel {
            Cancellable::Before(last) => self.is_before(from, last),
            Cancellable::Anywhere
            | Cancellable::AtFirst
            | Cancellable::Between
            | Cancellable::Never => true,
        };
        self.undo.first().copied().filter(|_| is_open)
    }

    /// Whether one forward step comes before another.
    pub fn is_before(self, step: Step, other: Step) -> bool {
        let place = |step| self.forward.iter().position(|it| *it == step);
        place(step).zip(place(other)).is_some_and(|(step, other)| step < other)
    }

    pub fn cancel(self, direction: Direction, step: Step) -> Cancel {
        match (direction, self.cancel) {
            (Direction::Forward, Cancellable::AtFirst | Cancellable::Before(_))
                if step == self.first() =>
            {
                Cancel::Now
            }
            (Direction::Forward, Cancellable::Between) => Cancel::Now,
            (Direction::Undo, _)
            | (Direction::Forward, Cancellable::AtFirst | Cancellable::Never) => Cancel::TooLate,
            (Direction::Forward, Cancellable::Anywhere | Cancellable::Before(_)) => {
                self.way_back(step).map_or(Cancel::TooLate, Cancel::Undo)
            }
        }
    }

    /// Steps done and steps in all, as a person counts them.
    pub fn progress(self, direction: Direction, step: Step) -> (usize, usize) {
        let steps = self.steps(direction);
        (steps.iter().position(|it| *it == step).unwrap_or_default(), steps.len())
    }

    fn steps(self, direction: Direction) -> &'static [Step] {
        match direction {
            Direction::Forward => self.forward,
            Direction::Undo => self.undo,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole course as one line: forward, and after `<` the way back.
    fn check(kind: OperationKind) -> String {
        let course = kind.course();
        let walk = |direction, first: Option<Step>| {
            std::iter::successors(first, |it| course.next(direction, *it))
                .map(Step::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let forward = walk(Direction::Forward, Some(course.first()));
        match course.undo.first().copied() {
            Some(first) => format!("{forward} < {}", walk(Direction::Undo, Some(first))),
            None => forward,
        }
    }

    #[test]
    fn courses() {
        let all: Vec<_> =
            OperationKind::ALL.iter().map(|it| format!("{it}: {}", check(*it))).collect();
        assert_eq!(
            all,
            [
                "provision: make_database open_database write_first_data < drop_database drop_role forget_tenant",
                "suspend: set_access apply_rights",
                "resume: apply_rights set_access",
                "cancel: set_access apply_rights",
                "erase: close_tenant await_grace fence make_fiscal_archive drop_database drop_role destroy_key delete_backups bury publish_certificate < drop_fiscal_archive apply_rights reopen_tenant",
                "rotate_password: prepare_password change_password",
                "make_spare: make_database open_database keep_spare < drop_database drop_role forget_spare",
                "drop_spare: drop_database drop_role forget_spare",
                "migrate: migrate_tenant",
                "rollout: shadow_run migrate_fleet",
                "backup: write_backup",
                "verify_backup: verify_backup",
                "restore: fill_copy check_copy keep_copy < drop_copy forget_copy",
                "swap: close_copy hold_tenant fence exchange_databases open_database admit_tenant < open_database admit_tenant",
                "drop_copy: drop_copy forget_copy",
                "open_copy: open_copy < close_copy",
                "close_copy: close_copy",
                "archive: retire_tenant fence write_backup fill_copy check_copy drop_copy forget_copy drop_database drop_role < drop_copy forget_copy open_database admit_tenant",
                "unarchive: fill_copy check_copy migrate_tenant open_database admit_tenant < drop_database drop_role",
                "drill: fill_copy check_copy drop_copy note_drill < drop_copy note_drill",
                "export: write_export",
                "rest: nothing",
            ]
        );
    }

    #[test]
    fn what_is_dropped_is_not_cancelled() {
        let erase = OperationKind::Erase.course();
        assert_eq!(erase.cancel(Direction::Forward, Step::CloseTenant), Cancel::Now);
        for step in [Step::AwaitGrace, Step::Fence, Step::MakeFiscalArchive] {
            let back = Cancel::Undo(Step::DropFiscalArchive);
            assert_eq!(erase.cancel(Direction::Forward, step), back, "{step}");
            assert_eq!(erase.way_back(step), Some(Step::DropFiscalArchive), "{step}");
        }
        for step in [Step::DropDatabase, Step::DropRole, Step::Bury, Step::PublishCertificate] {
            assert_eq!(erase.cancel(Direction::Forward, step), Cancel::TooLate, "{step}");
            assert_eq!(erase.way_back(step), None, "{step}");
        }
        let provision = OperationKind::Provision.course();
        assert_eq!(
            provision.cancel(Direction::Forward, Step::WriteFirstData),
            Cancel::Undo(Step::DropDatabase)
        );
        assert_eq!(provision.cancel(Direction::Undo, Step::DropRole), Cancel::TooLate);
        let rollout = OperationKind::Rollout.course();
        assert_eq!(rollout.cancel(Direction::Forward, Step::MigrateFleet), Cancel::Now);
    }

    #[test]
    fn no_course_is_walked_in_a_circle() {
        for kind in OperationKind::ALL {
            let course = kind.course();
            for steps in [course.forward, course.undo] {
                for (at, step) in steps.iter().enumerate() {
                    assert!(!steps[at + 1..].contains(step), "{kind}: {step} twice");
                }
            }
        }
    }
}
