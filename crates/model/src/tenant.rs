//! The three states of a tenant, as words shared by database, API and log.
//!
//! Billing, access and infrastructure are three things: a paid-up customer must not be locked out
//! because their database is being moved. What may become of them is in `life_cycle`.

use crate::words::words;

words! {
    /// What the tenant may do now.
    AccessMode {
        /// Everything.
        Full = "FULL",
        /// Reads and signs in; the database refuses the rest.
        ReadOnly = "READ_ONLY",
        /// Nothing but taking its data away.
        ExportOnly = "EXPORT_ONLY",
        /// Nothing.
        Blocked = "BLOCKED",
    }
}

words! {
    /// Where the tenant's database is in its life.
    Phase {
        /// Being made; nobody sees it yet.
        Provisioning = "PROVISIONING",
        /// Served.
        Ready = "READY",
        /// Served, and on its way to another server.
        Moving = "MOVING",
        /// Served, and about to be what it was.
        Restoring = "RESTORING",
        /// Kept as files; nobody sees it.
        Archived = "ARCHIVED",
        /// Being deleted; nobody sees it any more.
        Erasing = "ERASING",
        /// No more.
        Erased = "ERASED",
    }
}

words! {
    /// What the customer's subscription says.
    Billing {
        Trialing = "TRIALING",
        Active = "ACTIVE",
        PastDue = "PAST_DUE",
        Suspended = "SUSPENDED",
        Cancelled = "CANCELLED",
    }
}

impl AccessMode {
    /// Whether this mode lets a tenant do less than `other`.
    pub fn is_tighter_than(self, other: Self) -> bool {
        self.rank() > other.rank()
    }

    /// The more, the less it lets a tenant do.
    fn rank(self) -> u8 {
        match self {
            Self::Full => 0,
            Self::ReadOnly => 1,
            Self::ExportOnly => 2,
            Self::Blocked => 3,
        }
    }
}
