//! What has become of an export that somebody has asked for.

use crate::operation::OperationState;
use crate::words::words;

/// An export is kept for so long once it is made. A week has a weekend in it.
pub const EXPORT_DAYS: u8 = 7;

/// Of one tenant at the same time, each as large as all that it has.
pub const EXPORTS_MAX: u8 = 5;

words! {
    /// As the API and the application show it.
    ExportState {
        Making = "MAKING",
        /// It can be downloaded.
        Ready = "READY",
        /// It will not come; whoever still wants it asks again.
        Failed = "FAILED",
        /// What is left of it goes at the next opportunity.
        Expired = "EXPIRED",
    }
}

impl ExportState {
    /// `operation` is that of the operation which makes it, if it is still known.
    pub fn of(is_made: bool, is_expired: bool, operation: Option<OperationState>) -> Self {
        match (is_made, is_expired, operation) {
            (true, false, _) => Self::Ready,
            (true, true, _) => Self::Expired,
            // However long it takes: it counts from its end.
            (false, _, Some(OperationState::Running)) => Self::Making,
            (
                false,
                _,
                None
                | Some(OperationState::Done | OperationState::Failed | OperationState::Cancelled),
            ) => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OperationState::{Cancelled, Done, Failed, Running};

    #[test]
    fn states() {
        for (is_made, is_expired, operation, state) in [
            (false, false, Some(Running), ExportState::Making),
            (false, true, Some(Running), ExportState::Making),
            (false, false, Some(Failed), ExportState::Failed),
            (false, false, Some(Cancelled), ExportState::Failed),
            (false, true, None, ExportState::Failed),
            (true, false, Some(Done), ExportState::Ready),
            (true, false, None, ExportState::Ready),
            (true, true, Some(Done), ExportState::Expired),
        ] {
            let found = ExportState::of(is_made, is_expired, operation);
            assert_eq!(found, state, "{is_made} {is_expired} {operation:?}");
        }
    }
}
