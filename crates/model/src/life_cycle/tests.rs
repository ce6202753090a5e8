//! The table in examples, and random lives.

use proptest::prelude::*;

use super::*;
use crate::operation::{Cancel, Direction};

/// `state` is `billing access phase`.
fn check(state: &str, command: Command) -> String {
    let [billing, access, phase] = state.split(' ').collect::<Vec<_>>()[..] else {
        panic!("three words in {state}")
    };
    let state = TenantState {
        billing: billing.parse().unwrap(),
        access: access.parse().unwrap(),
        phase: phase.parse().unwrap(),
    };
    match transition(state, command) {
        Ok(it) => format!("{} to {}", it.kind, it.access),
        Err(refusal) => refusal.what.to_owned(),
    }
}

#[test]
fn the_table_in_examples() {
    use AccessMode::{Blocked, ExportOnly, Full, ReadOnly};
    for (state, command, answer) in [
        ("ACTIVE FULL READY", Command::Suspend(Blocked), "suspend to BLOCKED"),
        ("ACTIVE FULL READY", Command::Suspend(ReadOnly), "suspend to READ_ONLY"),
        ("ACTIVE READ_ONLY READY", Command::Suspend(Blocked), "suspend to BLOCKED"),
        ("ACTIVE BLOCKED READY", Command::Suspend(Blocked), "suspend to BLOCKED"),
        ("ACTIVE BLOCKED READY", Command::Suspend(ReadOnly), "it may do less than that already"),
        ("ACTIVE FULL READY", Command::Suspend(Full), "FULL is not a way to suspend"),
        ("ACTIVE BLOCKED READY", Command::Resume(Full), "resume to FULL"),
        ("ACTIVE BLOCKED READY", Command::Resume(ReadOnly), "resume to READ_ONLY"),
        ("ACTIVE FULL READY", Command::Resume(ReadOnly), "it may do more than that"),
        ("CANCELLED EXPORT_ONLY READY", Command::Resume(Full), "its subscription is cancelled"),
        ("ACTIVE FULL READY", Command::Cancel, "cancel to EXPORT_ONLY"),
        ("ACTIVE BLOCKED READY", Command::Cancel, "cancel to BLOCKED"),
        ("CANCELLED EXPORT_ONLY READY", Command::Cancel, "cancel to EXPORT_ONLY"),
        ("CANCELLED EXPORT_ONLY READY", Command::Erase, "erase to BLOCKED"),
        ("TRIALING FULL READY", Command::Erase, "erase to BLOCKED"),
        ("CANCELLED BLOCKED ERASING", Command::Erase, "erase to BLOCKED"),
        ("CANCELLED BLOCKED ERASING", Command::Suspend(ExportOnly), "it is being erased"),
        ("CANCELLED BLOCKED ERASED", Command::Erase, "it is erased"),
        ("TRIALING FULL PROVISIONING", Command::Erase, "it is still being made"),
        ("ACTIVE FULL MOVING", Command::Erase, "it is being moved"),
        ("ACTIVE FULL READY", Command::Archive, "its customer has not left"),
        ("CANCELLED EXPORT_ONLY READY", Command::Archive, "archive to EXPORT_ONLY"),
        ("CANCELLED EXPORT_ONLY ARCHIVED", Command::Archive, "archive to EXPORT_ONLY"),
        ("CANCELLED EXPORT_ONLY ARCHIVED", Command::Unarchive, "unarchive to EXPORT_ONLY"),
        ("ACTIVE FULL READY", Command::RotatePassword, "rotate_password to FULL"),
    ] {
        assert_eq!(check(state, command), answer, "{state} {command:?}");
    }
}

#[test]
fn rights_follow_access_and_phase() {
    let state = |access, phase| TenantState { billing: Billing::Cancelled, access, phase };
    assert_eq!(state(AccessMode::Full, Phase::Ready).rights(), Rights::Application);
    assert_eq!(state(AccessMode::ReadOnly, Phase::Ready).rights(), Rights::Reader);
    assert_eq!(state(AccessMode::ExportOnly, Phase::Moving).rights(), Rights::Reader);
    assert_eq!(state(AccessMode::Blocked, Phase::Ready).rights(), Rights::Nothing);
    assert_eq!(state(AccessMode::Full, Phase::Erasing).rights(), Rights::Nothing);
}

/// A tenant and its server's role, as a life of commands, failures and cancellations makes them.
struct Life {
    state: TenantState,
    rights: Rights,
}

impl Life {
    fn new() -> Self {
        let state = TenantState { phase: Phase::Ready, ..TenantState::NEW };
        Self { state, rights: state.rights() }
    }

    /// Carries a command out up to its end, to the step that fails for good, or to its cancellation.
    fn live(&mut self, command: Command, fails_at: Option<usize>, cancelled_at: Option<usize>) {
        let Ok(Transition { kind, access }) = transition(self.state, command) else { return };
        let course = kind.course();
        let mut step = Some(course.first());
        let mut number = 0;
        while let Some(now) = step {
            if cancelled_at == Some(number) && course.cancel(Direction::Forward, now) == Cancel::Now
            {
                return;
            }
            if fails_at == Some(number) {
                return;
            }
            if now == Step::ApplyRights && kind == OperationKind::Resume {
                self.rights = TenantState { access, ..self.state }.rights();
            } else if matches!(now, Step::ApplyRights | Step::Fence) {
                self.rights = self.state.rights();
            }
            self.state = self.state.after(kind, now, access);
            assert!(self.state.is_legal(), "{command:?} made {:?}", self.state);
            step = course.next(Direction::Forward, now);
            number += 1;
        }
    }
}

fn command() -> impl Strategy<Value = Command> {
    let access = prop::sample::select(AccessMode::ALL.to_vec());
    prop_oneof![
        access.clone().prop_map(Command::Suspend),
        access.prop_map(Command::Resume),
        Just(Command::Cancel),
        Just(Command::Erase),
        Just(Command::RotatePassword),
    ]
}

proptest! {
    /// Whatever is asked, and wherever it stops: the states stand well side by side, the same command again goes to
    /// its end, and then the server agrees with the catalog.
    #[test]
    fn every_life_is_legal_and_converges(
        commands in prop::collection::vec((command(), prop::option::of(0_usize..5), prop::option::of(0_usize..5)), 0..12),
        last in command(),
    ) {
        let mut life = Life::new();
        for (command, fails_at, cancelled_at) in commands {
            life.live(command, fails_at, cancelled_at);
        }
        life.live(last, Some(1), None);
        life.live(last, None, None);
        if let Ok(again) = transition(life.state, last) {
            prop_assert_eq!(again.access, life.state.access);
            if again.kind != OperationKind::RotatePassword {
                prop_assert_eq!(life.rights, life.state.rights());
            }
        }
        if matches!(last, Command::Erase) {
            prop_assert_eq!(life.state.phase, Phase::Erased);
            prop_assert_eq!(life.rights, Rights::Nothing);
        }
    }
}
