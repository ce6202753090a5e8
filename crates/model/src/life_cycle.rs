//! What may become of a tenant: one table of commands and states.
//!
//! A command is judged against all three states at once, and answered with the operation that carries it out. What
//! a committed step makes of the states is here too, so that the control plane writes nothing it has not asked for.

use crate::operation::{OperationKind, Step};
use crate::tenant::{AccessMode, Billing, Phase};

/// Billing, access and infrastructure of one tenant, side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TenantState {
    pub billing: Billing,
    pub access: AccessMode,
    pub phase: Phase,
}

/// What an operator wants of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// To let it do less.
    Suspend(AccessMode),
    /// To let it do more again.
    Resume(AccessMode),
    /// The customer leaves. The data stays, to be taken away.
    Cancel,
    /// The database goes from its server, and a backup of it is kept.
    Archive,
    /// It comes back.
    Unarchive,
    /// Nothing stays.
    Erase,
    RotatePassword,
}

/// Why a command is not carried out: what is so, and what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {advice}")]
pub struct Refusal {
    pub what: &'static str,
    pub advice: &'static str,
}

/// An operation to begin, and the access mode that it is to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub kind: OperationKind,
    pub access: AccessMode,
}

/// What the tenant's login role may do on its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Reads and writes the application's data.
    Application,
    /// Reads; writes what signing in needs.
    Reader,
    /// Does not get in.
    Nothing,
}

/// Judges a command.
pub fn transition(state: TenantState, command: Command) -> Result<Transition, Refusal> {
    let to = |kind, access| Ok(Transition { kind, access });
    match (command, state.phase) {
        (Command::Erase, Phase::Ready | Phase::Archived | Phase::Erasing) => {
            to(OperationKind::Erase, AccessMode::Blocked)
        }
        (Command::Suspend(access), Phase::Ready) => suspend(state, access),
        (Command::Resume(access), Phase::Ready) => resume(state, access),
        (Command::Cancel, Phase::Ready) => {
            to(OperationKind::Cancel, tighter(state.access, AccessMode::ExportOnly))
        }
        (Command::RotatePassword, Phase::Ready) => to(OperationKind::RotatePassword, state.access),
        // Of one that is archived already, what an earlier attempt has left on the server is taken away.
        (Command::Archive, Phase::Ready | Phase::Archived) => archive(state),
        (Command::Unarchive, Phase::Archived) => to(OperationKind::Unarchive, state.access),
        (Command::Unarchive, Phase::Ready) => {
            refuse("it is not archived", "there is nothing to bring back")
        }
        (_, Phase::Provisioning) => refuse(
            "it is still being made",
            "wait for its operation, or cancel that with: cloison operations cancel",
        ),
        (_, Phase::Moving) => refuse("it is being moved", "wait for the move to end"),
        (_, Phase::Restoring) => refuse("it is being restored", "wait for the restore to end"),
        (_, Phase::Archived) => {
            refuse("it is archived", "bring it back first: cloison tenants unarchive")
        }
        (_, Phase::Erasing) => {
            refuse("it is being erased", "nothing but erasing it to the end can be done with it")
        }
        (_, Phase::Erased) => refuse("it is erased", "there is nothing left to do anything with"),
    }
}

fn suspend(state: TenantState, access: AccessMode) -> Result<Transition, Refusal> {
    if access == AccessMode::Full {
        refuse("FULL is not a way to suspend", "choose READ_ONLY, EXPORT_ONLY or BLOCKED")
    } else if state.access.is_tighter_than(access) {
        refuse("it may do less than that already", "to let it do more, resume it")
    } else {
        // The same mode again sets the rights on the server once more, should the first time have failed half-way.
        Ok(Transition { kind: OperationKind::Suspend, access })
    }
}

fn resume(state: TenantState, access: AccessMode) -> Result<Transition, Refusal> {
    match state.billing {
        Billing::Cancelled => {
            return refuse("its subscription is cancelled", "it needs a new subscription first");
        }
        Billing::Trialing | Billing::Active | Billing::PastDue | Billing::Suspended => {}
    }
    if access.is_tighter_than(state.access) {
        refuse("it may do more than that", "to let it do less, suspend it")
    } else {
        Ok(Transition { kind: OperationKind::Resume, access })
    }
}

fn archive(state: TenantState) -> Result<Transition, Refusal> {
    match state.billing {
        Billing::Cancelled => Ok(Transition { kind: OperationKind::Archive, access: state.access }),
        Billing::Trialing | Billing::Active | Billing::PastDue | Billing::Suspended => refuse(
            "its customer has not left",
            "only a tenant whose subscription is cancelled is archived",
        ),
    }
}

fn refuse(what: &'static str, advice: &'static str) -> Result<Transition, Refusal> {
    Err(Refusal { what, advice })
}

fn tighter(one: AccessMode, other: AccessMode) -> AccessMode {
    if one.is_tighter_than(other) { one } else { other }
}

impl TenantState {
    /// The first state of a tenant.
    pub const NEW: Self =
        Self { billing: Billing::Trialing, access: AccessMode::Full, phase: Phase::Provisioning };

    /// The states once this step of an operation is committed. `access` is where the operation leads to.
    #[must_use]
    pub fn after(self, kind: OperationKind, step: Step, access: AccessMode) -> Self {
        match step {
            Step::WriteFirstData | Step::AdmitTenant => Self { phase: Phase::Ready, ..self },
            Step::SetAccess => Self {
                access,
                billing: match kind {
                    OperationKind::Cancel => Billing::Cancelled,
                    OperationKind::Provision
                    | OperationKind::Suspend
                    | OperationKind::Resume
                    | OperationKind::Erase
                    | OperationKind::RotatePassword
                    | OperationKind::MakeSpare
                    | OperationKind::DropSpare
                    | OperationKind::Migrate
                    | OperationKind::Rollout
                    | OperationKind::Backup
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
                    | OperationKind::Rest => self.billing,
                },
                ..self
            },
            Step::CloseTenant => Self {
                billing: Billing::Cancelled,
                access: AccessMode::Blocked,
                phase: Phase::Erasing,
            },
            Step::RetireTenant => Self { phase: Phase::Archived, ..self },
            Step::HoldTenant => Self { phase: Phase::Restoring, ..self },
            Step::Bury => Self { phase: Phase::Erased, ..self },
            Step::MakeDatabase
            | Step::OpenDatabase
            | Step::KeepSpare
            | Step::ApplyRights
            | Step::Fence
            | Step::DropDatabase
            | Step::DropRole
            | Step::DestroyKey
            | Step::DeleteBackups
            | Step::AwaitGrace
            | Step::MakeFiscalArchive
            | Step::DropFiscalArchive
            // All three come back from what was noted when it was asked for.
            | Step::ReopenTenant
            | Step::PublishCertificate
            | Step::ForgetTenant
            | Step::ForgetSpare
            | Step::PreparePassword
            | Step::ChangePassword
            | Step::MigrateTenant
            | Step::ShadowRun
            | Step::MigrateFleet
            | Step::WriteBackup
            | Step::VerifyBackup
            | Step::FillCopy
            | Step::CheckCopy
            | Step::KeepCopy
            | Step::DropCopy
            | Step::OpenCopy
            | Step::CloseCopy
            | Step::ForgetCopy
            | Step::NoteDrill
            | Step::WriteExport
            | Step::ExchangeDatabases
            | Step::Nothing => self,
        }
    }

    /// Whether the three states can stand side by side.
    pub fn is_legal(self) -> bool {
        let leaves = match self.billing {
            Billing::Cancelled => self.access.is_tighter_than(AccessMode::ReadOnly),
            Billing::Trialing | Billing::Active | Billing::PastDue | Billing::Suspended => true,
        };
        let ends = match self.phase {
            Phase::Erasing | Phase::Erased => {
                self.billing == Billing::Cancelled && self.access == AccessMode::Blocked
            }
            Phase::Provisioning
            | Phase::Ready
            | Phase::Moving
            | Phase::Restoring
            | Phase::Archived => true,
        };
        leaves && ends
    }

    /// What the role may do on the server in these states.
    pub fn rights(self) -> Rights {
        match (self.phase, self.access) {
            (Phase::Archived | Phase::Erasing | Phase::Erased, _) | (_, AccessMode::Blocked) => {
                Rights::Nothing
            }
            (
                Phase::Provisioning | Phase::Ready | Phase::Moving | Phase::Restoring,
                AccessMode::Full,
            ) => Rights::Application,
            (
                Phase::Provisioning | Phase::Ready | Phase::Moving | Phase::Restoring,
                AccessMode::ReadOnly | AccessMode::ExportOnly,
            ) => Rights::Reader,
        }
    }
}

#[cfg(test)]
mod tests;
