//! Where a session stands. The legal moves are the database's to enforce (`session_transition_guard`);
//! what each state lets a person do is said here.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionStatus {
    Inquiry,
    Hold,
    PendingDeposit,
    Confirmed,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
    Expired,
}

/// A status that this build does not know: the database is newer than the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("session status {0:?} is unknown to this version")]
pub struct UnknownStatus(String);

impl SessionStatus {
    pub const ALL: [Self; 9] = [
        Self::Inquiry,
        Self::Hold,
        Self::PendingDeposit,
        Self::Confirmed,
        Self::InProgress,
        Self::Completed,
        Self::Cancelled,
        Self::NoShow,
        Self::Expired,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inquiry => "INQUIRY",
            Self::Hold => "HOLD",
            Self::PendingDeposit => "PENDING_DEPOSIT",
            Self::Confirmed => "CONFIRMED",
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::NoShow => "NO_SHOW",
            Self::Expired => "EXPIRED",
        }
    }

    /// Whether its time, room and people may still change. A running session may be extended.
    pub fn can_change(self) -> bool {
        match self {
            Self::Inquiry
            | Self::Hold
            | Self::PendingDeposit
            | Self::Confirmed
            | Self::InProgress => true,
            Self::Completed | Self::Cancelled | Self::NoShow | Self::Expired => false,
        }
    }

    /// What it is at `now`: a hold or pending deposit that has run out is expired before anyone writes so.
    #[must_use]
    pub fn at(self, now: jiff::Timestamp, hold_expires_at: Option<jiff::Timestamp>) -> Self {
        match self {
            Self::Hold | Self::PendingDeposit if hold_expires_at.is_some_and(|at| at <= now) => {
                Self::Expired
            }
            status => status,
        }
    }

    pub fn can_cancel(self) -> bool {
        match self {
            Self::Inquiry
            | Self::Hold
            | Self::PendingDeposit
            | Self::Confirmed
            | Self::InProgress => true,
            Self::Completed | Self::Cancelled | Self::NoShow | Self::Expired => false,
        }
    }

    pub fn can_confirm(self) -> bool {
        match self {
            Self::Inquiry | Self::Hold | Self::PendingDeposit => true,
            Self::Confirmed
            | Self::InProgress
            | Self::Completed
            | Self::Cancelled
            | Self::NoShow
            | Self::Expired => false,
        }
    }
}

impl FromStr for SessionStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

impl fmt::Display for SessionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
