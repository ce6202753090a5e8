//! The three states of a tenant, as words shared by database, API and log.
//!
//! Billing, access and infrastructure are three things: a paid-up customer must not be locked out
//! because their database is being moved. What may become of them is in `life_cycle`.

use crate::words::words;

words! {
    /// What the tenant may do now.
    AccessMode {
        Full = "FULL",
        /// Reads and signs in; the database refuses the rest.
        ReadOnly = "READ_ONLY",
        /// Nothing but taking its data away.
        ExportOnly = "EXPORT_ONLY",
        Blocked = "BLOCKED",
    }
}

words! {
    /// Where the tenant's database is in its life.
    Phase {
        Provisioning = "PROVISIONING",
        Ready = "READY",
        Moving = "MOVING",
        Restoring = "RESTORING",
        Archived = "ARCHIVED",
        Erasing = "ERASING",
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
