//! Who may do what: the one table of roles and actions.
//!
//! Not here: which call of the API is which action (`server`'s route table says so), and who holds
//! a role.

use std::fmt;
use std::str::FromStr;

use crate::words::UnknownWord;

/// What a platform user is trusted with, and what a token is restricted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything, users and keys included.
    Owner,
    /// Runs the fleet.
    Operator,
    /// Helps customers: sees tenants and lets their owners in again.
    Support,
    /// Sees what was done, and by whom; changes nothing.
    Auditor,
}

/// A kind of thing that the API can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    TenantRead,
    TenantCreate,
    TenantSuspend,
    TenantResume,
    TenantCancel,
    /// Off its server into a backup, and back.
    TenantArchive,
    TenantErase,
    /// To keep its data whatever else is asked for, and to let go of that.
    TenantHold,
    /// Tombstones and certificates.
    ErasureRead,
    /// What a law wants kept of those who were erased: names of people, and what they paid.
    FiscalArchiveRead,
    TenantRotatePassword,
    /// Credentials for a tenant's own database.
    TenantConnect,
    /// A link that lets in as the tenant's owner.
    SignInLinkCreate,
    /// Another try for a tenant whose migration has failed.
    TenantMigrate,
    /// All that a tenant has, and links to it.
    TenantExport,
    BackupRead,
    /// Backups, their verification, and drills: they cost time and disk, and change nothing.
    BackupMake,
    /// Which of them stay.
    BackupKeep,
    /// Copies beside a tenant's database, and taking one in its place.
    TenantRestore,
    OperationRead,
    OperationCancel,
    /// Where the fleet's schema stands, and what brought it there.
    RolloutRead,
    RolloutStart,
    /// Pause, resume and cancel.
    RolloutChange,
    RolloutRollBack,
    /// What became of tenants, as programs outside are told.
    EventRead,
    /// Where events are sent, and how that goes.
    WebhookRead,
    WebhookManage,
    ServerRead,
    /// The seats of a process, and which tenants use them.
    RouterRead,
    /// Passwords for a PgBouncer that stands in front of a server.
    PgBouncerAdmit,
    PlanRead,
    /// What tenants use.
    UsageRead,
    /// Customers' own domains: claims, checks, the primary one.
    DomainManage,
    AiCreditsRead,
    /// Reserve, settle and release: what a program does that offers AI.
    AiCreditsSpend,
    /// To grant some, and to take back what is left of a grant.
    AiCreditsGrant,
    AuditRead,
    DoctorExamine,
    DoctorFix,
    DriftRead,
    /// Reading tenants' schemas anew, which is work for their servers.
    DriftRefresh,
    UserRead,
    UserManage,
    /// One's own account: password, second factor, what one may do.
    SelfManage,
    TokenManageOwn,
    /// Other people's tokens.
    TokenManageAll,
    /// The key that seals what is secret in the control database.
    KeyRotate,
}

/// What a token lets do: no more than its user may today, and no more than it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    pub user: Role,
    pub token: Role,
}

use Role::{Auditor, Operator, Owner, Support};

/// The table. An action that is not for a role is not in its row.
#[expect(clippy::match_same_arms, reason = "a table has a row for each action")]
fn roles(action: Action) -> &'static [Role] {
    match action {
        Action::TenantRead => &[Owner, Operator, Support, Auditor],
        Action::TenantCreate => &[Owner, Operator],
        Action::TenantSuspend => &[Owner, Operator],
        Action::TenantResume => &[Owner, Operator],
        Action::TenantCancel => &[Owner, Operator],
        Action::TenantArchive => &[Owner, Operator],
        Action::TenantErase => &[Owner, Operator],
        Action::TenantHold => &[Owner, Operator],
        Action::ErasureRead => &[Owner, Operator, Support, Auditor],
        Action::FiscalArchiveRead => &[Owner, Operator],
        Action::TenantRotatePassword => &[Owner, Operator],
        Action::TenantConnect => &[Owner, Operator],
        Action::SignInLinkCreate => &[Owner, Operator, Support],
        Action::TenantMigrate => &[Owner, Operator],
        Action::TenantExport => &[Owner, Operator],
        Action::BackupRead => &[Owner, Operator, Support, Auditor],
        Action::BackupMake => &[Owner, Operator],
        Action::BackupKeep => &[Owner, Operator],
        Action::TenantRestore => &[Owner, Operator],
        Action::OperationRead => &[Owner, Operator, Support, Auditor],
        Action::OperationCancel => &[Owner, Operator],
        Action::RolloutRead => &[Owner, Operator, Support, Auditor],
        Action::RolloutStart => &[Owner, Operator],
        Action::RolloutChange => &[Owner, Operator],
        Action::RolloutRollBack => &[Owner, Operator],
        Action::EventRead => &[Owner, Operator, Support, Auditor],
        Action::WebhookRead => &[Owner, Operator, Support, Auditor],
        Action::WebhookManage => &[Owner, Operator],
        Action::ServerRead => &[Owner, Operator, Support, Auditor],
        Action::RouterRead => &[Owner, Operator, Support, Auditor],
        Action::PgBouncerAdmit => &[Owner, Operator],
        Action::PlanRead => &[Owner, Operator, Support, Auditor],
        Action::UsageRead => &[Owner, Operator, Support, Auditor],
        Action::DomainManage => &[Owner, Operator],
        Action::AiCreditsRead => &[Owner, Operator, Support, Auditor],
        Action::AiCreditsSpend => &[Owner, Operator],
        Action::AiCreditsGrant => &[Owner, Operator],
        Action::AuditRead => &[Owner, Operator, Auditor],
        Action::DoctorExamine => &[Owner, Operator, Support],
        Action::DoctorFix => &[Owner, Operator],
        Action::DriftRead => &[Owner, Operator, Support, Auditor],
        Action::DriftRefresh => &[Owner, Operator],
        Action::UserRead => &[Owner, Auditor],
        Action::UserManage => &[Owner],
        Action::SelfManage => &[Owner, Operator, Support, Auditor],
        Action::TokenManageOwn => &[Owner, Operator, Support, Auditor],
        Action::TokenManageAll => &[Owner],
        Action::KeyRotate => &[Owner],
    }
}

pub fn may(role: Role, action: Action) -> bool {
    roles(action).contains(&role)
}

impl Authority {
    pub fn may(self, action: Action) -> bool {
        may(self.user, action) && may(self.token, action)
    }

    /// Whether it may hand out `role`: nobody makes a token that can do what they cannot.
    pub fn covers(self, role: Role) -> bool {
        Action::ALL.into_iter().all(|it| !may(role, it) || self.may(it))
    }
}

impl Role {
    pub const ALL: [Self; 4] = [Owner, Operator, Support, Auditor];

    pub fn as_str(self) -> &'static str {
        match self {
            Owner => "owner",
            Operator => "operator",
            Support => "support",
            Auditor => "auditor",
        }
    }
}

impl Action {
    pub const ALL: [Self; 48] = [
        Self::TenantRead,
        Self::TenantCreate,
        Self::TenantSuspend,
        Self::TenantResume,
        Self::TenantCancel,
        Self::TenantArchive,
        Self::TenantErase,
        Self::TenantHold,
        Self::ErasureRead,
        Self::FiscalArchiveRead,
        Self::TenantRotatePassword,
        Self::TenantConnect,
        Self::SignInLinkCreate,
        Self::TenantMigrate,
        Self::TenantExport,
        Self::BackupRead,
        Self::BackupMake,
        Self::BackupKeep,
        Self::TenantRestore,
        Self::OperationRead,
        Self::OperationCancel,
        Self::RolloutRead,
        Self::RolloutStart,
        Self::RolloutChange,
        Self::RolloutRollBack,
        Self::EventRead,
        Self::WebhookRead,
        Self::WebhookManage,
        Self::ServerRead,
        Self::RouterRead,
        Self::PgBouncerAdmit,
        Self::PlanRead,
        Self::UsageRead,
        Self::DomainManage,
        Self::AiCreditsRead,
        Self::AiCreditsSpend,
        Self::AiCreditsGrant,
        Self::AuditRead,
        Self::DoctorExamine,
        Self::DoctorFix,
        Self::DriftRead,
        Self::DriftRefresh,
        Self::UserRead,
        Self::UserManage,
        Self::SelfManage,
        Self::TokenManageOwn,
        Self::TokenManageAll,
        Self::KeyRotate,
    ];

    /// The word in API and log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TenantRead => "tenant.read",
            Self::TenantCreate => "tenant.create",
            Self::TenantSuspend => "tenant.suspend",
            Self::TenantResume => "tenant.resume",
            Self::TenantCancel => "tenant.cancel",
            Self::TenantArchive => "tenant.archive",
            Self::TenantErase => "tenant.erase",
            Self::TenantHold => "tenant.hold",
            Self::ErasureRead => "erasure.read",
            Self::FiscalArchiveRead => "fiscal_archive.read",
            Self::TenantRotatePassword => "tenant.rotate_password",
            Self::TenantConnect => "tenant.connect",
            Self::SignInLinkCreate => "sign_in_link.create",
            Self::TenantMigrate => "tenant.migrate",
            Self::TenantExport => "tenant.export",
            Self::BackupRead => "backup.read",
            Self::BackupMake => "backup.make",
            Self::BackupKeep => "backup.keep",
            Self::TenantRestore => "tenant.restore",
            Self::OperationRead => "operation.read",
            Self::OperationCancel => "operation.cancel",
            Self::RolloutRead => "rollout.read",
            Self::RolloutStart => "rollout.start",
            Self::RolloutChange => "rollout.change",
            Self::RolloutRollBack => "rollout.rollback",
            Self::EventRead => "event.read",
            Self::WebhookRead => "webhook.read",
            Self::WebhookManage => "webhook.manage",
            Self::ServerRead => "server.read",
            Self::RouterRead => "router.read",
            Self::PgBouncerAdmit => "pgbouncer.admit",
            Self::PlanRead => "plan.read",
            Self::UsageRead => "usage.read",
            Self::DomainManage => "domain.manage",
            Self::AiCreditsRead => "ai_credits.read",
            Self::AiCreditsSpend => "ai_credits.spend",
            Self::AiCreditsGrant => "ai_credits.grant",
            Self::AuditRead => "audit.read",
            Self::DoctorExamine => "doctor.examine",
            Self::DoctorFix => "doctor.fix",
            Self::DriftRead => "drift.read",
            Self::DriftRefresh => "drift.refresh",
            Self::UserRead => "user.read",
            Self::UserManage => "user.manage",
            Self::SelfManage => "self.manage",
            Self::TokenManageOwn => "token.manage_own",
            Self::TokenManageAll => "token.manage_all",
            Self::KeyRotate => "key.rotate",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|it| it.as_str() == word).ok_or_else(|| UnknownWord::new(word))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_table_as_a_reader_sees_it() {
        let mut table = String::new();
        for action in Action::ALL {
            let name = format!("{action:?}");
            write!(table, "{name:<20}").unwrap();
            for role in Role::ALL {
                let word = if may(role, action) { role.as_str() } else { "-" };
                write!(table, " {word:<8}").unwrap();
            }
            table.truncate(table.trim_end().len());
            table.push('\n');
        }
        insta::assert_snapshot!(table, @r"
        TenantRead           owner    operator support  auditor
        TenantCreate         owner    operator -        -
        TenantSuspend        owner    operator -        -
        TenantResume         owner    operator -        -
        TenantCancel         owner    operator -        -
        TenantArchive        owner    operator -        -
        TenantErase          owner    operator -        -
        TenantHold           owner    operator -        -
        ErasureRead          owner    operator support  auditor
        FiscalArchiveRead    owner    operator -        -
        TenantRotatePassword owner    operator -        -
        TenantConnect        owner    operator -        -
        SignInLinkCreate     owner    operator support  -
        TenantMigrate        owner    operator -        -
        TenantExport         owner    operator -        -
        BackupRead           owner    operator support  auditor
        BackupMake           owner    operator -        -
        BackupKeep           owner    operator -        -
        TenantRestore        owner    operator -        -
        OperationRead        owner    operator support  auditor
        OperationCancel      owner    operator -        -
        RolloutRead          owner    operator support  auditor
        RolloutStart         owner    operator -        -
        RolloutChange        owner    operator -        -
        RolloutRollBack      owner    operator -        -
        EventRead            owner    operator support  auditor
        WebhookRead          owner    operator support  auditor
        WebhookManage        owner    operator -        -
        ServerRead           owner    operator support  auditor
        RouterRead           owner    operator support  auditor
        PgBouncerAdmit       owner    operator -        -
        PlanRead             owner    operator support  auditor
        UsageRead            owner    operator support  auditor
        DomainManage         owner    operator -        -
        AiCreditsRead        owner    operator support  auditor
        AiCreditsSpend       owner    operator -        -
        AiCreditsGrant       owner    operator -        -
        AuditRead            owner    operator -        auditor
        DoctorExamine        owner    operator support  -
        DoctorFix            owner    operator -        -
        DriftRead            owner    operator support  auditor
        DriftRefresh         owner    operator -        -
        UserRead             owner    -        -        auditor
        UserManage           owner    -        -        -
        SelfManage           owner    operator support  auditor
        TokenManageOwn       owner    operator support  auditor
        TokenManageAll       owner    -        -        -
        KeyRotate            owner    -        -        -
        ");
    }

    /// `ALL` is written by hand: an action that is missing there would be missing in the snapshot.
    #[test]
    fn all_actions_are_in_the_list_once() {
        for (index, action) in Action::ALL.into_iter().enumerate() {
            assert_eq!(action as usize, index, "{action:?}");
        }
        assert_eq!(Action::KeyRotate as usize + 1, Action::ALL.len());
    }

    #[test]
    fn a_token_does_no_more_than_its_user_may_and_no_more_than_it_was_made_for() {
        let of = |user, token| Authority { user, token };
        assert!(of(Owner, Owner).may(Action::UserManage));
        assert!(!of(Owner, Operator).may(Action::UserManage));
        assert!(!of(Operator, Owner).may(Action::UserManage), "its user was demoted");
        // What neither role has in common with the other is for neither.
        assert!(of(Support, Auditor).may(Action::TenantRead));
        assert!(!of(Support, Auditor).may(Action::SignInLinkCreate));
        assert!(!of(Support, Auditor).may(Action::AuditRead));
    }

    #[test]
    fn nobody_hands_out_what_they_have_not() {
        for role in Role::ALL {
            let own = Authority { user: role, token: role };
            assert!(own.covers(role), "{role}");
            assert_eq!(own.covers(Owner), role == Owner, "{role}");
        }
        let operator = Authority { user: Operator, token: Operator };
        assert!(operator.covers(Support));
        assert!(!operator.covers(Auditor), "an operator does not see users");
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("Owner".parse::<Role>().is_err());
    }
}
