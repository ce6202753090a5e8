//! What somebody is told who gets no export.

use cloison_api::Code;
use cloison_control::exports::ExportsError;

use crate::error::{ApiError, sentence};

/// When somebody may ask again while others download: what is small has come by then.
pub(super) const CROWDED_SECONDS: i64 = 10;

pub(crate) fn refuse(error: ExportsError) -> ApiError {
    match error {
        ExportsError::NoTenant(name) => {
            ApiError::not_found(format!("There is no tenant '{name}'."))
        }
        ExportsError::NoExport => {
            ApiError::not_found("There is no such export; it may have expired and be gone.")
        }
        ExportsError::NotYet => ApiError::new(
            Code::NotInThisState,
            "The export is still being made. Wait for the end of its operation, which has the same id.",
        ),
        ExportsError::Failed(why) => ApiError::new(
            Code::NotInThisState,
            format!("The export was not made: {why}. Ask for another."),
        ),
        ExportsError::Expired => ApiError::new(
            Code::Expired,
            "The export has expired and is deleted. Ask for another, which will be of the data as it is by then.",
        ),
        ExportsError::Crowded => ApiError::new(
            Code::TooManyDownloads,
            "The export is being downloaded several times already. Wait until one of them has ended.",
        )
        .retry_after(CROWDED_SECONDS),
        ExportsError::TooMany(max) => ApiError::new(
            Code::TooManyExports,
            format!(
                "There are {max} exports of the tenant already. Take one of those, or wait until one has expired."
            ),
        ),
        ExportsError::Refused(refusal) => ApiError::new(
            Code::NotInThisState,
            format!(
                "The tenant cannot be exported now: {}. {}.",
                refusal.what,
                sentence(refusal.advice)
            ),
        ),
        ExportsError::Busy => ApiError::new(
            Code::TenantBusy,
            "An export of the tenant is under way. Wait for its end and take that one.",
        ),
        ExportsError::NotConfigured(error) => {
            ApiError::new(Code::NotInThisState, format!("{}.", sentence(&error.to_string())))
        }
        ExportsError::Call(it) => it.into(),
        ExportsError::Unavailable(it) => it.into(),
        ExportsError::Database(it) => it.into(),
        ExportsError::Archive(_) | ExportsError::Newer(_) => ApiError::internal(error),
    }
}
