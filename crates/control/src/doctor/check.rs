//! All that the doctor looks for, in one table: what it is called, how urgent it is, and why it matters.
//!
//! [docs/doctor.md](../../../../docs/doctor.md) has the same table with how each is mended, and a test holds the two together.

/// How soon somebody has to look, as of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Somebody must get up.
    Critical,
    /// Somebody must look on the next working day.
    Warning,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
        }
    }
}

/// Whether `--fix` sets it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fix {
    /// It is safe, and changes nothing the second time.
    Safe,
    /// A person decides.
    ByHand,
}

/// A list is whole only if nobody has to keep it: the enum, its list and its table are made of the same lines.
macro_rules! checks {
    ($($check:ident, $name:literal, $severity:ident, $fix:ident, $why:literal;)*) => {
        /// One kind of trouble. The words are part of the API: they may be added to, and not changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check {
            $(#[doc = $why] $check,)*
        }

        impl Check {
            pub const ALL: &[Self] = &[$(Self::$check,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$check => $name,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Self::$check => Severity::$severity,)* }
            }

            /// Why it matters, for whoever is told.
            pub fn why(self) -> &'static str {
                match self { $(Self::$check => $why,)* }
            }

            fn fix(self) -> Fix {
                match self { $(Self::$check => Fix::$fix,)* }
            }
        }
    };
}

checks! {
    // Servers and what is on them.
    ServerUnreachable, "server-unreachable", Critical, ByHand,
        "its tenants are not served while it is down, and what else is wrong there is not known";
    NotLookedAt, "not-looked-at", Critical, ByHand,
        "whatever is wrong there is not known";
    DatabaseMissing, "database-missing", Critical, ByHand,
        "this tenant is not served, and what was written since its last backup may be lost";
    ErasedTenantBack, "erased-tenant-back", Critical, Safe,
        "it was promised in a signed certificate that this data is gone";
    RoleNotAsSet, "role-not-as-set", Critical, Safe,
        "the tenant cannot get in, or somebody who holds its credentials has given it more than it was given";
    ConnectOpen, "connect-open", Critical, Safe,
        "another tenant's role that reaches the server may begin a session in this database";
    WrongOwner, "wrong-owner", Critical, Safe,
        "whoever owns a database may drop it and let others in, and migrations run as the owner it should have";
    EntryRulesOpen, "entry-rules-open", Critical, ByHand,
        "these rules are what keeps a tenant's role from beginning a session in another tenant's database";
    ReplicationSlot, "replication-slot", Critical, ByHand,
        "nobody who is known reads it, and the server keeps its log for it until the disk is full";
    Subscription, "subscription", Warning, ByHand,
        "another server writes into this tenant's database, past all that this platform checks";
    PreparedTransaction, "prepared-transaction", Warning, ByHand,
        "it keeps its locks through restarts, holds vacuum back, and no replication slot can be made while it is there";
    OrphanDatabase, "orphan-database", Warning, ByHand,
        "it takes room, and may be the only copy of a customer's data";
    OrphanRole, "orphan-role", Warning, ByHand,
        "somebody may know its password, and nobody looks after what it may do";
    ShadowLeft, "shadow-left", Warning, ByHand,
        "it holds customers' data, and nobody needs it";
    CopyOverdue, "copy-overdue", Warning, ByHand,
        "it takes room, and may hold what was deleted since";
    ClockSkew, "clock-skew", Warning, ByHand,
        "moments to restore to, leases and what is due are off by as much";

    // Settings that hurt.
    DurabilityOff, "durability-off", Critical, ByHand,
        "what was acknowledged may be lost in a power cut, or the whole server with it";
    AutovacuumOff, "autovacuum-off", Warning, ByHand,
        "tables grow and plans go wrong, until the server refuses to write for want of transaction ids";
    ConnectionsShort, "connections-short", Warning, ByHand,
        "under load tenants are refused by the server although the router has a seat for them";
    LogLeaks, "log-leaks", Warning, ByHand,
        "rows and verifiers of passwords lie in the server's log, which no erasure reaches";

    // The servers' own archives.
    ArchiveOff, "archive-off", Warning, ByHand,
        "what was written since a tenant's last backup is lost with the server";
    ArchiveStalled, "archive-stalled", Critical, ByHand,
        "nothing newer can be had again, and the server's disk fills up";
    ArchiveBackupLate, "archive-backup-late", Warning, ByHand,
        "a restore to a point in time replays all that came after the newest backup, and cannot be done without one";

    // The control database and the processes.
    ControlBackupLate, "control-backup-late", Critical, ByHand,
        "if the control database is lost, so is all that was done since its newest backup";
    MasterKey, "master-key", Critical, ByHand,
        "a password that does not open lets nobody into its tenant's database, or its server";
    WorkerAbsent, "worker-absent", Critical, ByHand,
        "nothing is provisioned, backed up, restored or erased while nobody works";
    OperationWaiting, "operation-waiting", Warning, ByHand,
        "nothing else can be done to this tenant until it gets on";
    TenantAdrift, "tenant-adrift", Warning, ByHand,
        "it is neither here nor gone, and nobody takes it further";
    NodeGone, "node-gone", Warning, ByHand,
        "it keeps a share of the servers' connections from the others until a day after it was last heard of";

    // Schemas and spares.
    Quarantined, "quarantined", Critical, ByHand,
        "it stays at an older version, and is not served by a build that needs a newer one";
    TenantBehind, "tenant-behind", Warning, ByHand,
        "it is not served by a build that needs the fleet's version";
    SchemaDrift, "schema-drift", Warning, ByHand,
        "something was changed, granted or given to another owner by hand, and migrations and isolation count on what should be there";
    SchemaUnread, "schema-unread", Warning, ByHand,
        "whether anything was changed, granted or given to another owner by hand is not known";
    SpareBehind, "spare-behind", Warning, ByHand,
        "a new tenant cannot take it, so its database is made while the customer waits";
    SparesFailing, "spares-failing", Warning, ByHand,
        "a new tenant's database is made while the customer waits, and may fail for the same reason";

    // Customers' own domains.
    DomainFailing, "domain-failing", Warning, ByHand,
        "whoever types it does not get to the studio, or another studio that proves it gets it";
    CertificateFailing, "certificate-failing", Critical, ByHand,
        "a browser shows a warning, or nothing, in place of the studio";
    CertificateEnding, "certificate-ending", Warning, ByHand,
        "whatever renews it fails, and once it has ended browsers refuse the domain";
    DomainChecksLate, "domain-checks-late", Warning, ByHand,
        "new domains do not come into use, and nobody is told of those that fail";

    // What is counted.
    AiCreditsOutOfStep, "ai-credits-out-of-step", Critical, ByHand,
        "this tenant may spend more than it was granted, or is refused what it has paid for";

    // Programs outside.
    WebhookDisabled, "webhook-disabled", Warning, ByHand,
        "a program outside hears of no event any more, and events are kept for so long only";
    WebhookFailing, "webhook-failing", Warning, ByHand,
        "a program outside hears of no event any more, and its webhook is given up after a while";

    // Backups, and what they lie in.
    NoStore, "no-store", Critical, ByHand,
        "no tenant is backed up, and none could be restored";
    StoreUnusable, "store-unusable", Critical, ByHand,
        "no backup is made or restored";
    KeystoreUnusable, "keystore-unusable", Critical, ByHand,
        "no backup is made or opened";
    TenantWithoutBackup, "tenant-without-backup", Critical, ByHand,
        "what these tenants have written since could not be brought back";
    BackupBroken, "backup-broken", Warning, ByHand,
        "it cannot be restored, and is counted on no more";
    BackupMissing, "backup-missing", Critical, ByHand,
        "it is counted as a backup, and cannot be restored";
    KeyMissing, "key-missing", Critical, ByHand,
        "no backup that was sealed with this key can be opened by anybody";
    KeyNotDestroyed, "key-not-destroyed", Critical, Safe,
        "whoever has a copy of an erased tenant's backups can open it, against a signed certificate";
    DrillFailing, "drill-failing", Critical, ByHand,
        "nobody knows whether these tenants could be restored";
    DrillStale, "drill-stale", Warning, ByHand,
        "nobody knows whether these tenants could be restored";
    OrphanObjects, "orphan-objects", Warning, ByHand,
        "they take room, and may be a customer's data that nobody looks after or will erase";
    ErasedObjects, "erased-objects", Critical, ByHand,
        "it was promised in a signed certificate that this data is gone";
}

impl Check {
    /// Whether `cloison doctor --fix` sets it right where that is safe.
    pub fn is_fixable(self) -> bool {
        self.fix() == Fix::Safe
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const PAGE: &str = include_str!("../../../../docs/doctor.md");

    #[test]
    fn names_are_words_of_their_own() {
        let names: BTreeSet<&str> = Check::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(names.len(), Check::ALL.len());
        assert!(names.iter().all(|it| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')));
    }

    #[test]
    fn the_page_has_each_check_as_it_is() {
        let rows: Vec<Vec<&str>> = PAGE
            .lines()
            .filter(|it| it.starts_with("| `"))
            .map(|it| it.trim_matches('|').split('|').map(str::trim).collect())
            .collect();
        for check in Check::ALL {
            let name = format!("`{}`", check.as_str());
            let found: Vec<_> = rows.iter().filter(|it| it[0] == name).collect();
            let [row] = found[..] else {
                panic!("{name} has {} rows in docs/doctor.md", found.len())
            };
            let [_, severity, what, why, mend, fix] = row[..] else { panic!("{row:?}") };
            assert_eq!(severity, check.severity().as_str(), "{name}");
            assert_eq!(why, check.why(), "{name}");
            assert_eq!(fix, if check.is_fixable() { "yes" } else { "" }, "{name}");
            assert!(!what.is_empty() && !mend.is_empty(), "{name}");
        }
        assert_eq!(rows.len(), Check::ALL.len(), "a row of the page is nobody's");
    }
}
